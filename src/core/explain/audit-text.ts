import type { Finding, FindingCode } from '../audit/finding.ts'
import type { Architecture } from '../model/arch.ts'
import { code, plural, prose } from './markdown.ts'

/** What an audit looked at, and what it found. */
export interface AuditFacts {
  readonly architectures: readonly Architecture[]
  readonly architecturesFrom: 'request' | 'inventory' | 'assumed'
  readonly inventories: readonly string[]
  readonly findings: readonly Finding[]
}

/** An audit as Markdown, for a report. */
export function renderAuditText(facts: AuditFacts): string {
  const groups = (Object.keys(HEADS) as FindingCode[]).map((each) => ({
    each,
    own: facts.findings.filter((finding) => finding.code === each),
  }))
  const sections = groups
    .filter(({ own }) => own.length > 0)
    .map(({ each, own }) => `## ${HEADS[each]}\n\n${own.map(findingLine).join('\n')}`)
  return [`${scopeSentence(facts, code)} ${verdictSentence(facts)}`, ...sections].join('\n\n') + '\n'
}

/** For which architectures, and how they are known. `shown` sets names apart. */
export function scopeSentence(
  { architectures, architecturesFrom, inventories }: AuditFacts,
  shown: (text: string) => string,
): string {
  const how = {
    request: '',
    inventory: ', as the inventory tells',
    assumed: ', since nothing says which your nodes have',
  }
  const whose =
    inventories.length > 0
      ? ` with ${inventories.map((each) => shown(each === '' ? '.' : each)).join(' and ')}`
      : ' with the defaults of the release'
  return `For ${architectures.map(shown).join(', ')}${how[architecturesFrom]}${whose}.`
}

export function verdictSentence({ findings }: AuditFacts): string {
  const count = (severity: Finding['severity']): number =>
    findings.filter((each) => each.severity === severity).length
  const [errors, warnings, notices] = [count('error'), count('warning'), count('notice')]
  if (findings.length === 0) return 'I found nothing that would not run.'
  const fixable = findings.filter(({ fix }) => fix !== undefined).length
  const offer = fixable > 0 ? ` I can mend ${fixable} of them: \`multiarch audit --fix\`.` : ''
  return `${plural(errors, 'thing')} would fail; ${plural(warnings, 'warning')} and ${plural(notices, 'notice')} beside that.${offer}`
}

export const HEADS: Readonly<Record<FindingCode, string>> = {
  'missing-checksum': 'No checksum for an architecture',
  'single-checksum': 'One checksum for all architectures',
  'architecture-in-url': 'Downloads for one architecture',
  'architecture-in-file': 'Architectures written out in roles',
  'architecture-in-image': 'Images named for one architecture',
  'image-of-one-architecture': 'Images that exist for one architecture',
  'image-of-first-node': 'Images named for the first control plane node',
  'nodes-left-out': 'Nodes that are left out',
  'architecture-not-mapped': 'Architectures Kubespray would not know',
  'network-plugin-architecture': 'The network plugin',
  'network-plugin-mix': 'The network plugin in a mix',
  'download-cache-mix': 'One download for all',
  'verification-off': 'Checks that are switched off',
  'variable-unread': 'Variables that nothing reads',
}

function findingLine({ severity, message, file, line }: Finding): string {
  return `- **${severity}** ${code(`${file}:${line}`)}: ${prose(message)}`
}

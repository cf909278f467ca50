import type { Finding, FindingCode } from '../../audit/finding.ts'
import type { Architecture } from '../../model/architecture.ts'
import { enumerated } from '../../text/enumerated.ts'
import { code, plural, prose } from '../plain.ts'

/** What an audit looked at, and what it found. */
interface AuditFacts {
  readonly architectures: readonly Architecture[]
  readonly architecturesFrom: 'request' | 'config' | 'inventory' | 'patches' | 'assumed'
  readonly inventories: readonly string[]
  readonly images: 'asked' | 'not-asked'
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
  const head = [scopeSentence(facts, code), verdictSentence(facts), imagesSentence(facts)]
  return [head.filter((part) => part !== '').join(' '), ...sections].join('\n\n') + '\n'
}

/** For which architectures, and how they are known. `shown` sets names apart. */
export function scopeSentence(
  { architectures, architecturesFrom, inventories }: AuditFacts,
  shown: (text: string) => string,
): string {
  const how = {
    request: '',
    config: ', as the settings say',
    inventory: ', as the inventory tells',
    patches: ', which your patches are for',
    assumed: ' (nothing says which your nodes have, so I took these)',
  }
  const whose =
    inventories.length > 0
      ? `with ${enumerated(inventories.map((each) => shown(each === '' ? '.' : each)))}`
      : 'with the defaults of the release'
  return `For ${enumerated(architectures.map(shown))}${how[architecturesFrom]}, ${whose}.`
}

export function verdictSentence({ findings }: AuditFacts): string {
  const count = (severity: Finding['severity']): number =>
    findings.filter((each) => each.severity === severity).length
  const [errors, warnings, notices] = [count('error'), count('warning'), count('notice')]
  if (findings.length === 0) return 'I found nothing that would not run.'
  const beside = [
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(notices > 0 ? [plural(notices, 'notice')] : []),
  ]
  const would = errors > 0 ? `${plural(errors, 'thing')} would fail` : 'I found nothing that would fail'
  const rest = beside.length > 0 ? `; ${beside.join(' and ')} beside that` : ''
  const fixable = findings.filter(({ fix }) => fix !== undefined).length
  const offer = fixable > 0 ? ` I can mend ${fixable} of them: the same command with \`--fix\` does.` : ''
  return `${would}${rest}.${offer}`
}

/** A fix that would not help is not written, and that is said. */
export function leftFixSentence({ title, before, after }: LeftFix): string {
  const finds =
    after < before
      ? 'and something new that would fail'
      : `as much afterwards (${after}, and ${before} before)`
  return `I did not write “${title}”: the same audit would find ${finds}. What it is about is above, for you to settle.`
}

interface LeftFix {
  readonly title: string
  readonly before: number
  readonly after: number
}

/** What nobody looked at is said, where it could matter. */
export function imagesSentence({
  images,
  architectures,
}: Pick<AuditFacts, 'images' | 'architectures'>): string {
  if (images === 'asked' || architectures.every((each) => each === 'amd64')) return ''
  return 'Which architectures the images exist for was not asked; `--check-images` asks their registries.'
}

const HEADS: Readonly<Record<FindingCode, string>> = {
  'missing-checksum': 'No checksum for an architecture',
  'missing-version': 'No version for this Kubernetes',
  'undefined-variable': 'Variables that nothing defines',
  'single-checksum': 'One checksum for all architectures',
  'shared-checksum': 'One checksum for different files',
  'corrected-checksum': 'Checksums that a later release has otherwise',
  'architecture-in-url': 'Downloads for one architecture',
  'architecture-in-file': 'Architectures written out in roles',
  'architecture-in-image': 'Images named for one architecture',
  'image-of-one-architecture': 'Images that exist for one architecture',
  'image-without-architecture': 'Images that lack an architecture, by their registries',
  'image-absent': 'Images that their registries do not have',
  'image-of-first-node': 'Images named for the first control plane node',
  'nodes-left-out': 'Nodes that are left out',
  'architecture-not-mapped': 'Architectures Kubespray would not know',
  'network-plugin-architecture': 'The network plugin',
  'network-plugin-mix': 'The network plugin in a mix',
  'download-cache-mix': 'One download for all',
  'image-unknown': 'Images that I could not find out about',
  'verification-off': 'Checks that are switched off',
  'variable-unread': 'Variables that nothing reads',
  'inventory-unreadable': 'Inventory files that cannot be read',
}

function findingLine({ severity, message, file, line }: Finding): string {
  return `- **${severity}** ${code(`${file}:${line}`)}: ${prose(message)}`
}

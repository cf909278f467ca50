import type { Finding, FindingCode } from '../../audit/finding.ts'
import type { SpeakingHost } from '../../inventory/as-run/speaking-hosts.ts'
import type { Architecture } from '../../model/architecture.ts'
import { short, type Oid } from '../../model/oid.ts'
import { askAboutHosts, NOTHING_TOLD } from '../ask-about-hosts.ts'
import { heading, list, paragraph, type Block } from '../blocks/block.ts'
import { code, joined, listed, quoted, say, type Text } from '../blocks/text.ts'
import { plural } from '../plural.ts'
import { whyInstead } from '../sections/series-notes.ts'
import type { InsteadOf } from '../pull-request-facts.ts'
import { remarkTexts } from '../sections/remark-list.ts'

/** What an audit looked at, and what it found. */
interface AuditFacts {
  /** What was looked at, as it was named or taken, and its commit. */
  readonly of?: { readonly name: string; readonly commit: Oid; readonly insteadOf?: InsteadOf }
  readonly architectures: readonly Architecture[]
  readonly architecturesFrom: 'request' | 'config' | 'inventory' | 'patches' | 'assumed'
  /** Hosts that sound like others. */
  readonly speaking?: readonly SpeakingHost[]
  readonly inventories: readonly string[]
  readonly images: 'asked' | 'not-asked'
  readonly findings: readonly Finding[]
}

/** An audit: its verdict first, then what it found, one kind after the other. */
export function auditBlocks(facts: AuditFacts): readonly Block[] {
  const groups = (Object.keys(HEADS) as FindingCode[]).flatMap((each): readonly Block[] => {
    const own = facts.findings.filter((finding) => finding.code === each)
    return own.length === 0 ? [] : [heading(2, [HEADS[each]]), list(remarkTexts(own))]
  })
  const images = imagesSentence(facts)
  const { of } = facts
  const instead = of?.insteadOf
    ? say`${whyInstead(of.name, of.insteadOf)} Name another with ${code('--rev')}.`
    : []
  const parts = [scopeSentence(facts), instead, verdictSentence(facts), images]
  const head = parts.filter((part) => part.length > 0)
  return [paragraph(joined(head, ' ')), ...groups]
}

/** For which architectures, and how they are known. */
function scopeSentence({ architectures, architecturesFrom, speaking, inventories, of }: AuditFacts): Text {
  const how = {
    request: '',
    config: ', as the settings say',
    inventory: ', as the inventory tells',
    patches: ', which your patches are for',
    assumed: ` (${NOTHING_TOLD})`,
  }
  const whose =
    inventories.length > 0
      ? say`with ${listed(inventories.map((each) => code(each === '' ? '.' : each)))}`
      : 'with the defaults of the release'
  const on = of ? say`, on ${revision(of)}` : ''
  const question = askAboutHosts(speaking ?? [])
  const scope = say`For ${listed(architectures.map(code))}${how[architecturesFrom]}, ${whose}${on}.`
  return question.length === 0 ? scope : joined([scope, question], ' ')
}

/** A branch with its commit; a commit by itself. */
function revision({ name, commit }: NonNullable<AuditFacts['of']>): Text {
  return commit.startsWith(name) ? [code(short(commit))] : say`${code(name)} (${short(commit)})`
}

function verdictSentence({ findings }: AuditFacts): Text {
  const count = (severity: Finding['severity']): number =>
    findings.filter((each) => each.severity === severity).length
  const [errors, warnings, notices] = [count('error'), count('warning'), count('notice')]
  if (findings.length === 0) return say`I found nothing that would not run.`
  const beside = [
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(notices > 0 ? [plural(notices, 'notice')] : []),
  ]
  const would = errors > 0 ? `${plural(errors, 'thing')} would fail` : 'I found nothing that would fail'
  const rest = beside.length > 0 ? `; ${beside.join(' and ')} beside that` : ''
  const fixable = findings.filter(({ fix }) => fix !== undefined).length
  const offer =
    fixable > 0 ? say` I can fix ${fixable} of them: the same command with ${code('--fix')} does.` : ''
  return say`${would}${rest}.${offer}`
}

/** A fix that would not help is not written, and that is said. */
export function leftFixSentence({ title, before, after }: LeftFix): Text {
  const finds =
    after < before
      ? 'and something new that would fail'
      : `as much afterwards (${after}, and ${before} before)`
  return say`I did not write “${quoted(title)}”: the same audit would find ${finds}. What it is about is above, for you to settle.`
}

interface LeftFix {
  readonly title: string
  readonly before: number
  readonly after: number
}

/** What nobody looked at is said, where it could matter. */
function imagesSentence({ images, architectures }: Pick<AuditFacts, 'images' | 'architectures'>): Text {
  if (images === 'asked' || architectures.every((each) => each === 'amd64')) return []
  return say`Which architectures the images exist for was not asked; ${code('--check-images')} asks their registries.`
}

const HEADS: Readonly<Record<FindingCode, string>> = {
  'release-check': 'Checks of the release that would stop the play',
  'missing-checksum': 'No checksum for an architecture',
  'missing-version': 'No version for this Kubernetes',
  'undefined-variable': 'Variables that nothing defines',
  'single-checksum': 'One checksum for all architectures',
  'shared-checksum': 'One checksum for different files',
  'corrected-checksum': 'Checksums that differ in a later release',
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
  'gone-from-kubernetes': 'What this Kubernetes has no more',
  'kubernetes-above-release': 'A Kubernetes that this release was not made for',
  'image-unknown': 'Images that I could not find out about',
  'verification-off': 'Checks that are switched off',
  'variable-unread': 'Variables that nothing reads',
  'inventory-unreadable': 'Inventory files that cannot be read',
}

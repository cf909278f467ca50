import { checksumMaps } from '../../catalogue/checksum-maps.ts'
import { definitionsIn, winning, type Definitions } from '../../catalogue/definitions.ts'
import { checksumVariable, downloadEntries } from '../../catalogue/download-entries.ts'
import { releaseFiles } from '../../catalogue/release-files.ts'
import { enumerated } from '../../text/enumerated.ts'
import type { PlainMap, PlainValue } from '../../yaml/values/plain-value.ts'
import type { Audited, TreeToAudit } from '../audited.ts'
import type { CheckKind } from '../check-option.ts'
import { type Finding } from '../finding.ts'
import { lineOfEntry } from '../line-of.ts'
import { switchedOff, type SwitchedOff } from '../switched-off.ts'

/**
 * What the release checks and the fork no longer does: downloads, and every other check that what is fetched, or whom one talks
 * to, is the right one. The origin of most: one checksum for all architectures,
 * commented out; once a release has one for each, the patch only takes the check away.
 */
export function auditVerification(source: Audited, release: TreeToAudit): readonly Finding[] {
  const files = releaseFiles(release.tree, release.blobs, release.read)
  const before = definitionsIn(files, files.layout.sharedVariables)
  const fork = downloadEntries(source.definitions)
  const off = [...downloadEntries(before)].filter(
    ([name, raw]) => isChecked(raw) && fork.has(name) && !isChecked(fork.get(name)),
  )
  const entries = off.map((entry) => entryFinding(entry, before, source))
  return [...entries, ...switchedOff(source, release).map(findingOf)]
}

/** A file with a checksum; an image's digest is optional in every release. */
function isChecked(raw: PlainValue): boolean {
  if (!(raw instanceof Map)) return false
  const fields = raw as PlainMap
  const checksum = fields.get('checksum') ?? fields.get('sha256')
  return fields.has('url') && typeof checksum === 'string' && checksum.trim() !== ''
}

function entryFinding(entry: readonly [string, PlainValue], before: Definitions, source: Audited): Finding {
  const [name] = entry
  const downloads = winning(source.definitions, 'downloads')
  const file = downloads?.path ?? ''
  const text = source.text(file) ?? ''
  const variable = checksumVariable(entry, before)
  return {
    code: 'verification-off',
    severity: 'warning',
    file,
    line: lineOfEntry(text, 'downloads', name) ?? downloads?.line ?? 1,
    subject: name,
    architectures: [],
    message: `A patch switches off the check of \`${name}\`'s checksum: whatever the server sends is installed as root.${needed(variable, before, source)}`,
  }
}

function needed(variable: string | undefined, before: Definitions, source: Audited): string {
  const map = variable === undefined ? undefined : checksumMaps(before)[variable]
  if (!map || map.layout === 'version') return ' Give it a checksum for each architecture instead.'
  const covered = source.architectures.filter((each) => (map.versions[each]?.length ?? 0) > 0)
  const lacking = source.architectures.filter((each) => !covered.includes(each))
  if (lacking.length === 0)
    return ` It is no longer needed: this release has checksums in \`${variable ?? ''}\` for ${enumerated(covered)}.`
  return ` This release has checksums in \`${variable ?? ''}\` for ${covered.length > 0 ? enumerated(covered) : 'none of your architectures'}; only ${enumerated(lacking)} would have to be added.`
}

/** A check that was switched off, as a finding. Plain transport is told, since a checksum may still say what came. */
function findingOf(each: SwitchedOff): Finding {
  const { file, line, option, how } = each
  const severity = how === 'plain' ? 'notice' : 'warning'
  return {
    code: 'verification-off',
    severity,
    file,
    line,
    subject: option,
    architectures: [],
    message: sentenceOf(each),
  }
}

function sentenceOf({ kind, option, by, how }: SwitchedOff): string {
  const who = WHO[by]
  if (how === 'plain')
    return `${who} has \`${option}\` go over plain http, where the release has https: nobody checks any more who answers. Use https again as soon as that server speaks it.`
  if (how === 'gone')
    return `${who} takes \`${option}\` out, which the release has here: ${RISKS[kind]} Put it back; ${WAYS[kind]}`
  return `${who} switches a check off with \`${option}\`: ${RISKS[kind]} Take that back as soon as you can; ${WAYS[kind]}`
}

const WHO: Readonly<Record<SwitchedOff['by'], string>> = {
  patch: 'A patch',
  own: 'A file of your own',
  inventory: 'The inventory',
}

const RISKS: Readonly<Record<CheckKind, string>> = {
  certificate: 'whoever answers in the place of that server is believed.',
  'host-key': 'whoever answers in the place of a node is believed, and gets what is sent to it.',
  signature: 'whatever the server sends is installed as root, whoever made it.',
  checksum: 'whatever the server sends is taken as it comes.',
  transport: 'nobody checks who answers.',
}

/** What makes the check possible again. */
const WAYS: Readonly<Record<CheckKind, string>> = {
  certificate: 'a certificate of your own authority is accepted once the nodes trust that authority.',
  'host-key': 'keys that are known beforehand (`ssh-keyscan` into `known_hosts`) make the check pass.',
  signature: 'a repository of your own passes once it is signed and the nodes have its key.',
  checksum: 'a file of your own passes with its own checksum.',
  transport: 'it passes once the server speaks https.',
}

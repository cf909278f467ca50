import { checksumMaps } from '../catalogue/checksums.ts'
import { definitionsIn, winning, type Definitions } from '../catalogue/definitions.ts'
import { checksumVariable, downloadEntries } from '../catalogue/downloads.ts'
import { releaseFiles } from '../catalogue/release-files.ts'
import { enumerated } from '../text/enumerated.ts'
import type { PlainMap, PlainValue } from '../yaml/plain-value.ts'
import type { Audited, TreeToAudit } from './audited.ts'
import { type Finding } from './finding.ts'
import { lineOfEntry } from './lines.ts'

/**
 * Downloads that the release checks and the fork no longer does. The origin of most: one checksum for all architectures,
 * commented out; once a release has one for each, the patch only takes the check away.
 */
export function auditVerification(source: Audited, release: TreeToAudit): readonly Finding[] {
  const files = releaseFiles(release.tree, release.blobs, release.read)
  const before = definitionsIn(files, files.layout.sharedVariables)
  const fork = downloadEntries(source.definitions)
  const off = [...downloadEntries(before)].filter(
    ([name, raw]) => isChecked(raw) && fork.has(name) && !isChecked(fork.get(name)),
  )
  return [...off.map((entry) => entryFinding(entry, before, source)), ...uncheckedTasks(source, release)]
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
  if (!map || map.layout === 'version')
    return ' Give it a checksum for each architecture instead; `multiarch audit --fix` can write the map.'
  const covered = source.architectures.filter((each) => (map.versions[each]?.length ?? 0) > 0)
  const lacking = source.architectures.filter((each) => !covered.includes(each))
  if (lacking.length === 0)
    return ` It is no longer needed: this release has checksums in \`${variable ?? ''}\` for ${enumerated(covered)}.`
  return ` This release has checksums in \`${variable ?? ''}\` for ${covered.length > 0 ? enumerated(covered) : 'none of your architectures'}; only ${enumerated(lacking)} would have to be added.`
}

/** `checksum:` of the task that downloads, taken out. */
function uncheckedTasks(source: Audited, { tree, blobs }: TreeToAudit): readonly Finding[] {
  return [...tree].flatMap(([path, { oid }]): readonly Finding[] => {
    if (!/^roles\/download\/tasks\/[^/]+\.yml$/.test(path) || source.tree.get(path)?.oid === oid) return []
    const after = source.text(path)
    const bytes = blobs.get(oid)
    if (after === undefined || !bytes) return []
    const wasChecked = countChecks(new TextDecoder().decode(bytes))
    if (countChecks(after) >= wasChecked) return []
    return [
      {
        code: 'verification-off',
        severity: 'warning',
        file: path,
        line: 1,
        subject: 'download',
        architectures: [],
        message: `A patch takes checksums out of the task that downloads files, so nothing that is downloaded is checked.`,
      },
    ]
  })
}

function countChecks(text: string): number {
  return [...text.matchAll(/^[^#\n]*\b(?:checksum|sha256sum)\s*[:=]/gm)].length
}

import { addTo } from '../../model/collections/grouped.ts'
import {
  bareDigest,
  checksumKey,
  checksumTable,
  FOR_ALL,
  type ChecksumTable,
} from '../../catalogue/checksum-table.ts'
import { winning } from '../../catalogue/definitions.ts'
import { fileOn } from '../../catalogue/download-entries.ts'
import { ARCHITECTURES, type Architecture } from '../../model/architecture.ts'
import type { ReleaseTag } from '../../model/release-tag.ts'
import type { Audited } from '../audited.ts'
import { downloadsOf, stateOn, type Download } from '../download-state.ts'
import type { Found } from '../finding.ts'

/**
 * Checksums of what these settings download that a later release has otherwise for the same version: one of both is wrong, or
 * they are of two files, and the later one was looked at longer.
 */
export function auditCorrected(
  source: Audited,
  later: ReadonlyMap<ReleaseTag, ChecksumTable>,
): readonly Found[] {
  if (later.size === 0) return []
  const keys = keysByDigest(checksumTable(source.definitions))
  return downloadsOf(source).flatMap((download) => {
    const groups = new Map<string, Corrected & { readonly on: Architecture[] }>()
    for (const architecture of source.architectures) {
      const corrected = correctionOn(download, architecture, { source, later, keys })
      if (!corrected) continue
      const group = groups.get(keyOf(corrected)) ?? { ...corrected, on: [] }
      if (!corrected.isForAll) group.on.push(architecture)
      groups.set(keyOf(corrected), group)
    }
    return [...groups.values()].map((group) => findingOf(download, group, source))
  })
}

interface Corrected {
  readonly variable: string
  readonly version: string
  readonly isForAll: boolean
  readonly by: ReleaseTag
}

interface Knowledge {
  readonly source: Audited
  readonly later: ReadonlyMap<ReleaseTag, ChecksumTable>
  readonly keys: ReadonlyMap<string, readonly string[]>
}

function correctionOn(
  download: Download,
  architecture: Architecture,
  { source, later, keys }: Knowledge,
): Corrected | undefined {
  const { isFile, enabled, troubles } = stateOn(download, source, architecture)
  if (!isFile || !enabled || troubles.length > 0) return undefined
  const { checksum } = fileOn([download.name, download.raw], source.variables, { architecture })
  const digest = bareDigest(checksum ?? '')
  for (const key of keys.get(digest) ?? []) {
    const [variable = '', of, version = ''] = key.split(' ')
    if (of !== architecture && of !== FOR_ALL) continue
    const by = [...later].find(([, table]) => corrects(table, key, digest))?.[0]
    if (by !== undefined) return { variable: `${variable}s`, version, isForAll: of === FOR_ALL, by }
  }
  return undefined
}

/** Another checksum that is not itself a slip: one that stands under two architectures corrects nothing. */
function corrects(table: ChecksumTable, key: string, digest: string): boolean {
  const other = table.get(key)
  if (other === undefined || other === digest) return false
  const [variable = '', of, version = ''] = key.split(' ')
  return ARCHITECTURES.every(
    (each) => each === of || table.get(checksumKey(variable, each, version)) !== other,
  )
}

function keysByDigest(table: ChecksumTable): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>()
  for (const [key, digest] of table) {
    addTo(keys, digest, key)
  }
  return keys
}

function keyOf({ variable, version, by }: Corrected): string {
  return [variable, version, by].join(' ')
}

function findingOf(
  { name }: Download,
  { variable, version, by, on }: Corrected & { readonly on: readonly Architecture[] },
  { definitions }: Audited,
): Found {
  const definition = winning(definitions, variable)
  return {
    code: 'corrected-checksum',
    severity: 'warning',
    file: definition?.path ?? '',
    line: definition?.line ?? 1,
    subject: name,
    architectures: on,
    facts: { kind: 'corrected-checksum', component: name, variable, version, on, by },
  }
}

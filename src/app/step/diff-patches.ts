import type { Oid } from '../../core/model/oid.ts'
import { isPrivatePath } from '../../core/model/parent-of.ts'
import type { Entry } from '../../core/model/tree.ts'
import type { CarriedPatch, CarriedSeries } from '../../core/series/carried-series.ts'
import type { PatchDiff } from '../../core/series/patch-diff.ts'
import { decodeText, splitLines } from '../../core/text/split-lines.ts'
import { changedLines, unifiedDiff } from '../../core/text/unified-diff.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import { overlay } from '../carry/overlay.ts'

/** Files beyond this are not shown line by line: generated tables and archives, which nobody reviews in a text. */
const LONGEST_FILE = 400_000

/** The difference each patch made where it was written and makes on the release, by patch id; blobs are read in one batch. */
export async function diffPatches(
  store: ObjectReader,
  { patches, newBlobs }: CarriedSeries,
): Promise<ReadonlyMap<string, readonly PatchDiff[]>> {
  const rows = patches.map((carried) => ({ id: carried.patch.id, files: filesOf(carried) }))
  const entries = rows.flatMap(({ files }) =>
    files.filter((file) => !isPrivatePath(file.path)).flatMap(sidesOf),
  )
  const blobs = await overlay(store, newBlobs).readBlobs([...new Set(entries.map(({ oid }) => oid))])
  return new Map(rows.map(({ id, files }) => [id, files.map((file) => diffOf(file, blobs))]))
}

interface FileSides {
  readonly path: string
  readonly to: string
  readonly before: readonly [Entry | undefined, Entry | undefined]
  readonly after: readonly [Entry | undefined, Entry | undefined]
}

function filesOf({ patch, files, before, after }: CarriedPatch): readonly FileSides[] {
  return patch.changes.map((change) => {
    const to = files.find(({ path }) => path === change.path)?.to ?? change.path
    return {
      path: change.path,
      to,
      before: [change.before, change.after],
      after: [before.get(to), after.get(to)],
    }
  })
}

function sidesOf({ before, after }: FileSides): readonly Entry[] {
  return [...before, ...after].filter((entry) => entry !== undefined && entry.mode !== '160000') as Entry[]
}

function diffOf({ path, to, before, after }: FileSides, blobs: ReadonlyMap<Oid, Uint8Array>): PatchDiff {
  const nothing = { path, to, before: [], after: [], same: false }
  if (isPrivatePath(path)) return { ...nothing, hidden: 'private' }
  const texts = [...before, ...after].map((entry) => readText(entry, blobs))
  if (texts.includes('binary')) return { ...nothing, hidden: 'binary' }
  if (texts.includes('long')) return { ...nothing, hidden: 'long' }
  if (texts.includes('missing')) return { ...nothing, hidden: 'missing' }
  const [a = [], b = [], c = [], d = []] = texts as (readonly string[])[]
  const same = changedLines(a, b).join('\n') === changedLines(c, d).join('\n')
  return { path, to, before: unifiedDiff(a, b), after: unifiedDiff(c, d), same }
}

function readText(
  entry: Entry | undefined,
  blobs: ReadonlyMap<Oid, Uint8Array>,
): readonly string[] | 'binary' | 'long' | 'missing' {
  if (!entry) return []
  if (entry.mode === '160000') return [`Subproject commit ${entry.oid}\n`]
  const bytes = blobs.get(entry.oid)
  // A clone may have been made without large files; what is carried whole needs no bytes.
  if (!bytes) return 'missing'
  if (bytes.length > LONGEST_FILE) return 'long'
  const text = decodeText(bytes)
  return text === undefined ? 'binary' : splitLines(text)
}

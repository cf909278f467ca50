import type { FileOutcome } from '../../core/model/verdict.ts'
import type { Oid } from '../../core/model/oid.ts'
import { sameEntry, type Tree } from '../../core/model/tree.ts'
import type { CarriedPatch, CarriedSeries } from '../../core/series/carried-series.ts'
import { decodeText } from '../../core/text/split-lines.ts'
import type { ObjectReader } from '../../ports/object-store.ts'

/**
 * A carried series as a branch has it on which a person worked: a file that was left open and is different by now is
 * settled, which is `adapted` by them, unless marks of a conflict are still in it. What we settled ourselves keeps its
 * verdict.
 */
export async function settledByPerson(
  store: Pick<ObjectReader, 'readBlobs'>,
  carried: CarriedSeries,
  tip: Tree,
): Promise<CarriedSeries> {
  const open = carried.patches.flatMap(({ files }) => files.filter(({ verdict }) => verdict === 'conflict'))
  const changed = open.filter(({ to }) => !sameEntry(carried.tree.get(to), tip.get(to)))
  const blobs = await store.readBlobs(changed.flatMap(({ to }) => tip.get(to)?.oid ?? []))
  const settled = new Map(
    changed.map(({ to }): [string, FileOutcome['verdict']] => [
      to,
      isMarked(blobs, tip.get(to)?.oid) ? 'conflict' : 'adapted',
    ]),
  )
  return { ...carried, patches: carried.patches.map((patch) => asSettled(patch, settled)) }
}

function isMarked(blobs: ReadonlyMap<Oid, Uint8Array>, oid: Oid | undefined): boolean {
  const bytes = oid && blobs.get(oid)
  return /^(?:<{7}|>{7}|\|{7})(?: |$)/m.test((bytes && decodeText(bytes)) ?? '')
}

function asSettled(
  carried: CarriedPatch,
  settled: ReadonlyMap<string, FileOutcome['verdict']>,
): CarriedPatch {
  if (carried.verdict !== 'conflict') return carried
  const files = carried.files.map((file) => settledFile(file, settled.get(file.to)))
  if (files.some(({ verdict }) => verdict === 'conflict')) return { ...carried, files }
  const { cause, ...rest } = carried
  return { ...rest, files, verdict: 'adapted' }
}

function settledFile(file: FileOutcome, verdict: FileOutcome['verdict'] | undefined): FileOutcome {
  if (file.verdict !== 'conflict' || verdict === undefined) return file
  if (verdict === 'conflict') return { ...file, reasons: [{ code: 'person-left-marks' }] }
  const { regions, ...rest } = file
  return { ...rest, verdict, reasons: [{ code: 'person-settled' }] }
}

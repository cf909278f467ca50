import type { Tree } from '../../core/model/tree.ts'
import type { FileOutcome } from '../../core/model/verdict.ts'
import { blobsIn, FileReader } from '../../core/series/account/accounted-trees.ts'
import { droppedLines, dropsUnnamed, type DroppedFile } from '../../core/series/account/dropped-lines.ts'
import type { Patch } from '../../core/series/series.ts'
import type { ObjectReader } from '../../ports/object-store.ts'

/** What became of a patch's files, with the lines that are left out named wherever merging did not name them. */
export async function nameLeftOut(
  store: Pick<ObjectReader, 'readBlobs'>,
  {
    patch,
    files,
    after,
  }: { readonly patch: Patch; readonly files: readonly FileOutcome[]; readonly after: Tree },
): Promise<readonly FileOutcome[]> {
  const changes = new Map(patch.changes.map((change) => [change.path, change]))
  const dropped = new Map<FileOutcome, DroppedFile>()
  for (const outcome of files) {
    const change = changes.get(outcome.path)
    if (change && dropsUnnamed(outcome))
      dropped.set(outcome, { outcome, change, after: after.get(outcome.to) })
  }
  if (dropped.size === 0) return files
  const entries = [...dropped.values()].flatMap(({ change, after: there }) => [
    change.before,
    change.after,
    there,
  ])
  const reader = new FileReader(await store.readBlobs([...new Set(blobsIn(entries))]))
  return files.map((outcome) => {
    const file = dropped.get(outcome)
    const leftOut = file ? droppedLines(file, reader) : []
    return leftOut.length > 0 ? { ...outcome, leftOut } : outcome
  })
}

import { sameEntry, type Tree } from '../core/model/tree.ts'
import type { CarriedPatch, CarriedSeries } from '../core/series/carried.ts'
import type { FileOutcome } from '../core/model/verdict.ts'

/**
 * A carried series as a branch has it on which a person worked: a file that was left open and is different by now is
 * settled, which is `adapted` by them. What we settled ourselves keeps its verdict.
 */
export function settledByPerson(carried: CarriedSeries, tip: Tree): CarriedSeries {
  return { ...carried, patches: carried.patches.map((patch) => settled(patch, carried.tree, tip)) }
}

function settled(carried: CarriedPatch, ours: Tree, tip: Tree): CarriedPatch {
  if (carried.verdict !== 'conflict') return carried
  const files = carried.files.map((file) => settledFile(file, ours, tip))
  if (files.some(({ verdict }) => verdict === 'conflict')) return { ...carried, files }
  const { cause, ...rest } = carried
  return { ...rest, files, verdict: 'adapted' }
}

function settledFile(file: FileOutcome, ours: Tree, tip: Tree): FileOutcome {
  if (file.verdict !== 'conflict' || sameEntry(ours.get(file.to), tip.get(file.to))) return file
  const { regions, ...rest } = file
  return { ...rest, verdict: 'adapted', reason: 'Adapted by a person, in a commit on this branch.' }
}

import type { CarriedPatch, CarriedSeries } from '../../core/series/carried-series.ts'
import type { FileOutcome } from '../../core/model/verdict.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import { readConflicts, type Conflict, type WorkedOn } from '../settle/read-conflicts.ts'

/**
 * A carried series as a branch has it on which a person worked, or had us settle a conflict: what was left open and is settled by
 * now is `adapted` by them, unless marks of a conflict are still in the file. What we settled ourselves keeps its verdict.
 */
export async function settledByPerson(
  store: Pick<ObjectReader & History, 'readBlobs' | 'log'>,
  carried: CarriedSeries,
  branch: WorkedOn,
): Promise<CarriedSeries> {
  const conflicts = await readConflicts(store, carried, branch)
  const patches = carried.patches.map((each) =>
    asSettled(
      each,
      conflicts.filter((conflict) => conflict.carried === each),
    ),
  )
  return { ...carried, patches }
}

function asSettled(carried: CarriedPatch, conflicts: readonly Conflict[]): CarriedPatch {
  if (carried.verdict !== 'conflict') return carried
  const files = carried.files.map((file) => {
    const conflict = conflicts.find((each) => each.file === file)
    return conflict ? settledFile(conflict) : file
  })
  if (files.some(({ verdict }) => verdict === 'conflict')) return { ...carried, files }
  const { cause, ...rest } = carried
  return { ...rest, files, verdict: 'adapted' }
}

function settledFile({ file, state }: Conflict): FileOutcome {
  if (state.kind === 'open') return file
  if (state.kind === 'marked') return { ...file, reasons: [{ code: 'person-left-marks' }] }
  const { regions, ...rest } = file
  const isSide = state.kind === 'settled' && state.side !== 'hand'
  const reason = isSide ? ({ code: 'side-taken', side: state.side } as const) : BY_PERSON
  return { ...rest, verdict: 'adapted', reasons: [reason] }
}

const BY_PERSON = { code: 'person-settled' } as const

import { patchChanges, type PatchChange } from '../../core/merge/patch-changes.ts'
import type { Workspace } from '../../core/merge/workspace.ts'
import type { Entry, Tree } from '../../core/model/tree.ts'
import type { FileOutcome } from '../../core/model/verdict.ts'
import type { CarriedPatch } from '../../core/series/carried-series.ts'
import { conflictName } from '../../core/series/settlement.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import { converse } from './converse.ts'

/** A file of a patch that was left as the release has it, and what met in it. */
export interface MetConflict {
  readonly carried: CarriedPatch
  readonly file: FileOutcome
  readonly change: PatchChange
  /** Where the release has the file. */
  readonly at: string
  /** Names it wherever the very same things meet. */
  readonly name: string
}

/** What is in conflict of one carried patch, file by file; or whatever files are wanted. */
export async function conflictsOf(
  store: Pick<ObjectReader & History, 'readBlobs' | 'log'>,
  carried: CarriedPatch,
  workspace: Workspace,
  isWanted: (file: FileOutcome) => boolean = isConflict,
): Promise<readonly MetConflict[]> {
  const open = carried.files.filter(isWanted)
  if (open.length === 0) return []
  const { changes } = carried.patch
  const [base, wanted] = [sideOf(changes, 'before'), sideOf(changes, 'after')]
  const seen = await converse(patchChanges(base, wanted, workspace), store, undefined)
  return open.flatMap((file): readonly MetConflict[] => {
    const change = seen.find(({ path }) => path === file.path)
    if (!change) return []
    const at = carried.before.has(file.to) || !carried.before.has(file.path) ? file.to : file.path
    const name = conflictName(file.to, [change.before, carried.before.get(at), change.after])
    return [{ carried, file, change, at, name }]
  })
}

function isConflict({ verdict }: FileOutcome): boolean {
  return verdict === 'conflict'
}

function sideOf(changes: CarriedPatch['patch']['changes'], side: 'before' | 'after'): Tree {
  return new Map(
    changes.flatMap(({ path, [side]: entry }): [string, Entry][] => (entry ? [[path, entry]] : [])),
  )
}

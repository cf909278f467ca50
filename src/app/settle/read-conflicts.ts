import { isMark } from '../../core/merge/settle/check-settled.ts'
import { Workspace } from '../../core/merge/workspace.ts'
import type { LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { parentOf } from '../../core/model/parent-of.ts'
import { sameEntry, type Tree } from '../../core/model/tree.ts'
import type { CarriedSeries } from '../../core/series/carried-series.ts'
import { settlementsIn, type Settlement } from '../../core/series/settlement.ts'
import { decodeText, splitLines } from '../../core/text/split-lines.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import type { BranchWork } from '../branch/branch-work.ts'
import { conflictsOf, type MetConflict } from '../carry/conflicts-of.ts'
import { COMMITTER_EMAIL } from '../repository/committer-at.ts'

/** A file of a patch that was left as the release has it, and what became of it on the branch since. */
export interface Conflict extends MetConflict {
  readonly state: ConflictState
}

/**
 * `open`: nobody has touched it · `settled`: a commit says so of this very conflict · `by-hand`: a person changed the file ·
 * `marked`: marks of a conflict are in it.
 */
type ConflictState =
  | { readonly kind: 'open' | 'by-hand' | 'marked' }
  | { readonly kind: 'settled'; readonly side: Exclude<Settlement['side'], 'open' | 'forgotten'> }

/** A branch on which people have worked, or had us work. */
export interface WorkedOn {
  /** As it is seen, and as the repository has it. */
  readonly view: Tree
  readonly tip: Tree
  readonly work: Pick<BranchWork, 'persons' | 'rewritten'>
  /** Where patches are files of the repository: the file of each, by the patch's identity. */
  readonly patchFiles?: ReadonlyMap<string, string>
}

type Store = Pick<ObjectReader & History, 'readBlobs' | 'log'>

/** Every conflict of a series in the order of its patches, by what the branch and its commits say of it. */
export async function readConflicts(
  store: Store,
  carried: CarriedSeries,
  branch: WorkedOn,
): Promise<readonly Conflict[]> {
  const workspace = new Workspace()
  const found: MetConflict[] = []
  for (const each of carried.patches) found.push(...(await conflictsOf(store, each, workspace)))
  const changed = found.filter(({ file: { to } }) => !sameEntry(carried.tree.get(to), branch.view.get(to)))
  const blobs = await store.readBlobs(changed.flatMap(({ file }) => branch.view.get(file.to)?.oid ?? []))
  const settled = settledIn(branch)
  return found.map((conflict) => {
    const { to } = conflict.file
    const side = settled.get(keyOf(conflict.carried.patch.id, conflict.name))
    const state = (): ConflictState => {
      if (changed.includes(conflict) && isMarked(blobs, branch.view.get(to)?.oid)) return { kind: 'marked' }
      if (side !== undefined && side !== 'open' && side !== 'forgotten') return { kind: 'settled', side }
      const isHand = changed.includes(conflict) ? isByHand(to, branch) : isPatchDeleted(conflict, branch)
      return { kind: isHand ? 'by-hand' : 'open' }
    }
    return { ...conflict, state: state() }
  })
}

/** The newest word on each conflict that still holds: one whose file somebody put back as it was before holds no more. */
function settledIn(branch: WorkedOn): ReadonlyMap<string, Settlement['side']> {
  const settled = new Map<string, Settlement['side']>()
  const { tip, work } = branch
  for (const { message, changes } of work.persons) {
    for (const { patch, conflict, side, path } of settlementsIn(message)) {
      const change = changes.find((each) => isFor(each.path, path, branch))
      const isUndone = change !== undefined && sameEntry(tip.get(change.path), change.before)
      settled.set(keyOf(patch, conflict), isUndone ? 'open' : side)
    }
  }
  return settled
}

/** What a commit that we made at somebody's word says of itself is all that it does; any other may mean the whole file. */
function isByHand(path: string, branch: WorkedOn): boolean {
  const { persons, rewritten } = branch.work
  if (rewritten) return true
  const isHeld = isHeldAsSeen(path, branch)
  const touching = persons.filter(
    ({ changes }) => !isHeld || changes.some((each) => isFor(each.path, path, branch)),
  )
  return touching.some((commit) => !isAtWord(commit))
}

/** Whoever deletes the file of a patch says that it is not to be applied; one that only moved in its folder is as open as it was. */
function isPatchDeleted({ carried: { patch } }: MetConflict, branch: WorkedOn): boolean {
  const { tip, work, patchFiles } = branch
  const file = patchFiles?.get(patch.id)
  if (file === undefined || tip.has(file)) return false
  const folder = parentOf(file)
  return work.persons.some(({ changes }) =>
    changes.some(
      ({ path, before, after }) =>
        path === file &&
        !after &&
        ![...tip].some(([each, entry]) => parentOf(each) === folder && sameEntry(entry, before)),
    ),
  )
}

/** What is seen may be made of patch files, which any commit may have changed: the repository has no such file then. */
function isHeldAsSeen(path: string, branch: WorkedOn): boolean {
  const { tip, view } = branch
  if (tip === view) return true
  const seen = view.get(path)
  return [...tip].some(([each, entry]) => isFor(each, path, branch) && sameEntry(entry, seen))
}

/** We made it, since somebody told us to settle something. */
export function isAtWord({ committer, message }: Pick<LoggedCommit, 'committer' | 'message'>): boolean {
  return committer.email === COMMITTER_EMAIL && settlementsIn(message).length > 0
}

/** The repository may hold what is seen in a folder of its own; where it is seen as it is, a namesake elsewhere is another file. */
function isFor(path: string, seen: string, { tip, view }: WorkedOn): boolean {
  return path === seen || (tip !== view && path.endsWith(`/${seen}`))
}

function isMarked(blobs: ReadonlyMap<Oid, Uint8Array>, oid: Oid | undefined): boolean {
  const bytes = oid && blobs.get(oid)
  return splitLines((bytes && decodeText(bytes)) ?? '').some(isMark)
}

function keyOf(patch: string, conflict: string): string {
  return `${patch} ${conflict}`
}

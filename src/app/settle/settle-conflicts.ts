import { defined } from '../../core/model/defined.ts'
import type { Signature } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { ConflictSide } from '../../core/model/sides.ts'
import type { CarriedSeries } from '../../core/series/carried-series.ts'
import { settlementsIn, type Settlement } from '../../core/series/settlement.ts'
import type { LeftPlace, SideOutcome } from '../../core/explain/settling/say-side-outcome.ts'
import { settledTitle } from '../../core/explain/settling/settled-text.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { isAtWord, readConflicts, type Conflict, type WorkedOn } from './read-conflicts.ts'
import { replay, type Sides } from './replay.ts'
import { ontoBranch, writeSettled, type StepBranchAt } from './write-settled.ts'

/** A step's branch, as it stands, and what was carried onto its release. */
interface SettledBranch extends StepBranchAt {
  readonly carried: CarriedSeries
}

export interface SideRequest {
  /** The patch's identity. */
  readonly patch: string
  /** One of its files, by its path or the end of it; all that are in conflict where it is absent. */
  readonly file?: string
  readonly side: ConflictSide
  /** Who asked, and when. */
  readonly by: Signature
}

/** Settles conflicts of one patch on a step's branch, as somebody asked, with a commit on top of what is there. */
export async function settleConflicts(
  store: ObjectStore,
  branch: SettledBranch,
  request: SideRequest,
): Promise<SideOutcome> {
  const conflicts = await readConflicts(store, branch.carried, branch)
  const all = conflicts.filter(({ carried }) => carried.patch.id === request.patch)
  if (all.length === 0) return { kind: 'nothing-open' }
  const meant = request.file === undefined ? all : namedBy(request.file, all)
  if (meant.length === 0) return { kind: 'no-such-file', files: all.map(({ file }) => file.to) }
  const left = meant.flatMap(leftPlace)
  const asked = meant.filter((conflict) => leftPlace(conflict).length === 0)
  const before = sidesOf(conflicts)
  const wanted = new Map([...before, ...asked.map((each) => [each, request.side] as const)])
  const onto = branch.carried.tree
  const [old, now] = [
    await replay(store, conflicts, { onto, sides: before }),
    await replay(store, conflicts, { onto, sides: wanted }),
  ]
  const refused = asked.flatMap((each) => {
    const why = now.refused.get(each)
    return why ? [{ path: each.file.to, why }] : []
  })
  if (refused.length > 0) return { kind: 'refused', files: refused }
  const files = asked.map((each) => ({
    path: each.file.to,
    isWhole: now.whole.has(each),
    leftOut: now.leftOut.get(each) ?? [],
  }))
  const changed = changedSides(conflicts, { before, now: now.sides })
  const following = changed
    .filter(([, side]) => side === 'follows')
    .map(([{ carried }]) => carried.patch.title)
  if (changed.length === 0) {
    const before = settledBefore(branch, request.patch, conflicts)
    return { kind: 'settled', files, left, following: [], ...defined({ before }) }
  }
  const merged = await ontoBranch(store, { old: old.tree, now: now.tree, view: branch.view }, [
    ...old.newBlobs,
    ...now.newBlobs,
  ])
  if (merged.kind === 'changed-since') return merged
  const settlements = changed.map(([{ carried, file, name }, side]) => ({
    patch: carried.patch.id,
    title: carried.patch.title,
    side,
    conflict: name,
    path: file.to,
  }))
  const title = settledTitle(
    settlements.find(({ patch }) => patch === request.patch)?.title ?? '',
    request.side,
  )
  const commit = await writeSettled(store, branch, { view: merged.tree, title, settlements, by: request.by })
  const isMoved = await store.moveRef({ name: `refs/heads/${branch.name}`, from: branch.head, to: commit })
  return isMoved ? { kind: 'settled', commit, files, left, following } : { kind: 'moved' }
}

/** The newest commit that settled something of a patch at somebody's word, and the later patches that followed. */
function settledBefore(
  { work: { persons } }: WorkedOn,
  patch: string,
  conflicts: readonly Conflict[],
): { readonly commit: Oid; readonly following: readonly string[] } | undefined {
  const atWord = persons
    .filter(isAtWord)
    .findLast(({ message }) => settlementsIn(message).some((each) => each.patch === patch))
  if (!atWord) return undefined
  const ids = settlementsIn(atWord.message).flatMap((each) => (each.side === 'follows' ? [each.patch] : []))
  const following = conflicts.filter(({ carried }) => ids.includes(carried.patch.id))
  return { commit: atWord.oid, following: following.map(({ carried }) => carried.patch.title) }
}

/** By its whole path, or by the end of it where that is one file's alone. */
function namedBy(said: string, conflicts: readonly Conflict[]): readonly Conflict[] {
  const exact = conflicts.filter(({ file }) => file.to === said || file.path === said)
  if (exact.length > 0) return exact
  const ending = conflicts.filter(({ file }) => file.to.endsWith(`/${said}`))
  return ending.length === 1 ? ending : []
}

/** A place that is as a person left it. */
export function leftPlace({ file, state }: Conflict): readonly LeftPlace[] {
  const isHand = state.kind === 'settled' && state.side === 'hand'
  if (state.kind === 'by-hand' || isHand) return [{ path: file.to, why: 'by-hand' }]
  return state.kind === 'marked' ? [{ path: file.to, why: 'marked' }] : []
}

/** As conflicts are settled on the branch now. */
export function sidesOf(conflicts: readonly Conflict[]): Sides {
  return new Map(
    conflicts.flatMap((each): [Conflict, Settlement['side']][] =>
      each.state.kind === 'settled' ? [[each, each.state.side]] : [],
    ),
  )
}

/** What the commit has to say: what is settled otherwise than before, and what was and is open again. */
function changedSides(
  conflicts: readonly Conflict[],
  { before, now }: { readonly before: Sides; readonly now: Sides },
): readonly (readonly [Conflict, Settlement['side']])[] {
  return conflicts.flatMap((each): (readonly [Conflict, Settlement['side']])[] => {
    const was = before.get(each)
    if (was === 'hand') return []
    const is = now.get(each) ?? (was === undefined ? undefined : 'open')
    return is === undefined || is === was ? [] : [[each, is]]
  })
}

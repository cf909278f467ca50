import { carry } from '../../core/merge/whole/carry.ts'
import { Workspace } from '../../core/merge/workspace.ts'
import type { Signature } from '../../core/model/commit.ts'
import type { ConflictSide } from '../../core/model/sides.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { SideRefusal } from '../../core/merge/settle/side-refusal.ts'
import { differingPaths, withChanges, type Entry, type Tree } from '../../core/model/tree.ts'
import type { CarriedSeries } from '../../core/series/carried-series.ts'
import { settledTrailer, type Settlement } from '../../core/series/settlement.ts'
import { withTrailers } from '../../core/series/trailer.ts'
import { settledTitle, settledText } from '../../core/explain/settling/settled-text.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { converse } from '../carry/converse.ts'
import { committerAt } from '../repository/committer-at.ts'
import { readConflicts, type Conflict, type WorkedOn } from './read-conflicts.ts'
import { replay, type Sides } from './replay.ts'

/** A step's branch, as it stands, and what was carried onto its release. */
interface SettledBranch extends WorkedOn {
  /** Without `refs/heads/`. */
  readonly name: string
  readonly head: Oid
  readonly carried: CarriedSeries
  put(this: void, view: Tree): Tree
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

/** What became of a request to settle; only `settled` has written anything. */
export type SideOutcome =
  | {
      readonly kind: 'settled'
      /** Absent where all of it was so already. */
      readonly commit?: Oid
      /** Files that have that side now, or had it before. */
      readonly files: readonly SettledPlace[]
      /** Files that a person changed, and that are as they left them. */
      readonly left: readonly LeftPlace[]
      /** Later patches of these files that go on by themselves now. */
      readonly following: readonly string[]
    }
  /** Nothing of the patch was in conflict, or is any more. */
  | { readonly kind: 'nothing-open' }
  | { readonly kind: 'no-such-file'; readonly files: readonly string[] }
  /** Nothing was written, since a part of it cannot be had. */
  | {
      readonly kind: 'refused'
      readonly files: readonly { readonly path: string; readonly why: SideRefusal }[]
    }
  /** What stands there is not what was put there. */
  | { readonly kind: 'changed-since'; readonly files: readonly string[] }
  /** Somebody was faster. */
  | { readonly kind: 'moved' }

interface SettledPlace {
  readonly path: string
  /** As a whole, since it could not be merged. */
  readonly isWhole: boolean
  /** Lines that the other side put in there and that are not in it now. */
  readonly leftOut: readonly string[]
}

interface LeftPlace {
  readonly path: string
  readonly why: 'by-hand' | 'marked'
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
  if (changed.length === 0) return { kind: 'settled', files, left, following: [] }
  const merged = await ontoBranch(store, { old: old.tree, now: now.tree, view: branch.view }, [
    ...old.newBlobs,
    ...now.newBlobs,
  ])
  if (merged.kind === 'changed-since') return merged
  const commit = await writeSettled(store, branch, { view: merged.tree, changed, request })
  const isMoved = await store.moveRef({ name: `refs/heads/${branch.name}`, from: branch.head, to: commit })
  return isMoved ? { kind: 'settled', commit, files, left, following } : { kind: 'moved' }
}

/** By its whole path, or by the end of it where that is one file's alone. */
function namedBy(said: string, conflicts: readonly Conflict[]): readonly Conflict[] {
  const exact = conflicts.filter(({ file }) => file.to === said || file.path === said)
  if (exact.length > 0) return exact
  const ending = conflicts.filter(({ file }) => file.to.endsWith(`/${said}`))
  return ending.length === 1 ? ending : []
}

function leftPlace({ file, state }: Conflict): readonly LeftPlace[] {
  const isHand = state.kind === 'settled' && state.side === 'hand'
  if (state.kind === 'by-hand' || isHand) return [{ path: file.to, why: 'by-hand' }]
  return state.kind === 'marked' ? [{ path: file.to, why: 'marked' }] : []
}

function sidesOf(conflicts: readonly Conflict[]): Sides {
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

/** The difference that settling makes, put onto the branch as it is: recipes and inventories stand on it, and people's commits. */
async function ontoBranch(
  store: ObjectStore,
  { old, now, view }: { readonly old: Tree; readonly now: Tree; readonly view: Tree },
  made: readonly (readonly [Oid, Uint8Array])[],
): Promise<
  | { readonly kind: 'merged'; readonly tree: Tree }
  | { readonly kind: 'changed-since'; readonly files: string[] }
> {
  const blobs = new Map(made)
  const needed = differingPaths(old, now).flatMap((path) => blobs.get(now.get(path)?.oid as Oid) ?? [])
  await store.writeBlobs(needed)
  const known = {
    readBlobs: async (oids: readonly Oid[]) => {
      const here = oids.filter((oid) => blobs.has(oid))
      const rest = await store.readBlobs(oids.filter((oid) => !blobs.has(oid)))
      return new Map([...rest, ...here.map((oid) => [oid, blobs.get(oid) as Uint8Array] as const)])
    },
    log: store.log.bind(store),
  }
  const merged = await converse(
    carry({ base: old, patch: now, onto: view }, new Workspace()),
    known,
    undefined,
  )
  const lost = merged.files.filter(({ verdict }) => verdict === 'conflict' || verdict === 'obsolete')
  if (lost.length > 0) return { kind: 'changed-since', files: lost.map(({ to }) => to) }
  await store.writeBlobs([...merged.newBlobs.values()])
  return { kind: 'merged', tree: merged.tree }
}

async function writeSettled(
  store: ObjectStore,
  branch: SettledBranch,
  {
    view,
    changed,
    request,
  }: {
    readonly view: Tree
    readonly changed: readonly (readonly [Conflict, Settlement['side']])[]
    readonly request: SideRequest
  },
): Promise<Oid> {
  const [before, after] = [branch.put(branch.view), branch.put(view)]
  const changes = differingPaths(before, after).map((path): [string, Entry | undefined] => [
    path,
    after.get(path),
  ])
  const tree = await store.writeTree(withChanges(branch.tip, new Map(changes)))
  const settlements = changed.map(([{ carried, file, name }, side]) => ({
    patch: carried.patch.id,
    title: carried.patch.title,
    side,
    conflict: name,
    path: file.to,
  }))
  const title = settlements.find(({ patch }) => patch === request.patch)?.title ?? ''
  const text = `${settledTitle(title, request.side)}\n\n${settledText(settlements)}\n`
  return store.writeCommit({
    tree,
    parents: [branch.head],
    author: request.by,
    // Ours, at somebody's word: it says all that it does, and is kept as a person's is.
    committer: committerAt(request.by.time),
    message: withTrailers(text, settlements.map(settledTrailer)),
  })
}

import { takeFile } from '../../core/merge/settle/take-file.ts'
import { Workspace } from '../../core/merge/workspace.ts'
import type { ConflictSide } from '../../core/model/sides.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { SideRefusal } from '../../core/merge/settle/side-refusal.ts'
import { withChanges, type Tree } from '../../core/model/tree.ts'
import type { Settlement } from '../../core/series/settlement.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import { converse } from '../carry/converse.ts'
import type { Conflict } from './read-conflicts.ts'

/** How each conflict is to be settled; one that is not named stays open. */
export type Sides = ReadonlyMap<Conflict, Settlement['side']>

interface Replayed {
  readonly tree: Tree
  readonly newBlobs: ReadonlyMap<Oid, Uint8Array>
  /** As what stands there came about: without what does not follow any more, with what follows now. */
  readonly sides: Sides
  /** Files that are one side's as a whole, since they could not be merged. */
  readonly whole: ReadonlySet<Conflict>
  /** Lines that the other side has and that are not in what came of it. */
  readonly leftOut: ReadonlyMap<Conflict, readonly string[]>
  /** What cannot be had so. */
  readonly refused: ReadonlyMap<Conflict, SideRefusal>
}

/**
 * Settles conflicts on what was carried, in the order of their patches, so that it makes no difference in which order somebody
 * asked: a later patch of a file is merged onto what became of the earlier ones, and goes on by itself where that was all that it
 * waited for.
 */
export async function replay(
  store: Pick<ObjectReader & History, 'readBlobs' | 'log'>,
  conflicts: readonly Conflict[],
  { onto, sides }: { readonly onto: Tree; readonly sides: Sides },
): Promise<Replayed> {
  const workspace = new Workspace()
  const made = new Map<Conflict, Settlement['side']>()
  const whole = new Set<Conflict>()
  const leftOut = new Map<Conflict, readonly string[]>()
  const refused = new Map<Conflict, SideRefusal>()
  let tree = onto
  for (const conflict of conflicts) {
    const asked = sides.get(conflict)
    const isAsked = asked !== undefined && asked !== 'open' && asked !== 'forgotten' && asked !== 'follows'
    // What a person wrote stands on the branch, and not in what is computed here.
    if (asked === 'hand' || (!isAsked && !waitedFor(conflict, made))) continue
    const side: ConflictSide = isAsked ? asked : 'mine'
    const where = { change: conflict.change, at: placeIn(tree, conflict), tree }
    const taken = await converse(takeFile(where, side, workspace), store, undefined)
    if (taken.kind === 'refused') {
      if (isAsked) refused.set(conflict, taken.why)
      continue
    }
    if (!isAsked && (taken.isWhole || taken.isChosen)) continue
    tree = withChanges(tree, taken.changes)
    if (taken.isWhole) whole.add(conflict)
    leftOut.set(conflict, taken.leftOut)
    made.set(conflict, isAsked ? side : 'follows')
  }
  return { tree, newBlobs: workspace.takeMade(), sides: made, whole, leftOut, refused }
}

/** Whether an earlier patch of the same file was settled, so that a later one may find what it was written on. */
function waitedFor({ file, carried: { cause } }: Conflict, made: Sides): boolean {
  return cause !== undefined && [...made.keys()].some((each) => each.file.to === file.to)
}

function placeIn(tree: Tree, { at, file: { to } }: Conflict): string {
  return tree.has(to) ? to : at
}

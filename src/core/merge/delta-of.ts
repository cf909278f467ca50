import { oncePer } from '../model/collections/once-per.ts'
import { EMPTY_BLOB, type Oid } from '../model/oid.ts'
import type { Entry } from '../model/tree.ts'
import { bagOf, bagWeight, type Delta, rewordedWeight, sharedWeight, type LineBag } from './line-bag.ts'
import { isFile } from '../model/is-file.ts'
import type { Workspace } from './workspace.ts'

/** What one or more changes do in sum; lines that only move cancel out. */
export interface Effect {
  readonly removed: LineBag
  readonly added: LineBag
  /** What is gone without a successor. Where a line was replaced, only the new one says what the change wanted. */
  readonly dropped: LineBag
  /** Of what was put in and dropped. */
  readonly weight: number
}

const NO_LINES = { removed: [], added: [], dropped: [] }
const NOTHING: Delta = { ...NO_LINES, spelled: NO_LINES }

/** What a change at one path does to lines; contents must be loaded. Binary files, links and submodules do nothing here. */
export function deltaOf(before: Entry | undefined, after: Entry | undefined, workspace: Workspace): Delta {
  const a = readable(before)
  const b = readable(after)
  return a === undefined || b === undefined ? NOTHING : workspace.delta(a, b)
}

function readable(entry: Entry | undefined): Oid | undefined {
  if (!entry) return EMPTY_BLOB
  return isFile(entry) ? entry.oid : undefined
}

export function effectOf(deltas: readonly Delta[]): Effect {
  const [only] = deltas
  return only && deltas.length === 1 ? effectOfOne(only) : effectAnew(deltas)
}

/** Most commits change one file of a patch, and the same commits are met again with the next patch and the next release. */
const effectOfOne = oncePer((delta: Delta): Effect => effectAnew([delta]))

function effectAnew(deltas: readonly Delta[]): Effect {
  const allAdded = deltas.flatMap(({ spelled }) => spelled.added)
  const allRemoved = deltas.flatMap(({ spelled }) => spelled.removed)
  const added = bagOf(allAdded, allRemoved)
  const dropped = bagOf(
    deltas.flatMap(({ spelled }) => spelled.dropped),
    allAdded,
  )
  return {
    added,
    removed: bagOf(allRemoved, allAdded),
    dropped,
    weight: bagWeight(added) + bagWeight(dropped),
  }
}

/** The weight of what was wanted and is done by the other. */
export function doneWeight(wanted: Effect, done: Effect): number {
  return sharedWeight(wanted.added, done.added) + sharedWeight(wanted.dropped, done.removed)
}

/** The same, with reworded lines counted as far as their words agree. */
export function reworkedWeight(wanted: Effect, done: Effect): number {
  return rewordedWeight(wanted.added, done.added) + sharedWeight(wanted.dropped, done.removed)
}

/**
 * The weight of what was wanted and is undone by the other: put in and dropped again, or put in the place of something that
 * came back. A line that was only reworded later is upstream going on with it.
 */
export function undoneWeight(wanted: Effect, undo: Effect): number {
  const replaced = bagWeight(wanted.removed)
  const cameBack = replaced > 0 && sharedWeight(wanted.removed, undo.added) >= CAME_BACK * replaced
  return (
    sharedWeight(wanted.added, cameBack ? undo.removed : undo.dropped) +
    sharedWeight(wanted.dropped, undo.added)
  )
}

/** Nearly all of what was replaced: a commit may restore a line in slightly other words. */
const CAME_BACK = 0.9

import { EMPTY_BLOB, type Oid } from '../model/oid.ts'
import type { Entry } from '../model/tree.ts'
import { bagOf, bagWeight, sharedWeight, type LineBag } from './line-bag.ts'
import { isFile } from './patch-changes.ts'
import type { Workspace } from './workspace.ts'

/** The lines a change takes away and puts in, without their indentation: blocks are often moved as they are taken over. */
export interface Delta {
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/** What one or more changes do in sum; lines that only move cancel out. */
export interface Effect {
  readonly removed: LineBag
  readonly added: LineBag
  readonly weight: number
}

const NOTHING: Delta = { removed: [], added: [] }

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
  const allAdded = deltas.flatMap(({ added }) => added)
  const allRemoved = deltas.flatMap(({ removed }) => removed)
  const added = bagOf(allAdded, allRemoved)
  const removed = bagOf(allRemoved, allAdded)
  return { added, removed, weight: bagWeight(added) + bagWeight(removed) }
}

/** The weight of what both do. */
export function commonWeight(a: Effect, b: Effect): number {
  return sharedWeight(a.added, b.added) + sharedWeight(a.removed, b.removed)
}

/** The weight of what the second undoes of the first. */
export function undoneWeight(done: Effect, undo: Effect): number {
  return sharedWeight(done.added, undo.removed) + sharedWeight(done.removed, undo.added)
}

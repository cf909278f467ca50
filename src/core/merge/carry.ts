import type { Oid } from '../model/oid.ts'
import { withChanges, type Tree } from '../model/tree.ts'
import type { FileOutcome, Verdict } from '../model/verdict.ts'
import type { Conversation } from './conversation.ts'
import { judge } from './judge.ts'
import { mergeTree } from './merge-tree.ts'
import { patchChanges } from './patch-changes.ts'
import type { Workspace } from './workspace.ts'

/** One patch to carry: the tree it was written on, the tree with it, and the tree it goes onto. */
export interface CarryRequest {
  readonly base: Tree
  readonly patch: Tree
  readonly onto: Tree
}

export interface CarryResult {
  readonly verdict: Verdict
  /** Upstream's tree with the patch; a file left in conflict stays as upstream has it. */
  readonly tree: Tree
  /** Blobs that merging made, to be written before the tree is. */
  readonly newBlobs: ReadonlyMap<Oid, Uint8Array>
  /** Upstream commits that took the patch or collide with it. */
  readonly upstream: readonly Oid[]
  readonly files: readonly FileOutcome[]
}

/** Carries one patch onto one release. */
export function* carry({ base, patch, onto }: CarryRequest, workspace: Workspace): Conversation<CarryResult> {
  const changes = yield* patchChanges(base, patch, workspace)
  const merged = yield* mergeTree({ base, upstream: onto }, changes, workspace)
  return {
    verdict: judge(merged.outcomes),
    tree: withChanges(onto, merged.changes),
    newBlobs: workspace.takeMade(),
    upstream: [],
    files: merged.outcomes,
  }
}

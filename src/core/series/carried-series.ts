import type { Oid } from '../model/oid.ts'
import type { Tree } from '../model/tree.ts'
import type { FileOutcome, Verdict } from '../model/verdict.ts'
import type { Patch } from './series.ts'

/** What became of one patch of a series. */
export interface CarriedPatch {
  readonly patch: Patch
  readonly verdict: Verdict
  /** What it went onto: the release with the patches before it. */
  readonly before: Tree
  readonly after: Tree
  readonly upstream: readonly Oid[]
  readonly confidence?: number
  /** Upstream's reviewed form does without so much of the patch that a person has to look at it. */
  readonly look?: true
  readonly files: readonly FileOutcome[]
  /** A recipe of ours made it anew, so its lines are not the patch's. */
  readonly remade?: true
  /** For a conflict that follows from an earlier one: the patch whose files stayed open first. */
  readonly cause?: Patch
  /** What its commit says of conflicts beside its verdict, for whoever meets them again; as trailers. */
  readonly tells?: readonly (readonly [string, string])[]
}

/** A whole series on a release. */
export interface CarriedSeries {
  readonly patches: readonly CarriedPatch[]
  /** The release with the fork's own files and everything that was carried. */
  readonly tree: Tree
  /** The release with the fork's own files alone. */
  readonly start: Tree
  /** Blobs that exist nowhere yet. */
  readonly newBlobs: ReadonlyMap<Oid, Uint8Array>
}

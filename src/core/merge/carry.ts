import type { Oid } from '../model/oid.ts'
import { withChanges, type Tree } from '../model/tree.ts'
import type { FileOutcome, Verdict } from '../model/verdict.ts'
import { suggestFor } from '../text/suggest.ts'
import { alreadyUpstream, type AlreadyUpstream } from './already-upstream.ts'
import { broughtSince } from './brought-since.ts'
import { climbFiles } from './climb-files.ts'
import type { Conversation } from './conversation.ts'
import { fileHistory } from './file-history.ts'
import { cutToRest } from './cut-to-rest.ts'
import { judge } from './judge.ts'
import { judgeOverrides } from './judge-overrides.ts'
import { mergeTree, type TreeMerge } from './merge-tree.ts'
import { patchChanges } from './patch-changes.ts'
import { fileLines } from './release-lines.ts'
import { findTakers } from './takers.ts'
import type { Workspace } from './workspace.ts'

/** One patch to carry: the tree it was written on, the tree with it, and the tree it goes onto. */
export interface CarryRequest {
  readonly base: Tree
  readonly patch: Tree
  readonly onto: Tree
  /**
   * `range`: what many commits did in sum, unsorted. No one commit of upstream's is the reviewed form of that, and what some
   * of it has in common with one says nothing about the rest.
   */
  readonly kind?: 'change' | 'range'
  /** The first line of the patch's message, where it has one. */
  readonly title?: string
}

export interface CarryResult {
  readonly verdict: Verdict
  /** Upstream's tree with the patch; a file left in conflict stays as upstream has it. */
  readonly tree: Tree
  /** Blobs that merging made, to be written before the tree is. */
  readonly newBlobs: ReadonlyMap<Oid, Uint8Array>
  /** Upstream commits that took the patch or collide with it. */
  readonly upstream: readonly Oid[]
  /** How sure an `upstreamed` or `obsolete` by history is, 0 to 1. */
  readonly confidence?: number
  readonly files: readonly FileOutcome[]
}

/** Carries one patch onto one release. */
export function* carry(
  { base, patch, onto, kind, title }: CarryRequest,
  workspace: Workspace,
): Conversation<CarryResult> {
  workspace.trim()
  const changes = yield* patchChanges(base, patch, workspace)
  const merged = yield* mergeTree({ base, upstream: onto }, changes, workspace)
  if (untouched(merged)) return carried(onto, merged, workspace)
  const history = yield* fileHistory(
    changes,
    merged.outcomes.map(({ to }) => to),
    workspace,
  )
  const places = new Map(merged.outcomes.map(({ path, to }) => [path, to]))
  const lines = yield* fileLines(changes, { tree: onto, places }, workspace)
  const takers = kind === 'range' ? [] : yield* findTakers(changes, { history, lines }, workspace)
  const taken = alreadyUpstream(takers, title)
  if (taken && broughtSince(changes, lines, workspace))
    return withoutTaken(onto, cutToRest(merged, { taken, changes }, workspace), taken, workspace)
  const climbed = yield* climbFiles(merged, changes, { history, onto }, workspace)
  return carried(
    onto,
    yield* judgeOverrides(climbed, changes, { base, upstream: onto }, workspace),
    workspace,
  )
}

function withoutTaken(
  onto: Tree,
  rest: TreeMerge,
  taken: AlreadyUpstream,
  workspace: Workspace,
): CarryResult {
  const result = carried(onto, rest, workspace)
  // A patch of which upstream has a part is another patch now: never `clean`, whatever became of the rest.
  const verdict = result.verdict === 'clean' || result.verdict === 'moved' ? 'adapted' : result.verdict
  return { ...result, verdict, upstream: taken.commits, confidence: taken.confidence }
}

/**
 * Whether the patch only adds files of its own: then nothing can collide, and nothing was taken. A file that upstream has
 * unchanged says less: the patch may have been taken and taken back in between.
 */
function untouched({ outcomes }: TreeMerge): boolean {
  return outcomes.every(({ untouched }) => untouched === true)
}

function carried(onto: Tree, merged: TreeMerge, workspace: Workspace): CarryResult {
  return {
    verdict: judge(merged.outcomes),
    tree: withChanges(onto, merged.changes),
    newBlobs: workspace.takeMade(),
    upstream: [...new Set(merged.outcomes.flatMap(({ upstream }) => upstream))],
    files: merged.outcomes.map(withSuggestions),
  }
}

function withSuggestions(outcome: FileOutcome): FileOutcome {
  if (!outcome.regions) return outcome
  const regions = outcome.regions.map((region) => {
    const suggestion = suggestFor(region.sides)
    return suggestion === undefined ? region : { ...region, suggestion }
  })
  return { ...outcome, regions }
}

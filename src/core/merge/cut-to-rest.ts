import type { FileOutcome } from '../model/verdict.ts'
import type { AlreadyUpstream } from './already-upstream.ts'
import { deltaOf, doneWeight, effectOf } from './delta.ts'
import type { TreeMerge } from './merge-tree.ts'
import type { PatchChange } from './patch-changes.ts'
import type { Taker } from './takers.ts'
import type { Workspace } from './workspace.ts'

interface Cut {
  readonly taken: AlreadyUpstream
  readonly changes: readonly PatchChange[]
}

/**
 * What is left of a patch that upstream took in part: the files that the commit which took it leaves alone, and of whose lines
 * it has none elsewhere. In a file that it did change, what differs is the reviewed form and not a rest.
 */
export function cutToRest(merged: TreeMerge, { taken, changes }: Cut, workspace: Workspace): TreeMerge {
  const { rest, isLarge } = restOf(changes, taken.by, workspace)
  const kept = new Map(merged.changes)
  const outcomes = merged.outcomes.map((outcome): FileOutcome => {
    if (rest.has(outcome.path) && isLarge) return outcome
    kept.delete(outcome.to)
    if (rest.has(outcome.path) && taken.verdict === 'upstreamed') {
      const reason = `${taken.reason} That form leaves this file alone, and so do I.`
      return { path: outcome.path, to: outcome.to, verdict: 'obsolete', reason, upstream: taken.commits }
    }
    return {
      path: outcome.path,
      to: outcome.to,
      verdict: taken.verdict,
      reason: taken.reason,
      upstream: taken.commits,
    }
  })
  return { changes: kept, outcomes }
}

/** Where the commit has all of the files it touches, it is no reviewed form but a part, and the rest is a rest. */
const WHOLE = 0.98
/** A rest smaller than this share of the patch is what review left out; a larger one is a change of its own. */
const OWN_CHANGE = 1 / 3

function restOf(
  changes: readonly PatchChange[],
  taker: Taker,
  workspace: Workspace,
): { rest: ReadonlySet<string>; isLarge: boolean } {
  let all = 0
  let untouched = 0
  let done = 0
  const rest = new Set<string>()
  for (const { path, to, before, after } of changes) {
    const wanted = effectOf([deltaOf(before, after, workspace)])
    all += wanted.weight
    const share = doneWeight(wanted, taker.effect)
    done += share
    if (wanted.weight === 0 || share > 0 || taker.paths.has(path) || taker.paths.has(to)) continue
    untouched += wanted.weight
    rest.add(path)
  }
  return { rest, isLarge: untouched >= OWN_CHANGE * all || done >= WHOLE * (all - untouched) }
}

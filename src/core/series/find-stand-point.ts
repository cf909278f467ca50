import type { LoggedCommit } from '../model/commit.ts'
import { distance, sameContent } from './closest.ts'
import { withChanges, type Tree } from '../model/tree.ts'

/** The moment in a line of commits at which the branch was closest to a release. */
interface StandPoint {
  /** How many of the commits come before it: they made the files, those after it are the series. */
  readonly before: number
  /** The branch's tree at that moment. */
  readonly tree: Tree
  /** Files of the release that were missing or changed even then. */
  readonly distance: number
}

/**
 * Finds where a branch without usable ancestry stood on a release: right after its files were copied in, vendored or squashed.
 * The commits are the whole line below `head`, oldest first. Among equal moments the earliest, so that no later patch is lost.
 */
export function findStandPoint(release: Tree, head: Tree, commits: readonly LoggedCommit[]): StandPoint {
  let now = distance(release, head)
  let best = { before: commits.length, distance: now }
  for (let index = commits.length - 1; index >= 0; index--) {
    for (const { path, before, after } of (commits[index] as LoggedCommit).changes) {
      const expected = release.get(path)
      if (!expected) continue
      now += Number(!sameContent(expected, before)) - Number(!sameContent(expected, after))
    }
    if (now <= best.distance) best = { before: index, distance: now }
  }
  return { ...best, tree: takeBack(head, commits.slice(best.before)) }
}

/** The tree as it was before these commits. */
function takeBack(tree: Tree, commits: readonly LoggedCommit[]): Tree {
  const undone = commits.toReversed().flatMap((commit) => commit.changes)
  return withChanges(tree, new Map(undone.map(({ path, before }) => [path, before])))
}

import { subjectOf, type LoggedCommit } from '../model/commit.ts'
import type { Oid } from '../model/oid.ts'
import { isInverse } from './is-same-patch.ts'

/**
 * Finds commits that another one takes back: what each changed in upstream's files is undone to the byte, and nothing between
 * them that stays touches those files. Both map to each other. A revert that was edited is no pair: it is carried like any other.
 */
export function findRevertedPairs(commits: readonly LoggedCommit[]): ReadonlyMap<Oid, Oid> {
  const pairs = new Map<Oid, Oid>()
  const standing: LoggedCommit[] = []
  for (const commit of commits) {
    const undone = standing.findLastIndex((earlier) => isInverse(earlier.changes, commit.changes))
    const earlier = standing[undone]
    if (!earlier || touchedSince(standing.slice(undone + 1), commit)) {
      standing.push(commit)
      continue
    }
    pairs.set(earlier.oid, commit.oid)
    pairs.set(commit.oid, earlier.oid)
    standing.splice(undone, 1)
  }
  return pairs
}

/** The commits of upstream that a message says it was picked from (`git cherry-pick -x`). */
export function pickedFrom(message: string): readonly Oid[] {
  return [...message.matchAll(/\(cherry picked from commit ([0-9a-f]{40})\)/g)].map(
    (match) => match[1] as Oid,
  )
}

/** Whether a message says that its commit takes something back, as `git revert` and GitHub's button word it. */
export function takesBack(message: string): boolean {
  return /^Revert "|^This reverts commit [0-9a-f]{7,}|^Reverts [\w./-]*#\d+/m.test(message)
}

/** A one-line title for a commit. */
export function titleOf(commit: Pick<LoggedCommit, 'message' | 'oid'>): string {
  return subjectOf(commit.message) || commit.oid.slice(0, 9)
}

function touchedSince(commits: readonly LoggedCommit[], revert: LoggedCommit): boolean {
  const paths = new Set(revert.changes.map(({ path }) => path))
  return commits.some(({ changes }) => changes.some(({ path }) => paths.has(path)))
}

import type { LoggedCommit } from '../model/commit.ts'
import type { Oid } from '../model/oid.ts'

/** The own commits that explain a branch's files one after another. */
export interface Mainline {
  /** Oldest first, without merges. */
  readonly commits: readonly LoggedCommit[]
  /** Merges passed on the way, none of which mixed two trees. */
  readonly passed: readonly LoggedCommit[]
  /** The first commit below them that is not the fork's own; `undefined` at the end of an unrelated history. */
  readonly below: Oid | undefined
}

/**
 * Follows a branch down from its head through own commits only. A merge whose tree is one of its parents' (a pull request
 * merged without fast-forward, `merge -s ours`) is passed on that side. A merge that mixes trees stops it: `undefined`,
 * and the fork's net change has to stand for its commits.
 */
export function findMainline(
  own: ReadonlyMap<Oid, LoggedCommit>,
  head: Oid,
  treeOf: (commit: Oid) => Oid,
): Mainline | undefined {
  const commits: LoggedCommit[] = []
  const passed: LoggedCommit[] = []
  let at: Oid | undefined = head
  for (let commit = own.get(head); commit; commit = at === undefined ? undefined : own.get(at)) {
    if (commit.parents.length < 2) {
      commits.push(commit)
      at = commit.parents[0]
    } else {
      const tree = treeOf(commit.oid)
      const side = commit.parents.find((parent) => treeOf(parent) === tree)
      if (side === undefined) return undefined
      passed.push(commit)
      at = side
    }
  }
  return { commits: commits.reverse(), passed, below: at }
}

/** The commits `findMainline` asks the trees of: own merges and their parents. */
export function commitsToCompare(own: Iterable<LoggedCommit>): readonly Oid[] {
  const oids = new Set<Oid>()
  for (const commit of own) {
    if (commit.parents.length > 1) for (const oid of [commit.oid, ...commit.parents]) oids.add(oid)
  }
  return [...oids]
}

/** The upstream commits that own commits stand on, each once: where the fork's history leaves upstream's. */
export function boundaryOf(own: ReadonlyMap<Oid, LoggedCommit>, head: Oid): readonly Oid[] {
  if (!own.has(head)) return [head]
  const boundary = new Set<Oid>()
  for (const commit of own.values()) {
    for (const parent of commit.parents) if (!own.has(parent)) boundary.add(parent)
  }
  return [...boundary]
}

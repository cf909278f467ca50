import type { LoggedCommit } from '../model/commit.ts'
import { sameEntry, withChanges, type Entry, type Tree } from '../model/tree.ts'

/**
 * Whether commits of any shape, put in a line, explain a tree: each finds every file as it expects it, and the last leaves the
 * tree. Then the merges among them mixed nothing that the commits do not say, and the commits can be carried one by one.
 */
export function replays(start: Tree, commits: readonly LoggedCommit[], end: Tree): boolean {
  const now = new Map<string, Entry | undefined>()
  for (const { path, before, after } of commits.flatMap((commit) => commit.changes)) {
    const found = now.has(path) ? now.get(path) : start.get(path)
    if (!sameEntry(found, before)) return false
    now.set(path, after)
  }
  const result = withChanges(start, now)
  if (result.size !== end.size) return false
  for (const [path, entry] of result) if (!sameEntry(entry, end.get(path))) return false
  return true
}

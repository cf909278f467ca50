import type { Commit, LoggedCommit, PathChange } from '../../../src/core/model/commit.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { differingPaths, type Tree } from '../../../src/core/model/tree.ts'
import type { LogRange } from '../../../src/ports/object-store.ts'

/** How the history functions reach objects. */
interface Objects {
  commit(oid: Oid): Commit
  tree(oid: Oid): Tree
}

/** The best common ancestor; of several (criss-cross merges) the youngest, as `git merge-base` names first. */
export function mergeBaseOf(objects: Objects, a: Oid, b: Oid): Oid | undefined {
  const reachable = ancestors(objects, [a])
  const common = [...ancestors(objects, [b])].filter((oid) => reachable.has(oid))
  // The common ones are closed under parents, so one that is no other's parent has no common descendant.
  const beaten = new Set(common.flatMap((oid) => objects.commit(oid).parents))
  const best = common.filter((oid) => !beaten.has(oid)).map((oid) => objects.commit(oid))
  return best.sort((x, y) => y.committer.time - x.committer.time)[0]?.oid
}

/** The commits of a range, children before parents, the younger first where that leaves a choice. */
export function logOf(objects: Objects, range: LogRange): LoggedCommit[] {
  const hidden = ancestors(objects, range.not)
  const shown = [...ancestors(objects, [range.to])].filter((oid) => !hidden.has(oid))
  const logged = childrenFirst(objects, shown).map((commit) => logCommit(objects, commit, range.paths))
  return range.paths ? logged.filter((commit) => commit.changes.length > 0) : logged
}

/** The commits themselves and all that can be reached from them. */
function ancestors(objects: Objects, from: readonly Oid[]): Set<Oid> {
  const seen = new Set(from)
  const queue = [...from]
  for (let oid = queue.pop(); oid !== undefined; oid = queue.pop()) {
    for (const parent of objects.commit(oid).parents) {
      if (seen.has(parent)) continue
      seen.add(parent)
      queue.push(parent)
    }
  }
  return seen
}

function childrenFirst(objects: Objects, oids: readonly Oid[]): Commit[] {
  const children = new Map(oids.map((oid) => [oid, 0]))
  const parentsOf = (commit: Commit) => commit.parents.filter((parent) => children.has(parent))
  for (const oid of oids)
    for (const parent of parentsOf(objects.commit(oid))) children.set(parent, (children.get(parent) ?? 0) + 1)
  const ready = oids.filter((oid) => children.get(oid) === 0).map((oid) => objects.commit(oid))
  const ordered: Commit[] = []
  while (ready.length > 0) {
    ready.sort((a, b) => a.committer.time - b.committer.time)
    const next = ready.pop() as Commit
    ordered.push(next)
    for (const parent of parentsOf(next)) {
      const left = (children.get(parent) ?? 0) - 1
      children.set(parent, left)
      if (left === 0) ready.push(objects.commit(parent))
    }
  }
  return ordered
}

function logCommit(objects: Objects, commit: Commit, paths: readonly string[] | undefined): LoggedCommit {
  const { oid, parents, author, committer, message } = commit
  const changes = changesOf(objects, commit)
  const wanted = paths && changes.filter(({ path }) => paths.includes(path))
  return { oid, parents, author, committer, message, changes: wanted ?? changes }
}

function changesOf(objects: Objects, commit: Commit): PathChange[] {
  const [parent] = commit.parents
  const before: Tree = parent ? objects.tree(objects.commit(parent).tree) : new Map()
  const after = objects.tree(commit.tree)
  if (before === after) return []
  return differingPaths(before, after).map((path) => ({
    path,
    before: before.get(path),
    after: after.get(path),
  }))
}

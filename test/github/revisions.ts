import type { Commit } from '../../src/core/model/commit.ts'
import { gitOnce, tryGitOnce, type Objects } from './git.ts'
import type { Repo } from './world.ts'

/** Commits that one has behind it. */
export interface Range {
  readonly to: string
  /** Without this one and what is behind it. */
  readonly not?: string | undefined
  /** By the committer's clock, in ISO 8601, both included. */
  readonly since?: string | undefined
  readonly until?: string | undefined
  /** Those alone that changed what stands there. */
  readonly path?: string | undefined
}

/**
 * The commits of a range, the younger first, as `git rev-list` says them and a process cheaper: a short history lies in files of its own.
 * Whatever is packed is git's to read.
 */
export function revisions(repo: Repo, range: Range): string[] {
  return (
    amongLoose(repo.objects, (read) => walk(repo.objects, read, range)) ?? askGit(repo, argumentsOf(range))
  )
}

/** The same for a branch and what it has more than another, parents before children: `git rev-list --reverse --topo-order`. */
export function revisionsUpwards(repo: Repo, range: Range): string[] {
  return (
    amongLoose(repo.objects, (read) => topological(walk(repo.objects, read, range), read).reverse()) ??
    askGit(repo, ['--reverse', '--topo-order', ...argumentsOf(range)])
  )
}

export function isAncestor(repo: Repo, older: string, newer: string): boolean {
  return (
    amongLoose(repo.objects, (read) => hasBehind(read, newer, older)) ??
    tryGitOnce(repo, ['merge-base', '--is-ancestor', older, newer]) !== undefined
  )
}

/** The best common ancestor. Where several are as good, git says which it names. */
export function mergeBaseOf(repo: Repo, a: string, b: string): string | undefined {
  const found = amongLoose(repo.objects, (read) => bestOfCommon(read, a, b))
  return found?.length === 1 ? found[0] : tryGitOnce(repo, ['merge-base', a, b])
}

/** What `git merge-tree` makes of two commits; `undefined` where they conflict. One that has the other behind it is the answer itself. */
export function mergedTree(repo: Repo, base: string, head: string): string | undefined {
  if (isAncestor(repo, base, head)) return repo.objects.commit(head)?.tree
  if (isAncestor(repo, head, base)) return repo.objects.commit(base)?.tree
  return tryGitOnce(repo, ['merge-tree', '--write-tree', base, head])
}

/** Paths of a commit by what its first parent had: `git log --name-status --no-renames`, which says nothing of merges. */
export function touchedBy({ objects }: Repo, oid: string): Touched {
  const commit = objects.commit(oid)
  const touched: Touched = { added: [], modified: [], removed: [] }
  if (!commit || commit.parents.length > 1) return touched
  const [parent] = commit.parents
  compareTrees(objects, [parent && objects.commit(parent)?.tree, commit.tree, ''], touched)
  return touched
}

interface Touched {
  readonly added: string[]
  readonly modified: string[]
  readonly removed: string[]
}

type ReadCommit = (oid: string) => Commit

/** Some commit is packed. */
class Packed extends Error {}

function amongLoose<T>(objects: Objects, ask: (read: ReadCommit) => T): T | undefined {
  try {
    return ask((oid) => {
      const commit = objects.loose(oid)?.type === 'commit' ? objects.commit(oid) : undefined
      if (!commit) throw new Packed()
      return commit
    })
  } catch (error) {
    if (error instanceof Packed) return undefined
    throw error
  }
}

function askGit(repo: Repo, args: readonly string[]): string[] {
  return gitOnce(repo, ['rev-list', ...args])
    .split('\n')
    .filter(Boolean)
}

function argumentsOf({ to, not, since, until, path }: Range): readonly string[] {
  return [
    ...(since === undefined ? [] : [`--since=${since}`]),
    ...(until === undefined ? [] : [`--until=${until}`]),
    to,
    ...(not === undefined ? [] : [`^${not}`]),
    ...(path === undefined ? [] : ['--', `:(literal)${path}`]),
  ]
}

function walk(objects: Objects, read: ReadCommit, { to, not, since, until, path }: Range): string[] {
  const hidden = not === undefined ? new Set<string>() : allBehind(read, not)
  const [from, till] = [since, until].map((time) =>
    time === undefined ? undefined : Date.parse(time) / 1000,
  )
  const shown: string[] = []
  const met = new Set([to])
  const queue = hidden.has(to) ? [] : [read(to)]
  for (let commit = queue.shift(); commit !== undefined; commit = queue.shift()) {
    const { time } = commit.committer
    if (from !== undefined && time < from) continue
    const { isChange, parents } =
      path === undefined ? anyway(commit) : changeAt(objects, { read, commit, path })
    if (isChange && (till === undefined || time <= till)) shown.push(commit.oid)
    for (const parent of parents.filter((each) => !hidden.has(each) && !met.has(each))) {
      met.add(parent)
      insertByTime(queue, read(parent))
    }
  }
  return shown
}

/** Of two of one time the one that was met first comes first. */
function insertByTime(queue: Commit[], commit: Commit): void {
  const at = queue.findIndex(({ committer }) => committer.time < commit.committer.time)
  queue.splice(at < 0 ? queue.length : at, 0, commit)
}

function anyway({ parents }: Commit): { isChange: boolean; parents: readonly string[] } {
  return { isChange: true, parents }
}

/** Git's simplification: a merge that took one side whole tells nothing, and neither does the other side. */
function changeAt(
  objects: Objects,
  { read, commit, path }: { read: ReadCommit; commit: Commit; path: string },
): { isChange: boolean; parents: readonly string[] } {
  const stands = ({ tree }: Commit): string => {
    const row = objects.at(tree, path)
    return row ? `${row.mode} ${row.oid}` : ''
  }
  const own = stands(commit)
  const same = commit.parents.find((parent) => stands(read(parent)) === own)
  if (same !== undefined) return { isChange: false, parents: [same] }
  return { isChange: commit.parents.length > 0 || own !== '', parents: commit.parents }
}

function allBehind(read: ReadCommit, oid: string): Set<string> {
  const met = new Set([oid])
  for (const each of met) for (const parent of read(each).parents) met.add(parent)
  return met
}

/** As far as it is needed to answer. */
function hasBehind(read: ReadCommit, oid: string, older: string): boolean {
  const met = new Set([oid])
  for (const each of met) {
    if (each === older) return true
    for (const parent of read(each).parents) met.add(parent)
  }
  return false
}

function bestOfCommon(read: ReadCommit, a: string, b: string): readonly string[] {
  const behind = allBehind(read, a)
  const common = [...allBehind(read, b)].filter((oid) => behind.has(oid))
  const beaten = new Set<string>(common.flatMap((oid) => read(oid).parents))
  return common.filter((oid) => !beaten.has(oid))
}

/** Children first, each line of history in one piece, as git goes on with the parent that it met last. */
function topological(oids: readonly string[], read: ReadCommit): string[] {
  const children = new Map(oids.map((oid) => [oid, 0]))
  for (const oid of oids)
    for (const parent of read(oid).parents)
      if (children.has(parent)) children.set(parent, (children.get(parent) ?? 0) + 1)
  const ready = oids.filter((oid) => children.get(oid) === 0).reverse()
  const ordered: string[] = []
  for (let oid = ready.pop(); oid !== undefined; oid = ready.pop()) {
    ordered.push(oid)
    for (const parent of read(oid).parents.filter((each) => children.has(each))) {
      const left = (children.get(parent) ?? 0) - 1
      children.set(parent, left)
      if (left === 0) ready.push(parent)
    }
  }
  return ordered
}

/** Folders that are the same are not opened. */
function compareTrees(
  objects: Objects,
  [before, after, folder]: readonly [string | undefined, string | undefined, string],
  touched: Touched,
): void {
  const rowsOf = (tree: string | undefined) =>
    new Map((tree === undefined ? [] : (objects.rows(tree) ?? [])).map((row) => [row.name, row]))
  const [old, now] = [rowsOf(before), rowsOf(after)]
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [from, to] = [old.get(name), now.get(name)]
    if (from?.oid === to?.oid && from?.mode === to?.mode) continue
    const treeOf = (row: typeof from): string | undefined => (row?.type === 'tree' ? row.oid : undefined)
    if (treeOf(from) !== undefined || treeOf(to) !== undefined)
      compareTrees(objects, [treeOf(from), treeOf(to), `${folder}${name}/`], touched)
    const [had, has] = [from, to].map((row) => (row && row.type !== 'tree' ? row : undefined))
    if (had && !has) touched.removed.push(folder + name)
    else if (has && !had) touched.added.push(folder + name)
    // A file that becomes a link is neither of the three to git.
    else if (had && has && had.mode.slice(0, 3) === has.mode.slice(0, 3)) touched.modified.push(folder + name)
  }
}

import type { Commit, LoggedCommit, PathChange } from '../../../core/model/commit.ts'
import type { Oid } from '../../../core/model/oid.ts'
import type { Entry } from '../../../core/model/tree.ts'
import type { KnownObjects } from './known-objects.ts'
import type { FolderRow } from './fetch-commits.ts'

/** What each commit changed against its first parent: all of them a level of folders at a time. */
export async function logCommits(known: KnownObjects, commits: readonly Commit[]): Promise<LoggedCommit[]> {
  const parents = await known.commits(commits.flatMap(({ parents }) => parents.slice(0, 1)))
  const pairs = commits.map(({ tree, parents: [first] }) => ({
    before: first && parents.get(first)?.tree,
    after: tree,
  }))
  await known.recallFolders([
    ...pairs.flatMap(({ before, after }) => (before ? [before, after] : [after])),
    // What a merge brought in whole has the folders that it has there.
    ...(await known.recallTreesOf(commits.flatMap((commit) => commit.parents.slice(1)))),
  ])
  const changes = await diffTrees(known, pairs)
  return commits.map(({ oid, parents, author, committer, message }, index) => ({
    oid,
    parents,
    author,
    committer,
    message,
    changes: changes[index] ?? [],
  }))
}

/** Children before parents, the younger first where that leaves a choice. */
export function childrenFirst<T extends Pick<Commit, 'oid' | 'parents' | 'committer'>>(
  commits: readonly T[],
): T[] {
  const byOid = new Map(commits.map((commit) => [commit.oid, commit]))
  const children = new Map<Oid, number>()
  for (const { parents } of commits)
    for (const parent of parents) children.set(parent, (children.get(parent) ?? 0) + 1)
  const ready = commits.filter(({ oid }) => !children.get(oid))
  const ordered: T[] = []
  while (ready.length > 0) {
    ready.sort((a, b) => a.committer.time - b.committer.time)
    const next = ready.pop() as T
    ordered.push(next)
    for (const oid of next.parents) {
      const left = (children.get(oid) ?? 0) - 1
      children.set(oid, left)
      const parent = byOid.get(oid)
      if (left === 0 && parent) ready.push(parent)
    }
  }
  return ordered
}

interface OpenPair {
  readonly index: number
  readonly prefix: string
  readonly before: Oid | undefined
  readonly after: Oid | undefined
}

async function diffTrees(
  known: KnownObjects,
  pairs: readonly { readonly before: Oid | undefined; readonly after: Oid }[],
): Promise<PathChange[][]> {
  const changes: PathChange[][] = pairs.map(() => [])
  let open: OpenPair[] = pairs.map((pair, index) => ({ ...pair, index, prefix: '' })).filter(isOpen)
  while (open.length > 0) {
    const wanted = open.flatMap(({ before, after }) => [before, after]).filter((oid) => oid !== undefined)
    const folders = await known.folders([...new Set(wanted)])
    open = open.flatMap((pair) => diffFolder(pair, folders, changes[pair.index] ?? [])).filter(isOpen)
  }
  return changes.map((each) => each.sort((a, b) => (a.path < b.path ? -1 : 1)))
}

function isOpen({ before, after }: OpenPair): boolean {
  return before !== after
}

/** Notes the files that differ in a folder and returns the folders in it that do. */
function diffFolder(
  pair: OpenPair,
  folders: ReadonlyMap<Oid, readonly FolderRow[]>,
  into: PathChange[],
): OpenPair[] {
  const rowsOf = (oid: Oid | undefined) =>
    new Map((oid ? (folders.get(oid) ?? []) : []).map((row) => [row.name, row]))
  const before = rowsOf(pair.before)
  const after = rowsOf(pair.after)
  const deeper: OpenPair[] = []
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name), after.get(name)]
    if (was?.oid === is?.oid && was?.mode === is?.mode) continue
    const path = pair.prefix + name
    if (folderIn(was) ?? folderIn(is))
      deeper.push({ index: pair.index, prefix: `${path}/`, before: folderIn(was), after: folderIn(is) })
    if (fileIn(was) ?? fileIn(is)) into.push({ path, before: fileIn(was), after: fileIn(is) })
  }
  return deeper
}

function folderIn(row: FolderRow | undefined): Oid | undefined {
  return row?.mode === '040000' ? row.oid : undefined
}

function fileIn(row: FolderRow | undefined): Entry | undefined {
  return row && row.mode !== '040000' ? { mode: row.mode, oid: row.oid } : undefined
}

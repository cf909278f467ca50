import type { Commit } from '../../../core/model/commit.ts'
import type { Oid } from '../../../core/model/oid.ts'
import { parentOf } from '../../../core/model/parent-of.ts'
import { differingPaths } from '../../../core/model/tree.ts'
import { AskLess } from '../api/failure-of.ts'
import type { KnownObjects } from './known-objects.ts'
import { readMode, type FolderRow } from './fetch-commits.ts'
import type { RepositoryApi } from '../api/repository-api.ts'

/** So many folders one query asks for; more are read a level at a time, as they turn out to differ. */
const MOST_FOLDERS = 300

/**
 * Reads in one query the folders in which a line of commits can differ: those above the paths in which its end differs
 * from what it stands on. Both of these trees are wanted in any case. Level by level it would take a query each.
 */
export async function loadFolders(
  api: RepositoryApi,
  known: KnownObjects,
  commits: readonly Commit[],
): Promise<void> {
  const [last] = commits
  const inside = new Set(commits.map(({ oid }) => oid))
  const below = new Set(commits.flatMap(({ parents }) => parents).filter((oid) => !inside.has(oid)))
  const [base, ...others] = below
  if (!last || !base || others.length > 0) return
  const [now, then] = [await known.tree(last.oid), await known.tree(base)]
  const folders = [...new Set(differingPaths(now, then).flatMap(foldersAbove))]
  const open = await known.foldersToRead(commits.slice(1).map(({ tree }) => tree))
  const middle = commits.slice(1).filter(({ tree }) => open.has(tree))
  if (middle.length === 0 || middle.length * folders.length > MOST_FOLDERS) return
  const places = middle.flatMap(({ oid }) => folders.map((folder) => `${oid}:${folder}`))
  const selections = places.map(
    (place, index) =>
      `f${index}: object(expression: ${JSON.stringify(place)}) { oid ... on Tree { entries { name mode oid } } }`,
  )
  // Read ahead only: where that is too much, each is read once it is wanted.
  const answer = await unlessTooMuch(api.select<Record<string, GivenFolder | null>>(selections.join(' ')))
  const given = Object.values(answer ?? {}).filter((each) => each?.entries !== undefined)
  await known.addFolders(new Map(given.map((each) => [each?.oid as Oid, (each?.entries ?? []).map(readRow)])))
}

async function unlessTooMuch<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof AskLess) return undefined
    throw error
  }
}

interface GivenFolder {
  readonly oid: Oid
  readonly entries?: readonly { readonly name: string; readonly mode: number; readonly oid: Oid }[]
}

function readRow({ name, mode, oid }: { name: string; mode: number; oid: Oid }): FolderRow {
  return { name, oid, mode: readMode(mode.toString(8)) }
}

/** The root, which is the empty string, and every folder down to the one the path stands in. */
function foldersAbove(path: string): string[] {
  const folders = ['']
  for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) folders.push(folder)
  return folders
}

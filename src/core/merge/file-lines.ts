import { oncePer } from '../model/collections/once-per.ts'
import type { Entry, Tree } from '../model/tree.ts'
import type { Conversation } from './conversation.ts'
import type { FileHistory } from './file-history.ts'
import { bagOf, sumOf, type LineBag } from './line-bag.ts'
import { spelledLines } from './spelled.ts'
import type { TreeMerge } from './merge-tree.ts'
import { type PatchChange } from './patch-changes.ts'
import { blobsOf, isFile } from '../model/is-file.ts'
import type { Workspace } from './workspace.ts'

/** Where the release has the files of a patch: the patch's path → the release's, and all that history says it went to. */
export interface Release {
  readonly tree: Tree
  readonly places: ReadonlyMap<string, readonly string[]>
}

/** The lines of a patch's files in their spelling, and the release's texts of each. */
export interface FileLines {
  readonly base: LineBag
  readonly release: LineBag
  readonly texts: ReadonlyMap<string, readonly (readonly string[])[]>
}

/** Where a merge found the files, and where else history leads. */
export function placesIn(
  { outcomes }: TreeMerge,
  { paths }: FileHistory,
  tree: Tree,
): ReadonlyMap<string, readonly string[]> {
  const own = new Set(outcomes.flatMap(({ path, to }) => [path, to]))
  const further = [...paths].filter((path) => !own.has(path) && tree.has(path))
  return new Map(outcomes.map(({ path, to }) => [path, tree.has(to) ? [to, ...further] : [path, ...further]]))
}

export function* fileLines(
  changes: readonly PatchChange[],
  release: Release,
  workspace: Workspace,
): Conversation<FileLines> {
  const before = changes.map((change) => change.before)
  yield* workspace.load(blobsOf(...before))
  yield* loadPlaces(release, workspace)
  const texts = [...release.places].map(([path, places]) => {
    return [path, places.flatMap((place) => textsOf([release.tree.get(place)], workspace))] as const
  })
  return {
    base: sumOf(textsOf(before, workspace).map(spelledBag)),
    release: linesAt(release, workspace),
    texts: new Map(texts),
  }
}

export function* loadPlaces({ tree, places }: Release, workspace: Workspace): Conversation<void> {
  yield* workspace.load([...places.values()].flat().flatMap((path) => blobsOf(tree.get(path))))
}

/** All lines at these places, in their spelling; they must be loaded. */
export function linesAt({ tree, places }: Release, workspace: Workspace): LineBag {
  const all = [...new Set([...places.values()].flat())]
  const texts = textsOf(
    all.map((path) => tree.get(path)),
    workspace,
  )
  return sumOf(texts.map(spelledBag))
}

/** The lines of a text in their spelling, counted. */
const spelledBag = oncePer((lines: readonly string[]): LineBag => bagOf(spelledLines(lines)))

function textsOf(
  entries: readonly (Entry | undefined)[],
  workspace: Workspace,
): readonly (readonly string[])[] {
  return entries.flatMap((entry) => {
    const lines = entry && isFile(entry) && workspace.has(entry.oid) ? workspace.lines(entry.oid) : undefined
    return lines ? [lines] : []
  })
}

import type { Entry, Tree } from '../model/tree.ts'
import type { Conversation } from './conversation.ts'
import { bagOf, type LineBag } from './line-bag.ts'
import { blobsOf, isFile, type PatchChange } from './patch-changes.ts'
import type { Workspace } from './workspace.ts'

/** Where the release has the files of a patch. */
export interface Release {
  readonly tree: Tree
  /** The patch's path → the release's. */
  readonly places: ReadonlyMap<string, string>
}

/** The lines of a patch's files, without indentation: as the base has them, and as the release does. */
export interface FileLines {
  readonly base: LineBag
  readonly release: LineBag
}

export function* fileLines(
  changes: readonly PatchChange[],
  { tree, places }: Release,
  workspace: Workspace,
): Conversation<FileLines> {
  const before = changes.map((change) => change.before)
  const there = changes.map(({ path }) => tree.get(places.get(path) ?? path))
  yield* workspace.load(blobsOf(...before, ...there))
  return { base: linesOf(before, workspace), release: linesOf(there, workspace) }
}

function linesOf(entries: readonly (Entry | undefined)[], workspace: Workspace): LineBag {
  return bagOf(
    entries.flatMap((entry) =>
      entry && isFile(entry) && workspace.has(entry.oid)
        ? (workspace.lines(entry.oid) ?? []).map((line) => line.trim())
        : [],
    ),
  )
}

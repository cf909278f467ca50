import type { Entry, Tree } from '../model/tree.ts'
import type { Conversation } from './conversation.ts'
import { deltaOf, effectOf } from './delta.ts'
import { bagOf, bagWeight, lineWeight, type LineBag } from './line-bag.ts'
import { blobsOf, isFile, type PatchChange } from './patch-changes.ts'
import type { Workspace } from './workspace.ts'

/** Where the release has the files of a patch. */
export interface Release {
  readonly tree: Tree
  /** The patch's path → the release's. */
  readonly places: ReadonlyMap<string, string>
}

/**
 * Whether upstream can have brought what the patch puts in since the base. A release branch may have commits whose change
 * the base has too, from the main line; a patch that puts the same lines in once more, at another place, is then no copy of
 * them: the release has these lines as often as the base and not as often as the patch.
 */
export function* broughtSince(
  changes: readonly PatchChange[],
  { tree, places }: Release,
  workspace: Workspace,
): Conversation<boolean> {
  const entries = changes.map(({ path, before, after }) => ({
    before,
    after,
    there: tree.get(places.get(path) ?? path),
  }))
  yield* workspace.load(entries.flatMap(({ before, after, there }) => blobsOf(before, after, there)))
  const wanted = effectOf(changes.map(({ before, after }) => deltaOf(before, after, workspace))).added
  const had = linesOf(
    entries.map(({ before }) => before),
    workspace,
  )
  const has = linesOf(
    entries.map(({ there }) => there),
    workspace,
  )
  let notBrought = 0
  for (const [line, times] of wanted) {
    const now = has.get(line) ?? 0
    if (now > 0 && now <= (had.get(line) ?? 0)) notBrought += lineWeight(line) * times
  }
  return notBrought * 2 < bagWeight(wanted) || notBrought === 0
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

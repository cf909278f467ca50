import type { LoggedCommit, PathChange } from '../model/commit.ts'
import { nameOf } from '../model/parent-of.ts'
import { askLog, type Conversation } from './conversation.ts'
import { alike, RENAME_SIMILARITY, type PatchChange } from './patch-changes.ts'
import { blobsOf } from '../model/is-file.ts'
import type { Workspace } from './workspace.ts'

/** What upstream did, between the base and the release, to the files of a patch under every name they had. */
export interface FileHistory {
  /** Newest first. */
  readonly commits: readonly LoggedCommit[]
  readonly paths: ReadonlySet<string>
}

/** A commit that moves whole folders adds hundreds of files; more than this are not compared one by one. */
const COMPARED = 60

/** `places` are where the release has the files now. */
export function* fileHistory(
  changes: readonly PatchChange[],
  places: readonly string[],
  workspace: Workspace,
): Conversation<FileHistory> {
  let paths = new Set<string>([...changes.flatMap(({ path, to }) => [path, to]), ...places])
  for (;;) {
    const commits = yield* askLog([...paths])
    const more = new Set(paths)
    for (const commit of commits) for (const to of yield* renamedTo(commit, paths, workspace)) more.add(to)
    if (more.size === paths.size) return { commits, paths }
    paths = more
  }
}

/** What a commit changed in these files. */
export function changesIn({ changes }: LoggedCommit, paths: ReadonlySet<string>): PathChange[] {
  return changes.filter(({ path }) => paths.has(path))
}

/** Where a commit put the files of ours that it took away: the same content, the same name, else similar content. */
function* renamedTo(
  { changes }: LoggedCommit,
  paths: ReadonlySet<string>,
  workspace: Workspace,
): Conversation<string[]> {
  const found: string[] = []
  const added = changes.filter(({ before }) => before === undefined)
  if (added.length === 0) return found
  for (const { path, before, after } of changes) {
    if (after !== undefined || !paths.has(path)) continue
    const same = added.filter((each) => each.after?.oid === before?.oid)
    const named = added.filter((each) => nameOf(each.path) === nameOf(path))
    if (same.length) found.push(...same.map((each) => each.path))
    else if (named.length === 1) found.push((named[0] as PathChange).path)
    else {
      const candidates = (named.length ? named : added).slice(0, COMPARED)
      yield* workspace.load(blobsOf(before, ...candidates.map((each) => each.after)))
      found.push(
        ...candidates
          .filter((each) => alike(before, each.after, workspace) >= RENAME_SIMILARITY)
          .map((each) => each.path),
      )
    }
  }
  return found
}

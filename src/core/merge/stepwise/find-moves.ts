import type { LoggedCommit, PathChange } from '../../model/commit.ts'
import { blobsOf, isFile } from '../../model/is-file.ts'
import type { Entry } from '../../model/tree.ts'
import { readOutline, type Block } from '../../yaml/outline/read-outline.ts'
import { boundOf } from '../bound-of.ts'
import { askLog, type Conversation } from '../conversation.ts'
import type { FileHistory } from '../file-history.ts'
import { hasOutline } from '../text-kind.ts'
import type { Workspace } from '../workspace.ts'
import { countNamed, findNamed, isMostly, likeness, SEARCHED } from './find-block.ts'

/** A file into which upstream put a block that it took out of another one, and the commit that did so. */
interface Moved {
  readonly commit: LoggedCommit
  readonly path: string
}

/**
 * Where upstream put a block of a file, which has these names at both ends: a commit that takes it out of a file and puts it into others is followed to each of them,
 * and from there on, since a file is renamed and a block moved more than once.
 */
export function* findMoves(
  block: Block,
  from: readonly string[],
  history: FileHistory,
  workspace: Workspace,
): Conversation<readonly Moved[]> {
  const places = new Map<string, LoggedCommit | undefined>(from.map((path) => [path, undefined]))
  let watched = new Set(history.paths)
  let commits = [...history.commits].reverse()
  for (let at = 0; at < commits.length; at++) {
    const commit = commits[at] as LoggedCommit
    const found = yield* movedBy(commit, block, places, workspace)
    for (const path of found) places.set(path, commit)
    if (found.every((path) => watched.has(path))) continue
    // What becomes of a file that nobody watched belongs to the way from here on.
    watched = new Set([...watched, ...found])
    commits = [...(yield* askLog([...watched]))].reverse()
    at = commits.findIndex(({ oid }) => oid === commit.oid)
  }
  return [...places].flatMap(([path, commit]) => (commit ? [{ commit, path }] : []))
}

/** The files into which a commit put the block that it took out of one of these. */
function* movedBy(
  { changes }: LoggedCommit,
  block: Block,
  places: ReadonlyMap<string, unknown>,
  workspace: Workspace,
): Conversation<readonly string[]> {
  const own = changes.filter(({ path }) => places.has(path))
  yield* workspace.load(blobsOf(...own.flatMap(({ before, after }) => [before, after])))
  const [gone] = own.flatMap(({ before, after }) => {
    const was = blockIn(before, block, workspace)
    return was && isGone(was, outlineOf(before, workspace), outlineOf(after, workspace)) ? [was] : []
  })
  if (!gone) return []
  const others = changes.filter(({ path, after }) => isFile(after) && hasOutline(path)).slice(0, SEARCHED)
  const left = changes
    .filter(({ path, after }) => !after && hasOutline(path) && !places.has(path))
    .slice(0, SEARCHED)
  yield* workspace.load(blobsOf(...[...others, ...left].flatMap(({ before, after }) => [before, after])))
  const isNew = ({ before, after }: PathChange): boolean => {
    const found = blockIn(after, gone, workspace)
    if (!found || !isMostly(found, gone)) return false
    // A file that gets another name has what it had before.
    if (!before && left.some((each) => blockIn(each.before, gone, workspace))) return false
    return isFewer(gone, outlineOf(after, workspace), outlineOf(before, workspace))
  }
  return others.filter(isNew).map(({ path }) => path)
}

export function blockIn(entry: Entry | undefined, block: Block, workspace: Workspace): Block | undefined {
  return isFile(entry) ? placeOf(outlineOf(entry, workspace), block) : undefined
}

/** A variable is the same one only at the top of a file; a task can be put into a `block`. */
export function placeOf(root: Block, block: Block): Block | undefined {
  const found = findNamed(root, block)
  return block.kind === 'item' || (found && root.children.includes(found)) ? found : undefined
}

/** Whether a text has this block no more: none of its name, or fewer and not this one. */
export function isGone(block: Block, before: Block, after: Block): boolean {
  const found = findNamed(after, block)
  return !found || (isFewer(block, before, after) && likeness(found, block) < 1)
}

/** Whether one of several of a name is gone. */
export function isFewer(block: Block, before: Block, after: Block): boolean {
  return countNamed(after, block) < countNamed(before, block)
}

/** Of a text too large to be looked into, none. */
export function outlineOf(entry: Entry | undefined, workspace: Workspace): Block {
  const lines = (entry && workspace.has(entry.oid) && workspace.lines(entry.oid)) || []
  return readOutline(boundOf({ base: lines, upstream: lines, patch: lines }) ? [] : lines)
}

import { oncePer } from '../model/collections/once-per.ts'
import { blobsOf, isFile } from '../model/is-file.ts'
import { nameOf } from '../model/parent-of.ts'
import { differingPaths, sameEntry, type Entry, type Tree } from '../model/tree.ts'
import { similarity } from '../text/similarity.ts'
import type { Conversation } from './conversation.ts'
import type { Workspace } from './workspace.ts'

/** What the patch does to one file: `before` at `path` became `after` at `to` (the same path unless the patch renamed it). */
export interface PatchChange {
  readonly path: string
  readonly to: string
  readonly before: Entry | undefined
  readonly after: Entry | undefined
}

/** Git's default for `-M`: a file at least half of which is another's is that other, renamed. */
export const RENAME_SIMILARITY = 0.5

/** What the patch changes, with files it renamed seen as one change each. */
export function* patchChanges(
  base: Tree,
  patch: Tree,
  workspace: Workspace,
): Conversation<readonly PatchChange[]> {
  const plain = differingPaths(base, patch).map((path) => ({
    path,
    to: path,
    before: base.get(path),
    after: patch.get(path),
  }))
  const gone = plain.filter(({ after }) => after === undefined)
  const added = plain.filter(({ before }) => before === undefined)
  if (gone.length === 0 || added.length === 0) return plain
  yield* workspace.load([...gone, ...added].flatMap(({ before, after }) => blobsOf(before, after)))
  const renamed = new Map<PatchChange, PatchChange>()
  const taken = new Set<PatchChange>()
  for (const { from, to } of pairs(gone, added, workspace)) {
    if (renamed.has(from) || taken.has(to)) continue
    renamed.set(from, { path: from.path, to: to.path, before: from.before, after: to.after })
    taken.add(to)
  }
  return plain.filter((change) => !taken.has(change)).map((change) => renamed.get(change) ?? change)
}

interface Pair {
  readonly from: PatchChange
  readonly to: PatchChange
  readonly score: number
}

function pairs(gone: readonly PatchChange[], added: readonly PatchChange[], workspace: Workspace): Pair[] {
  const found: Pair[] = []
  for (const from of gone) {
    for (const to of added) {
      const score = alike(from.before, to.after, workspace)
      if (score < RENAME_SIMILARITY) continue
      found.push({ from, to, score: score + (nameOf(from.path) === nameOf(to.path) ? 0.01 : 0) })
    }
  }
  return found.sort((a, b) => b.score - a.score)
}

/** How alike two entries are: 1 for one content; links and submodules only count as themselves. Below a renamed file's share: 0. */
export function alike(a: Entry | undefined, b: Entry | undefined, workspace: Workspace): number {
  if (!a || !b) return 0
  if (a.oid === b.oid) return 1
  if (!isFile(a) || !isFile(b)) return sameEntry(a, b) ? 1 : 0
  if (!workspace.has(a.oid) || !workspace.has(b.oid)) return 0
  const left = workspace.lines(a.oid)
  const right = workspace.lines(b.oid)
  if (!left?.length || !right?.length) return 0
  const [one, other] = [sizeOf(left), sizeOf(right)]
  // What the smaller has is all that they can share.
  if (Math.min(one, other) < RENAME_SIMILARITY * Math.max(one, other)) return 0
  return similarity(left, right)
}

const sizeOf = oncePer((lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + line.length, 0),
)

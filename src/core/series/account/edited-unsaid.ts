import type { Oid } from '../../model/oid.ts'
import { differingPaths, type Tree } from '../../model/tree.ts'
import { blobsIn, type FileReader } from './accounted-trees.ts'
import { changedRuns, type ChangedLine, type ReadFile } from './changed-runs.ts'
import { tallied } from './counts.ts'
import type { UnplacedLine } from './place.ts'

/** One edit of a step's inventories: the trees around it, and the names and values that it says it changes. */
export interface AccountedEdit {
  readonly before: Tree
  readonly after: Tree
  readonly words: readonly string[]
}

/** The blobs to read for these edits. */
export function blobsForEdits(edits: readonly AccountedEdit[]): readonly Oid[] {
  return edits.flatMap(({ before, after }) =>
    blobsIn(differingPaths(before, after).flatMap((path) => [before.get(path), after.get(path)])),
  )
}

/** Lines of a fork's own that an edit takes away without naming what stands there. */
export function editedUnsaid(
  { before, after, words }: AccountedEdit,
  reader: FileReader,
): readonly UnplacedLine[] {
  const paths = differingPaths(before, after)
  const read = (tree: Tree): readonly ReadFile[] =>
    paths.flatMap((path) => {
      const entry = tree.get(path)
      return entry ? [{ path, lines: reader.lines(entry) }] : []
    })
  const [was, is] = [read(before), read(after)]
  const runs = changedRuns(was, is)
  // What stands elsewhere now was moved.
  const moved = new Map(tallied(runs.flatMap((run) => run.added).map(({ text }) => ({ text: text.trim() }))))
  return runs.flatMap(({ removed }) => unsaid(removed, words, moved))
}

function unsaid(
  removed: readonly ChangedLine[],
  words: readonly string[],
  moved: Map<string, number>,
): readonly UnplacedLine[] {
  const found: UnplacedLine[] = []
  let said: number | undefined
  for (const { file, line, text } of removed) {
    const indent = text.length - text.trimStart().length
    const isBelow = said !== undefined && (indent > said || (indent === said && /^\s*-(?:\s|$)/.test(text)))
    const left = moved.get(text.trim()) ?? 0
    if (words.some((word) => word !== '' && text.includes(word))) said = indent
    else if (isBelow) continue
    else if (left > 0) moved.set(text.trim(), left - 1)
    else found.push({ kind: 'edited', file, line, text })
  }
  return found
}

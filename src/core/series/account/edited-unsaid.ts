import type { Oid } from '../../model/oid.ts'
import { differingPaths, type Tree } from '../../model/tree.ts'
import { indentOf } from '../../text/indent-of.ts'
import { tokens } from '../../text/tokens.ts'
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
  const said = words.map((word) => tokens(word)).filter((each) => each.length > 0)
  const names = (text: string): boolean => said.some((each) => hasWords(tokens(text), each))
  let depth: number | undefined
  removed.forEach(({ file, line, text }, at) => {
    const indent = indentOf(text)
    const isBelow =
      depth !== undefined && (indent > depth || (indent === depth && /^\s*-(?:\s|$)/.test(text)))
    if (names(text)) depth = indent
    if (names(text) || isBelow) return
    // What stands below another variable is not below the one that is named.
    if (!text.trimStart().startsWith('#')) depth = undefined
    const left = moved.get(text.trim()) ?? 0
    if (left > 0) moved.set(text.trim(), left - 1)
    else if (!isCommentOf(removed, at, names)) found.push({ kind: 'edited', file, line, text })
  })
  return found
}

/** Whether these words stand there one after the other, as wholes: a value of `1` is not named by an address that has one. */
function hasWords(all: readonly string[], words: readonly string[]): boolean {
  return all.some((_, at) => words.every((word, index) => all[at + index] === word))
}

/** Whether a line is a comment right above one that is named: whoever takes a variable away takes what is written to it. */
function isCommentOf(removed: readonly ChangedLine[], at: number, names: (text: string) => boolean): boolean {
  const first = removed[at]
  for (let next = at; next < removed.length; next++) {
    const { text, line, file } = removed[next] as ChangedLine
    if (file !== first?.file || line !== first.line + next - at) return false
    if (indentOf(text) !== indentOf(first.text)) return false
    if (!text.trimStart().startsWith('#')) return next > at && names(text)
  }
  return false
}

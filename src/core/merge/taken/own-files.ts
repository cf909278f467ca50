import { diffLines, play, roomBetween, shifted, type Hunk } from '../../text/diff-lines.ts'
import { indentOf } from '../../text/indent-of.ts'
import { withoutLineEnds } from '../../text/without-line-ends.ts'
import { readOutline } from '../../yaml/outline/read-outline.ts'
import { hasOutline } from '../file-merge.ts'
import { tellingKey } from '../match-lines.ts'
import { settingIn, spelledLines } from '../spelled.ts'
import { type PatchChange } from '../patch-changes.ts'
import { isFile } from '../../model/is-file.ts'
import { blockDepth } from './block-depth.ts'
import type { Workspace } from '../workspace.ts'

/** A piece of a hunk that can be left out without the rest of it: a setting, an item, a paragraph. */
export interface Unit {
  /** Its lines in the patch's version of the file, `[start..end)`, counted from 0. */
  readonly start: number
  readonly end: number
  /** The same lines as they are compared. */
  readonly lines: readonly string[]
}

/** One hunk of a file, with the pieces of what it puts in. */
export interface OwnHunk extends Hunk {
  /** What it takes away, as it is compared. */
  readonly removed: readonly string[]
  readonly units: readonly Unit[]
}

/**
 * A changed text of the patch, hunk by hunk. Lines that differ in spelling alone are none of a hunk's: a patch that gives all lines
 * other ends or another indentation would be one hunk, of which upstream has something anywhere.
 */
export interface OwnFile {
  readonly change: PatchChange
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly hunks: readonly OwnHunk[]
  /** Lines with the ends that the patch gives them. */
  restore(this: void, lines: readonly string[]): readonly string[]
}

/** The texts that a patch changes, in pieces; contents must be loaded. What is no text on both sides has none. */
export function ownFiles(changes: readonly PatchChange[], workspace: Workspace): readonly OwnFile[] {
  return changes.flatMap((change): OwnFile[] => {
    const [was, is] = [linesOf(change.before, workspace), linesOf(change.after, workspace)]
    if (!was || !is) return []
    const { sides, restore } = withoutLineEnds({ base: was, upstream: was, patch: is })
    const { base: before, patch: after } = sides
    const [had, has] = [before, after].map(spelledLines) as [readonly string[], readonly string[]]
    const hunks = wholeBlocks(apart(diffLines(had, has), before, after), before, after).map((hunk) => ({
      ...hunk,
      removed: had.slice(hunk.from, hunk.to),
      units: unitsOf(change.to, after, hunk).map(({ start, end }) => ({
        start,
        end,
        lines: has.slice(start, end),
      })),
    }))
    return [{ change, before, after, hunks, restore }]
  })
}

/**
 * Values that are given anew apart from what is put in beside them: a diff shows them as one hunk, and a block of a template would take
 * them along.
 */
function apart(hunks: readonly Hunk[], a: readonly string[], b: readonly string[]): readonly Hunk[] {
  return hunks.flatMap(({ from, to, start, end }): readonly Hunk[] => {
    const count = to - from
    if (count === 0 || end - start <= count) return [{ from, to, start, end }]
    const isAnew = (at: number): boolean =>
      a.slice(from, to).every((line, index) => setsSame(line, b[at + index] ?? ''))
    if (isAnew(start))
      return [
        { from, to, start, end: start + count },
        { from: to, to, start: start + count, end },
      ]
    if (isAnew(end - count))
      return [
        { from, to: from, start, end: end - count },
        { from, to, start: end - count, end },
      ]
    return [{ from, to, start, end }]
  })
}

function setsSame(line: string, other: string): boolean {
  const key = tellingKey(line)
  return key !== undefined && key === tellingKey(other)
}

/**
 * Insertions where their blocks begin. A diff may show the end of the block above instead of the same end of what was put in:
 * cut from the rest as a piece of its own, it would be missing above. Where indentation says nothing of it, statements of a template do:
 * what is put in begins where the fewest are open.
 */
function wholeBlocks(hunks: readonly Hunk[], a: readonly string[], b: readonly string[]): readonly Hunk[] {
  return hunks.map((hunk, index) => {
    if (hunk.from !== hunk.to) return hunk
    const { up, down } = play(hunk, { a, b }, roomBetween(hunks[index - 1], hunks[index + 1], a.length))
    const opens = isBalanced(b.slice(hunk.start, hunk.end))
      ? () => 0
      : (at: number) => blockDepth(b[at] ?? '')
    let best = hunk
    let least = { indent: indentAt(b, hunk), depth: 0 }
    let depth = 0
    for (let at = hunk.start - up; at < hunk.start; at++) depth -= opens(at)
    for (let by = -up; by <= down; by++) {
      const other = shifted(hunk, by)
      const indent = indentAt(b, other)
      if (indent < least.indent || (indent === least.indent && depth < least.depth)) {
        best = other
        least = { indent, depth }
      }
      depth += opens(hunk.start + by)
    }
    return best
  })
}

/** Whether lines end each block that they begin, and no other. */
function isBalanced(lines: readonly string[]): boolean {
  let depth = 0
  for (const line of lines) {
    depth += blockDepth(line)
    if (depth < 0) return false
  }
  return depth === 0
}

/** How far the first line of a hunk with something on it is indented. */
function indentAt(lines: readonly string[], { start, end }: Hunk): number {
  return indentOf(lines.slice(start, end).find((line) => line.trim() !== '') ?? '')
}

function linesOf(entry: PatchChange['before'], workspace: Workspace): readonly string[] | undefined {
  if (!entry) return []
  return isFile(entry) && workspace.has(entry.oid) ? workspace.lines(entry.oid) : undefined
}

interface Piece {
  readonly start: number
  readonly end: number
}

/**
 * The pieces of what a hunk puts in. A block of a template goes as a whole, since its statements hold it together. In YAML the
 * settings and items at the top of the hunk are pieces, each with the comments above it; in other text lines that all set
 * something, else paragraphs.
 */
function unitsOf(path: string, after: readonly string[], { start, end }: Hunk): readonly Piece[] {
  const lines = after.slice(start, end)
  const starts = startsIn(path, lines)
  return starts.map((at, index) => ({
    start: start + at,
    end: start + (starts[index + 1] ?? lines.length),
  }))
}

function startsIn(path: string, lines: readonly string[]): readonly number[] {
  const isOutlined = hasOutline(path)
  if (lines.some((line) => isHeld(line) || isStatement(line)))
    return isOutlined || lines.some(isHeld) ? [0] : statementStarts(lines)
  return isOutlined ? blockStarts(lines) : lineStarts(lines)
}

/** Whether a line may be one half of a pair whose other half stands elsewhere. */
function isHeld(line: string): boolean {
  return /^\s*[)\]}]|[([{]\s*$|\\\s*$/.test(line)
}

function isStatement(line: string): boolean {
  return /\{%|^\s*(?:if|then|else|elif|fi|for|while|do|done|case|esac|function)\b/.test(line)
}

/** Where a block of statements ends and something else begins; what stands above a block goes with it. */
function statementStarts(lines: readonly string[]): readonly number[] {
  if (!isBalanced(lines)) return [0]
  let depth = 0
  let isClosed = false
  return lines.flatMap((line, at) => {
    const opens = at === 0 || (isClosed && line.trim() !== '')
    if (opens) isClosed = false
    const by = blockDepth(line)
    depth += by
    if (by < 0 && depth === 0) isClosed = true
    return opens ? [at] : []
  })
}

function blockStarts(lines: readonly string[]): readonly number[] {
  const starts: number[] = []
  let leading = true
  for (const { kind, at } of readOutline(lines).children) {
    if (leading) starts.push(at)
    leading = kind !== 'comment' && kind !== 'blank'
  }
  return starts
}

function lineStarts(lines: readonly string[]): readonly number[] {
  const isFlat = lines.every((line) => line.trim() === '' || settingIn(line) !== undefined)
  return lines.flatMap((line, at) => {
    if (at === 0) return [0]
    const opens = isFlat ? line.trim() !== '' : line.trim() !== '' && lines[at - 1]?.trim() === ''
    return opens ? [at] : []
  })
}

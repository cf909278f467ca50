import { append } from '../../text/append.ts'
import { indentOf, leastIndent } from '../../text/indent-of.ts'
import { sameEntry } from '../../model/tree.ts'
import { lineWeight } from '../../text/line-weight.ts'
import type { PatchChange } from '../patch-changes.ts'
import { hasOutline } from '../file-merge.ts'
import type { OwnFile, OwnHunk, Unit } from './own-files.ts'
import type { FileLines } from '../file-lines.ts'
import { blockDepth } from './block-depth.ts'
import { linesBefore } from './lines-before.ts'
import { pieceIndex, type PieceIndex } from './piece-index.ts'
import { settingIn } from '../spelled.ts'
import type { Workspace } from '../workspace.ts'

/**
 * The change of one file without the units that upstream has: what is left to carry, or `undefined` where that is nothing. What
 * a hunk takes away goes with it, unless all that it puts in is upstream's and what it takes away is gone from the release, or is another
 * value of a key that it keeps.
 */
export function withoutUnits(
  file: OwnFile,
  taken: ReadonlySet<Unit>,
  { lines: known, workspace }: { readonly lines: FileLines; readonly workspace: Workspace },
): PatchChange | undefined {
  const { change, before, after, hunks, restore } = file
  const index = pieceIndex(file, taken)
  const lines: string[] = []
  let at = 0
  for (const hunk of hunks) {
    const replacing = {
      file,
      hunk,
      known,
      index,
      hasItems: hunk.removed.some((line) => line.startsWith('-')),
    }
    append(lines, after.slice(hunk.start - Math.max(0, hunk.from - at), hunk.start))
    const isRest = hunk.units.some((unit) => !taken.has(unit) && !isBlank(unit))
    const isAny = hunk.units.some((unit) => taken.has(unit))
    const isStill = (line: string) =>
      (stands(line, known) && !isOnlyReplaced(line, replacing)) || isPutElsewhere(line, index)
    const isDone = isAny && !isRest && !hunk.removed.some(isStill)
    append(lines, isDone ? linesBefore(file, hunk) : onlyReplaced(replacing))
    if (!isDone && (isRest || !isAny)) pushRest(lines, { after, units: hunk.units, taken })
    const isLeft = isAny && !isRest && !isDone && lines.at(-1) === before[hunk.from - 1]
    const isShell = isLeft && sharesShell(file, hunk, known)
    if (isShell) lines.pop()
    at = hunk.to + (isShell ? 1 : 0)
    if (!isDone && !isShell) at += sharedTail(file, hunk, taken)
    if (isShell && isBlankLine(lines.at(-1) ?? '') && isBlankLine(before[at] ?? '.')) at++
  }
  append(lines, after.slice(after.length - Math.max(0, before.length - at)))
  if (!change.before || !change.after) return change
  const entry = { mode: change.after.mode, oid: workspace.put(restore(lines)) }
  if (sameEntry(entry, change.before) && change.path === change.to) return undefined
  return { ...change, after: entry }
}

/** Blank lines only set pieces apart: they go with a piece that is left out, where what stands before it ends with one already. */
function pushRest(
  lines: string[],
  {
    after,
    units,
    taken,
  }: Pick<OwnFile, 'after'> & { readonly units: readonly Unit[]; readonly taken: ReadonlySet<Unit> },
): void {
  let isAfterGap = false
  for (const unit of units) {
    if (taken.has(unit)) isAfterGap = true
    else {
      let { start } = unit
      if (isAfterGap && isBlankLine(lines.at(-1) ?? ''))
        while (start < unit.end && isBlankLine(after[start] ?? '')) start++
      append(lines, after.slice(start, unit.end))
      isAfterGap = false
    }
  }
}

function isBlank({ lines }: Unit): boolean {
  return lines.every(isBlankLine)
}

function isBlankLine(line: string): boolean {
  return line.trim() === ''
}

/**
 * How many lines after a hunk end both the block that it takes away and the one that it puts in (`become: true`, `{% endif %}`). Where
 * the last block that it puts in is upstream's, they go with the other one: left there, they would end nothing.
 */
function sharedTail(
  { change, before, after, hunks }: OwnFile,
  hunk: OwnHunk,
  taken: ReadonlySet<Unit>,
): number {
  const last = hunk.units.at(-1)
  if (!last || !taken.has(last) || hunk.from === hunk.to) return 0
  const next = hunks.find(({ from }) => from > hunk.to)?.from ?? before.length
  const end = endOf(change.to, after.slice(last.start), hunk.end - last.start)
  const count = end - (hunk.end - last.start)
  return hunk.to + count <= next && endsSame(before, hunk, count, change.to) ? count : 0
}

/**
 * Whether a hunk takes away all that a block holds and puts in all that another one holds, both with the same first and last line
 * (`{% if a %}`, `{% endif %}`), and the release has both: a diff shows these lines as kept, and they go with what they held.
 */
function sharesShell(
  { change, before, after, hunks }: OwnFile,
  hunk: OwnHunk,
  { texts }: FileLines,
): boolean {
  const [first, last] = [before[hunk.from - 1], before[hunk.to]]
  if (hasOutline(change.to) || first === undefined || last === undefined) return false
  if (blockDepth(first) !== 1 || blockDepth(last) !== -1) return false
  if (hunks.some(({ from, to }) => to === hunk.from - 1 || from === hunk.to + 1)) return false
  const put = hunk.units.flatMap(({ start, end }) => after.slice(start, end))
  return (texts.get(change.path) ?? []).some((text) =>
    [before.slice(hunk.from, hunk.to), put].every((held) => holdsInRow(text, [first, ...held, last])),
  )
}

function holdsInRow(text: readonly string[], row: readonly string[]): boolean {
  return text.some((_, at) => row.every((each, beyond) => text[at + beyond] === each))
}

/** Whether the block that the hunk takes away ends with as many lines after it. */
function endsSame(before: readonly string[], { from, to }: OwnHunk, count: number, path: string): boolean {
  const indent = leastIndent(before.slice(from, to))
  const head = before.slice(from, to).findLastIndex((line) => depthOf(line) === indent)
  const start = hasOutline(path) ? from + head : from
  return endOf(path, before.slice(start), to - start) === to - start + count
}

/** Where a block ends that begins with these lines, if so many of them are its own at least. */
function endOf(path: string, lines: readonly string[], least: number): number {
  if (hasOutline(path)) {
    const head = lines.find((line) => line.trim() !== '')
    if (head === undefined) return least
    let end = least
    while (end < lines.length && depthOf(lines[end] as string) > depthOf(head)) end++
    return end
  }
  let depth = lines.slice(0, least).reduce((sum, line) => sum + blockDepth(line), 0)
  let end = least
  while (depth > 0 && end < lines.length && blockDepth(lines[end] as string) < 0)
    depth += blockDepth(lines[end++] as string)
  return depth === 0 ? end : least
}

/** A blank line ends a block: it says nothing of what is below it. */
function depthOf(line: string): number {
  return isBlankLine(line) ? -1 : indentOf(line)
}

/** Where a line stands but once, its being there says that nobody took it away. */
function stands(line: string, { base, release }: FileLines): boolean {
  return lineWeight(line) > 0 && base.get(line) === 1 && release.has(line)
}

/**
 * Whether a line or a setting that stands but once goes from one place to another, and coming there is still to be carried: left here as
 * well, it would stand twice.
 */
function isPutElsewhere(line: string, index: PieceIndex): boolean {
  const key = settingIn(line)?.key
  if (key !== undefined && index.carriedKeys.has(key) && index.isOneSetting(key)) return true
  return lineWeight(line) >= 1 && index.carriedLines.has(line) && index.isOneLine(line)
}

/**
 * The lines of a hunk that is carried in part which stay as they were: what took their place is upstream's. Not what a parent or a block
 * holds that goes too, which takes it along.
 */
function onlyReplaced(replacing: Replacing): readonly string[] {
  const { file, hunk, index } = replacing
  const goes = file.before.slice(hunk.from, hunk.to)
  const stays = goes.map((line, at) => {
    const { key, value } = settingIn(line) ?? {}
    return Boolean(
      key !== undefined &&
      value &&
      index.isOneSetting(key) &&
      isOnlyReplaced(hunk.removed[at] ?? '', replacing),
    )
  })
  if (!stays.includes(true)) return []
  const alone = hasOutline(file.change.to) ? standingAlone(goes) : amongSettings(goes)
  return linesBefore(file, hunk).filter((_, at) => stays[at] && alone[at])
}

/** Of which lines no line above holds them, and they hold none. */
function standingAlone(lines: readonly string[]): readonly boolean[] {
  const indents = lines.map(depthOf)
  const alone = indents.map(() => true)
  let least = Infinity
  indents.forEach((indent, at) => {
    if (indent < 0) return
    if (least < indent) alone[at] = false
    least = Math.min(least, indent)
  })
  let below = -1
  for (let at = indents.length - 1; at >= 0; at--) {
    const indent = indents[at] as number
    if (indent < 0) continue
    if (below > indent) alone[at] = false
    below = indent
  }
  return alone
}

/** Where indentation says nothing: all lines, if they are settings beside each other, or none. */
function amongSettings(lines: readonly string[]): readonly boolean[] {
  const said = lines.filter((line) => !isBlankLine(line))
  const indent = depthOf(said[0] ?? '')
  const isFlat = said.every((line) => settingIn(line)?.value && depthOf(line) === indent)
  return lines.map(() => isFlat)
}

/**
 * Whether a line gives a key another value than a piece that is upstream's: where upstream went on from that piece, what stands there now
 * is its own, and to take the line away by itself would take the key away, which nobody did. In what is no YAML a name may be set twice:
 * there it is so where the release has that other value nowhere.
 */
function isOnlyReplaced(line: string, { file, hunk, known, index, hasItems }: Replacing): boolean {
  // An item's keys stand once more in the next item.
  const isYaml = hasOutline(file.change.to)
  if (isYaml && hasItems) return false
  const key = settingIn(line)?.key
  if (key === undefined) return false
  const isOne = index.isOneSetting(key)
  return (index.taken.get(key) ?? []).some(
    (each) =>
      (isOne || each.hunk === hunk) && (isYaml || !known.release.has(line) || !known.release.has(each.line)),
  )
}

interface Replacing {
  readonly file: OwnFile
  readonly hunk: OwnHunk
  readonly known: FileLines
  readonly index: PieceIndex
  /** Whether items of a list go. */
  readonly hasItems: boolean
}

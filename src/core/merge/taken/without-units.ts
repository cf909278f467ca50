import { append } from '../../text/append.ts'
import { sameEntry } from '../../model/tree.ts'
import { lineWeight } from '../../text/line-weight.ts'
import type { PatchChange } from '../patch-changes.ts'
import { hasOutline } from '../file-merge.ts'
import type { OwnFile, OwnHunk, Unit } from './own-files.ts'
import type { FileLines } from '../file-lines.ts'
import { blockDepth } from './block-depth.ts'
import { linesBefore } from './lines-before.ts'
import { settingIn, spelled } from '../spelled.ts'
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
  const lines: string[] = []
  let at = 0
  for (const hunk of hunks) {
    append(lines, after.slice(hunk.start - Math.max(0, hunk.from - at), hunk.start))
    const isRest = hunk.units.some((unit) => !taken.has(unit) && !isBlank(unit))
    const isAny = hunk.units.some((unit) => taken.has(unit))
    const isStill = (line: string) =>
      (stands(line, known) && !isOnlyReplaced(line, { file, hunk, taken, known })) ||
      isPutElsewhere(line, file, taken)
    const isDone = isAny && !isRest && !hunk.removed.some(isStill)
    append(lines, isDone ? linesBefore(file, hunk) : onlyReplaced({ file, hunk, taken, known }))
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
  const head = before.slice(from, to).findLastIndex((line) => indentOf(line) === indent)
  const start = hasOutline(path) ? from + head : from
  return endOf(path, before.slice(start), to - start) === to - start + count
}

/** Where a block ends that begins with these lines, if so many of them are its own at least. */
function endOf(path: string, lines: readonly string[], least: number): number {
  if (hasOutline(path)) {
    const head = lines.find((line) => line.trim() !== '')
    if (head === undefined) return least
    let end = least
    while (end < lines.length && indentOf(lines[end] as string) > indentOf(head)) end++
    return end
  }
  let depth = lines.slice(0, least).reduce((sum, line) => sum + blockDepth(line), 0)
  let end = least
  while (depth > 0 && end < lines.length && blockDepth(lines[end] as string) < 0)
    depth += blockDepth(lines[end++] as string)
  return depth === 0 ? end : least
}

function leastIndent(lines: readonly string[]): number {
  return lines.reduce(
    (least, line) => (line.trim() === '' ? least : Math.min(least, indentOf(line))),
    Infinity,
  )
}

/** A blank line ends a block: it says nothing of what is below it. */
function indentOf(line: string): number {
  return isBlankLine(line) ? -1 : line.length - line.trimStart().length
}

/** Where a line stands but once, its being there says that nobody took it away. */
function stands(line: string, { base, release }: FileLines): boolean {
  return lineWeight(line) > 0 && base.get(line) === 1 && release.has(line)
}

/**
 * Whether a line or a setting that stands but once goes from one place to another, and coming there is still to be carried: left here as
 * well, it would stand twice.
 */
function isPutElsewhere(line: string, file: OwnFile, taken: ReadonlySet<Unit>): boolean {
  const key = settingIn(line)?.key
  if (lineWeight(line) < 1 && key === undefined) return false
  const isPut = (is: (other: string) => boolean): boolean =>
    file.hunks.some(({ units }) => units.some((unit) => !taken.has(unit) && unit.lines.some(is)))
  if (key !== undefined && isPut((other) => settingIn(other)?.key === key) && isOneSetting(key, file))
    return true
  return isPut((other) => other === line) && isOnce(file, (other) => spelled(other) === line)
}

/**
 * The lines of a hunk that is carried in part which stay as they were: what took their place is upstream's. Not what a parent or a block
 * holds that goes too, which takes it along.
 */
function onlyReplaced(replacing: Replacing): readonly string[] {
  const { file, hunk } = replacing
  const goes = file.before.slice(hunk.from, hunk.to)
  const isAlone = hasOutline(file.change.to) ? standsAlone : isAmongSettings
  return linesBefore(file, hunk).filter((line, at) => {
    const { key, value } = settingIn(line) ?? {}
    if (key === undefined || !value || !isAlone(goes, at)) return false
    return isOneSetting(key, file) && isOnlyReplaced(hunk.removed[at] ?? '', replacing)
  })
}

/** Whether no line above holds this one, and it holds none. */
function standsAlone(lines: readonly string[], at: number): boolean {
  const indent = indentOf(lines[at] ?? '')
  const said = (some: readonly string[]): readonly string[] => some.filter((line) => !isBlankLine(line))
  const [next = ''] = said(lines.slice(at + 1))
  return indentOf(next) <= indent && said(lines.slice(0, at)).every((line) => indentOf(line) >= indent)
}

/** Where indentation says nothing: whether all of the lines are settings beside each other. */
function isAmongSettings(lines: readonly string[], at: number): boolean {
  const indent = indentOf(lines[at] ?? '')
  return lines.every((line) => isBlankLine(line) || (settingIn(line)?.value && indentOf(line) === indent))
}

/**
 * Whether a line gives a key another value than a piece that is upstream's: where upstream went on from that piece, what stands there now
 * is its own, and to take the line away by itself would take the key away, which nobody did. In what is no YAML a name may be set twice:
 * there it is so where the release has that other value nowhere.
 */
function isOnlyReplaced(line: string, { file, hunk, taken, known }: Replacing): boolean {
  // An item's keys stand once more in the next item.
  const isYaml = hasOutline(file.change.to)
  if (isYaml && hunk.removed.some((each) => each.startsWith('-'))) return false
  const key = settingIn(line)?.key
  if (key === undefined) return false
  const isKept = (each: string): boolean =>
    settingIn(each)?.key === key && (isYaml || !known.release.has(line) || !known.release.has(each))
  const isTaken = ({ units }: OwnHunk): boolean =>
    units.some((unit) => taken.has(unit) && unit.lines.some(isKept))
  return isTaken(hunk) || (file.hunks.some(isTaken) && isOneSetting(key, file))
}

/** A key that a file has once before and once after is the same setting, wherever between other pieces a diff shows it. */
function isOneSetting(key: string, file: OwnFile): boolean {
  return isOnce(file, (line) => settingIn(line)?.key === key)
}

function isOnce({ before, after }: OwnFile, is: (line: string) => boolean): boolean {
  return [before, after].every((text) => text.filter(is).length === 1)
}

interface Replacing {
  readonly file: OwnFile
  readonly hunk: OwnHunk
  readonly taken: ReadonlySet<Unit>
  readonly known: FileLines
}

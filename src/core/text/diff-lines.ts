import { oncePer } from '../model/collections/once-per.ts'
import { diffArrays } from 'diff'
import { indentOf } from './indent-of.ts'

/** A change between two lists: `a[from..to)` became `b[start..end)`. Both ranges count elements from 0. */
export interface Hunk {
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
}

/** The changes that turn one list of lines into the other, in order, none touching another. */
export function diffLines(a: readonly string[], b: readonly string[]): Hunk[] {
  let head = 0
  const shorter = Math.min(a.length, b.length)
  while (head < shorter && a[head] === b[head]) head++
  let tail = 0
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  if (head === a.length && head === b.length) return []
  const middleA = a.slice(head, a.length - tail)
  const middleB = b.slice(head, b.length - tail)
  if (middleA.length === 0 || middleB.length === 0) {
    return compact([{ from: head, to: a.length - tail, start: head, end: b.length - tail }], a, b)
  }
  return compact(hunksOf(middleA, middleB, head), a, b)
}

/** The same, found once for each pair of lists: neither may be written to. */
export function knownDiff(a: readonly string[], b: readonly string[]): readonly Hunk[] {
  return diffsFrom(a)(b)
}

const diffsFrom = oncePer((a: readonly string[]) => oncePer((b: readonly string[]) => diffLines(a, b)))

/**
 * Finding the shortest way from one list to the other takes the square of its length, a second at this one. Two lists that are
 * further apart, lines that both have set aside, are another text: then all between their equal ends is one change.
 */
const MOST_EDITS = 2_000

/** Hunks from the longest common run of lines, found by `diff` among the lines that both lists have at all. */
function hunksOf(a: readonly string[], b: readonly string[], offset: number): Hunk[] {
  const left = shared(a, new Set(b))
  const right = shared(b, new Set(a))
  const hunks: Hunk[] = []
  let from = 0
  let start = 0
  const pair = (at: number, other: number): void => {
    if (at > from || other > start) hunks.push(shifted({ from, to: at, start, end: other }, offset))
    from = at + 1
    start = other + 1
  }
  let i = 0
  let j = 0
  const parts = diffArrays(left.lines, right.lines, { maxEditLength: MOST_EDITS })
  if (!parts) return [shifted({ from: 0, to: a.length, start: 0, end: b.length }, offset)]
  for (const part of parts) {
    const count = part.value.length
    if (!part.added && !part.removed) {
      for (let k = 0; k < count; k++) pair(left.places[i + k] as number, right.places[j + k] as number)
    }
    if (!part.added) i += count
    if (!part.removed) j += count
  }
  pair(a.length, b.length)
  return hunks
}

/**
 * The lines that the other list has too, with their places. A line that only one list has matches nothing, and
 * leaving it out makes a diff over years a short one (git does the same in `xdl_cleanup_records`).
 */
function shared(
  lines: readonly string[],
  others: ReadonlySet<string>,
): { lines: string[]; places: number[] } {
  const kept: string[] = []
  const places: number[] = []
  lines.forEach((line, at) => {
    if (!others.has(line)) return
    kept.push(line)
    places.push(at)
  })
  return { lines: kept, places }
}

/** Slides each pure insertion or removal to where a reader would put it, without running into its neighbours. */
function compact(hunks: readonly Hunk[], a: readonly string[], b: readonly string[]): Hunk[] {
  return hunks.map((hunk, index) => {
    const before = hunks[index - 1]
    const after = hunks[index + 1]
    return slide(hunk, { a, b }, roomBetween(before, after, a.length))
  })
}

/** The room between two neighbouring changes, keeping an unchanged line to each. */
export function roomBetween(before: Hunk | undefined, after: Hunk | undefined, length: number): Room {
  return { low: before ? before.to + 1 : 0, high: after ? after.from - 1 : length }
}

export interface Texts {
  readonly a: readonly string[]
  readonly b: readonly string[]
}

/**
 * A block put in among its like can be seen at several places (`x` in `x x`). Git moves it to where it is least indented
 * (`xdl_change_compact` with the indent heuristic); we do the same, so that regions are as small as git's. `room` says how
 * far it may go in `a` without touching another change.
 */
function slide(hunk: Hunk, texts: Texts, room: Room): Hunk {
  const { up, down } = play(hunk, texts, room)
  const lines = hunk.from === hunk.to ? texts.b : texts.a
  const first = hunk.from === hunk.to ? hunk.start : hunk.from
  const last = hunk.from === hunk.to ? hunk.end : hunk.to
  let best = 0
  let least = Infinity
  for (let by = down; by >= -up && up + down > 0; by--) {
    const score = splitScore(lines[first + by] as string, lines[last + by - 1] as string)
    if (score < least) {
      least = score
      best = by
    }
  }
  return shifted(hunk, best)
}

/** How far a change in `a` may reach without touching its neighbours. */
interface Room {
  readonly low: number
  readonly high: number
}

/** How many lines a pure insertion or removal can be moved up and down and still say the same. */
export function play(
  hunk: Hunk,
  { a, b }: Texts,
  room: Room,
): { readonly up: number; readonly down: number } {
  const inserted = hunk.from === hunk.to
  if (!inserted && hunk.start !== hunk.end) return { up: 0, down: 0 }
  const lines = inserted ? b : a
  const first = inserted ? hunk.start : hunk.from
  const last = inserted ? hunk.end : hunk.to
  let up = 0
  while (hunk.from - up > room.low && lines[first - up - 1] === lines[last - up - 1]) up++
  let down = 0
  while (hunk.to + down < room.high && lines[first + down] === lines[last + down]) down++
  return { up, down }
}

export function shifted(hunk: Hunk, by: number): Hunk {
  return { from: hunk.from + by, to: hunk.to + by, start: hunk.start + by, end: hunk.end + by }
}

/** Blocks start at little indentation and end before it: the lower, the better a place to cut. */
function splitScore(first: string, last: string): number {
  const indent = first.trim() === '' ? 60 : indentOf(first)
  return indent * 2 + (last.trim() === '' ? -1 : 0)
}

import { append } from '../text/append.ts'
import { eachSide, type Sides } from '../model/sides.ts'
import { diffLines, knownDiff, type Hunk } from '../text/diff-lines.ts'
import { sameLines } from '../text/diff3.ts'
import { solidLines, type SolidLines } from '../text/solid-lines.ts'
import { lineWeight } from '../text/line-weight.ts'
import { bagOf } from './line-bag.ts'
import { matchLines } from './match-lines.ts'

/** A patch without what upstream's text has of it already. */
interface Undone {
  /** The very list where nothing of it was there. */
  readonly patch: readonly string[]
  /** Whether any line of it was there, blank ones aside. */
  readonly isPart: boolean
}

/**
 * Takes out of a patch the hunks that upstream's text has at their place: what such a hunk puts in stands there as one piece, beside the
 * line that it stands beside in the patch, and upstream put it in; what it takes away upstream did not put there. To merge it once more
 * would put it in twice, since the lines around it changed and the two are seen as two. Blank lines are alike everywhere: where one is
 * seen as put in or taken away is chance, so hunks are looked for among the others, and the blank lines around one go with it.
 */
export function withoutDone(sides: Sides<readonly string[]>): Undone {
  const { base, upstream, patch } = sides
  const none = { patch, isPart: false }
  if (sameLines(base, upstream) || sameLines(patch, upstream)) return none
  const asked = likely(
    changeOf(base, patch, knownDiff(base, patch)),
    changeOf(base, upstream, knownDiff(base, upstream)),
  )
  if (asked.length === 0) return none
  const solid = eachSide(sides, solidLines)
  const beyond = diffLines(solid.patch.lines, solid.upstream.lines)
  const ours = changeOf(solid.base.lines, solid.patch.lines, diffLines(solid.base.lines, solid.patch.lines))
  const whole = doneHunks(ours, solid, beyond)
  const parts = [...whole.map((hunk) => around(hunk, solid)), ...doneGaps(ours.hunks, solid, beyond)]
  if (parts.length === 0) return none
  return { patch: taken(parts, sides), isPart: whole.length > 0 }
}

/** What one side did to the base. */
interface Change {
  readonly hunks: readonly Hunk[]
  /** The lines that a hunk puts in and takes away. */
  put(hunk: Hunk): readonly string[]
  gone(hunk: Hunk): readonly string[]
  readonly before: ReadonlySet<string>
  readonly after: ReadonlySet<string>
  readonly allPut: ReadonlySet<string>
  readonly allGone: ReadonlySet<string>
}

function changeOf(base: readonly string[], side: readonly string[], hunks: readonly Hunk[]): Change {
  const put = ({ start, end }: Hunk): readonly string[] => side.slice(start, end)
  const gone = ({ from, to }: Hunk): readonly string[] => base.slice(from, to)
  const [allPut, allGone] = [new Set(hunks.flatMap(put)), new Set(hunks.flatMap(gone))]
  return { hunks, put, gone, before: new Set(base), after: new Set(side), allPut, allGone }
}

function isMoved(line: string, { allPut, allGone }: Change): boolean {
  return allPut.has(line) && allGone.has(line)
}

function doneHunks(
  ours: Change,
  { base, upstream }: Sides<SolidLines>,
  beyond: readonly Hunk[],
): readonly Hunk[] {
  const theirs = changeOf(base.lines, upstream.lines, diffLines(base.lines, upstream.lines))
  const done = likely(ours, theirs).filter(
    (hunk) =>
      standsThere(hunk, beyond) && !comesBack(ours.gone(hunk), hunk, { beyond, upstream: upstream.lines }),
  )
  return withoutHalfMoves(done, ours)
}

/**
 * The hunks whose lines upstream put in, and took away, at whatever places; a line that only upstream moved it did neither to, and one that
 * it gave another form it did not take away.
 */
function likely(ours: Change, theirs: Change): readonly Hunk[] {
  const isBoths = (known: ReadonlySet<string>) => (line: string) =>
    known.has(line) && (!isMoved(line, theirs) || isMoved(line, ours))
  return ours.hunks.filter(
    (hunk) =>
      telling(ours.put(hunk), ours.before).every(isBoths(theirs.allPut)) &&
      telling(ours.gone(hunk), ours.after).every(isBoths(theirs.allGone)) &&
      (isReplacing(hunk, ours) || !isReworded(telling(ours.gone(hunk), ours.after), theirs)),
  )
}

function isReplacing(hunk: Hunk, ours: Change): boolean {
  return ours.put(hunk).some((line) => line.trim() !== '')
}

/** Whether a change puts another form of one of these lines in its place: the same setting with another value, or most of its words. */
function isReworded(lines: readonly string[], theirs: Change): boolean {
  const wanted = new Set(lines)
  return theirs.hunks.some((hunk) => {
    const here = theirs.gone(hunk).filter((line) => wanted.has(line))
    const anew = here.length > 0 ? theirs.put(hunk).filter((line) => !theirs.before.has(line)) : []
    return anew.length > 0 && matchLines(bagOf(here), bagOf(anew)).size > 0
  })
}

/** Of a line that a patch moves, both ends are there or none is taken out: else it would stand twice, or nowhere. */
function withoutHalfMoves(done: readonly Hunk[], ours: Change): readonly Hunk[] {
  const moved = (hunk: Hunk): readonly string[] =>
    [...ours.put(hunk), ...ours.gone(hunk)].filter((line) => isMoved(line, ours))
  let left = done
  for (;;) {
    const open = new Set(ours.hunks.filter((hunk) => !left.includes(hunk)).flatMap(moved))
    const next = left.filter((hunk) => !moved(hunk).some((line) => open.has(line)))
    if (next.length === left.length) return left
    left = next
  }
}

/** Of some lines those that the other text has not, as far as they say something; where none does, all that say something; else all. */
function telling(lines: readonly string[], other: ReadonlySet<string>): readonly string[] {
  const found = lines.filter((line) => lineWeight(line) >= 1)
  const only = found.filter((line) => !other.has(line))
  if (only.length > 0) return only
  return found.length > 0 ? found : lines.filter((line) => line.trim() !== '')
}

/**
 * Whether a hunk's lines are as one piece in the other text, beside what they are beside here above or below: a line, or the text's end.
 * Of a hunk that only takes away nothing is there to be seen: both lines around it must be there as they are here, else what it was in
 * may be gone as a whole.
 */
function standsThere({ start, end }: Hunk, beyond: readonly Hunk[]): boolean {
  let [isBesideAbove, isBesideBelow] = [true, true]
  for (const { from, to } of beyond) {
    if (from < end && to > start) return false
    if (to === start) isBesideAbove = false
    if (from === end) isBesideBelow = false
  }
  return start === end ? isBesideAbove && isBesideBelow : isBesideAbove || isBesideBelow
}

/** Whether lines that a hunk takes away are among those that the other text has beside it and the patch has not. */
function comesBack(
  gone: readonly string[],
  { start, end }: Hunk,
  { beyond, upstream }: { readonly beyond: readonly Hunk[]; readonly upstream: readonly string[] },
): boolean {
  const lines = new Set(gone)
  return beyond.some(
    (hunk) =>
      (hunk.to === start || hunk.from === end) &&
      upstream.slice(hunk.start, hunk.end).some((line) => lines.has(line)),
  )
}

/** A stretch of the patch, and what the base has in its place. */
interface Part {
  readonly patch: readonly [from: number, to: number]
  readonly base: readonly [from: number, to: number]
}

function around({ from, to, start, end }: Hunk, { base, patch }: Sides<SolidLines>): Part {
  return { patch: [patch.after(start - 1), patch.at(end)], base: [base.after(from - 1), base.at(to)] }
}

/**
 * The places, between lines that the patch leaves, at which it has another number of blank lines than the base, and upstream's text as
 * many as the patch, below the line above them or above the line below.
 */
function doneGaps(
  hunks: readonly Hunk[],
  sides: Sides<SolidLines>,
  beyond: readonly Hunk[],
): readonly Part[] {
  const { base, upstream, patch } = sides
  const there = counterparts(beyond, patch.lines.length)
  const parts: Part[] = []
  for (const [at, other] of gapsLeft(hunks, base.lines.length)) {
    const own = patch.gap(other)
    if (own === base.gap(at)) continue
    const above = there(other - 1)
    const below = there(other)
    const isDone =
      (above !== undefined && upstream.gap(above + 1) === own) ||
      (below !== undefined && upstream.gap(below) === own) ||
      (above !== undefined &&
        below !== undefined &&
        isSplit(own, base.gap(at), blanksIn(upstream, above, below)))
    if (isDone)
      parts.push({
        patch: [patch.after(other - 1), patch.at(other)],
        base: [base.after(at - 1), base.at(at)],
      })
  }
  return parts
}

/** All blank lines of a text between two of its other lines. */
function blanksIn(text: SolidLines, above: number, below: number): number {
  let sum = 0
  for (let at = above + 1; at <= below; at++) sum += text.gap(at)
  return sum
}

/** Whether lines that upstream put in part what the patch has together: as many blank lines are there as the patch makes of them. */
function isSplit(own: number, was: number, there: number): boolean {
  return own > was ? there >= own : there <= own
}

/** The gaps between two lines that both texts have, as a place of each; the ends of a text count as lines. */
function gapsLeft(hunks: readonly Hunk[], length: number): [number, number][] {
  const gaps: [number, number][] = []
  let at = 0
  let by = 0
  for (const { from, to, end } of hunks) {
    for (; at < from; at++) gaps.push([at, at + by])
    at = to + 1
    by = end - to
  }
  for (; at <= length; at++) gaps.push([at, at + by])
  return gaps
}

/** Where a line of the one text is in the other, the places before the first and after the last among them. */
function counterparts(hunks: readonly Hunk[], length: number): (at: number) => number | undefined {
  const places = new Map<number, number>([[-1, -1]])
  let [at, by] = [0, 0]
  for (const { from, to, end } of hunks) {
    for (; at < from; at++) places.set(at, at + by)
    at = to
    by = end - to
  }
  for (; at <= length; at++) places.set(at, at + by)
  return (place) => places.get(place)
}

/** The patch with these parts as the base has them. */
function taken(parts: readonly Part[], { base, patch }: Sides<readonly string[]>): readonly string[] {
  const lines: string[] = []
  let at = 0
  for (const { patch: own, base: was } of parts.toSorted((a, b) => a.patch[0] - b.patch[0])) {
    append(lines, patch.slice(at, own[0]), base.slice(was[0], was[1]))
    at = own[1]
  }
  return [...lines, ...patch.slice(at)]
}

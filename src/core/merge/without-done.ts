import { append } from '../text/append.ts'
import type { Sides } from '../model/sides.ts'
import { diffLines, type Hunk } from '../text/diff-lines.ts'
import { sameLines } from '../text/diff3.ts'
import { lineWeight } from './line-bag.ts'

/** A patch without what upstream's text has of it already. */
interface Undone {
  readonly patch: readonly string[]
  /** Whether anything of it was there. */
  readonly isPart: boolean
}

/**
 * Takes out of a patch the hunks that upstream's text has at their place: what such a hunk puts in stands there as one piece, beside the
 * line that it stands beside in the patch, and upstream put it in; what it takes away upstream did not put there. To merge it once more
 * would put it in twice, since the lines around it changed and the two are seen as two.
 */
export function withoutDone({ base, upstream, patch }: Sides<readonly string[]>): Undone {
  const none = { patch, isPart: false }
  if (sameLines(base, upstream) || sameLines(patch, upstream)) return none
  const ours = changeOf(base, patch)
  const asked = likely(ours, changeOf(base, upstream))
  if (asked.length === 0) return none
  const beyond = diffLines(patch, upstream)
  const done = asked.filter(
    (hunk) => standsThere(hunk, beyond) && !comesBack(ours.gone(hunk), hunk, { beyond, upstream }),
  )
  const whole = withoutHalfMoves(done, ours)
  return whole.length > 0 ? { patch: taken(whole, { base, patch }), isPart: true } : none
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

function changeOf(base: readonly string[], side: readonly string[]): Change {
  const hunks = diffLines(base, side)
  const put = ({ start, end }: Hunk): readonly string[] => side.slice(start, end)
  const gone = ({ from, to }: Hunk): readonly string[] => base.slice(from, to)
  const [allPut, allGone] = [new Set(hunks.flatMap(put)), new Set(hunks.flatMap(gone))]
  return { hunks, put, gone, before: new Set(base), after: new Set(side), allPut, allGone }
}

function isMoved(line: string, { allPut, allGone }: Change): boolean {
  return allPut.has(line) && allGone.has(line)
}

/** The hunks whose lines upstream put in, and took away, at whatever places; a line that only upstream moved it did neither to. */
function likely(ours: Change, theirs: Change): readonly Hunk[] {
  const isBoths = (known: ReadonlySet<string>) => (line: string) =>
    known.has(line) && (!isMoved(line, theirs) || isMoved(line, ours))
  return ours.hunks.filter(
    (hunk) =>
      telling(ours.put(hunk), ours.before).every(isBoths(theirs.allPut)) &&
      telling(ours.gone(hunk), ours.after).every(isBoths(theirs.allGone)),
  )
}

/** Of a line that a patch moves, both ends are there or none is taken out: else it would stand twice, or nowhere. */
function withoutHalfMoves(done: readonly Hunk[], ours: Change): readonly Hunk[] {
  const moved = (hunk: Hunk): readonly string[] =>
    [...ours.put(hunk), ...ours.gone(hunk)].filter((line) => line.trim() !== '' && isMoved(line, ours))
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
  const solid = gone.filter((line) => line.trim() !== '')
  const lines = new Set(solid.length > 0 ? solid : gone)
  return beyond.some(
    (hunk) =>
      (hunk.to === start || hunk.from === end) &&
      upstream.slice(hunk.start, hunk.end).some((line) => lines.has(line)),
  )
}

/** The patch with these hunks as the base has them. */
function taken(
  done: readonly Hunk[],
  { base, patch }: Pick<Sides<readonly string[]>, 'base' | 'patch'>,
): readonly string[] {
  const lines: string[] = []
  let at = 0
  for (const { from, to, start, end } of done) {
    append(lines, patch.slice(at, start), base.slice(from, to))
    at = end
  }
  return [...lines, ...patch.slice(at)]
}

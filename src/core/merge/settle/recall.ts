import type { NotRecalled } from '../../model/merge-reason.ts'
import { eachSide, type Sides } from '../../model/sides.ts'
import { append } from '../../text/append.ts'
import { diffLines, type Hunk } from '../../text/diff-lines.ts'
import { sameLines, threeWay, type Region } from '../../text/diff3.ts'
import { withoutLineEnds } from '../../text/without-line-ends.ts'
import { boundOf } from '../bound-of.ts'
import { lostNames } from '../lost-names.ts'
import { surroundings, type Stretch } from './surroundings.ts'
import { checked, regionsOf } from './take-in-text.ts'

/** A file in conflict: where it is, and what meets in it. */
export interface Met {
  readonly path: string
  readonly sides: Sides<readonly string[]>
}

export type Recalled =
  | { readonly kind: 'recalled'; readonly lines: readonly string[] }
  | { readonly kind: 'not-recalled'; readonly why: NotRecalled }

/**
 * Gives the answer to one conflict to another: `made` is what a person made of the first. It is given only where the same meets: as
 * many places are open in both, and in each all three sides have the same lines, but for their ends; what else the release did to the
 * file, its path and the numbers of its lines are free. Where these lines stand among other settings or statements than before, or the
 * answer uses a name that the file lost, they mean something else, and a person is asked again. Then what was made of the first is
 * made of the second: the same lines are taken away and the same put in, no more and no less.
 */
export function recall(then: Met & { readonly made: readonly string[] }, now: Met): Recalled {
  const [old, here] = [openIn(then), openIn(now)]
  const made = withoutLineEnds({ base: then.made, upstream: then.made, patch: then.made }).sides.base
  if (old.open.length === 0 || !sameOpen(old.open, here.open)) return not({ code: 'other-lines' })
  if (
    !old.open.every(({ at }, index) => sameSurroundings([then, old, at], [now, here, here.open[index]?.at]))
  )
    return not({ code: 'other-place' })
  const names = lostNames({ base: old.lines, upstream: here.lines, patch: made })
  if (names.length > 0) return not({ code: 'names-lost', names })
  const lines = inPlaces(old, here, made) ?? carriedOver(old.lines, here.lines, made)
  if (!lines) return not({ code: 'collides' })
  const looked = checked(now.path, here.restore(lines), now.sides)
  return looked.kind === 'refused' ? not({ code: 'collides' }) : { kind: 'recalled', lines: looked.lines }
}

function not(why: NotRecalled): Recalled {
  return { kind: 'not-recalled', why }
}

interface Place {
  readonly sides: Sides<readonly string[]>
  /** Where upstream's lines stand in the text. */
  readonly at: Stretch
}

interface OpenText {
  /** Merged, with upstream's lines where it is open. */
  readonly lines: readonly string[]
  readonly open: readonly Place[]
  restore(this: void, lines: readonly string[]): readonly string[]
}

function openIn({ path, sides }: Met): OpenText {
  const ends = withoutLineEnds(sides)
  const lines: string[] = []
  const open: Place[] = []
  for (const region of regionsOf(path, ends.sides, boundOf(sides) !== undefined)) {
    const put = upstreamOf(region)
    if (region.kind === 'open')
      open.push({ sides: region.lines, at: { from: lines.length, to: lines.length + put.length } })
    append(lines, put)
  }
  return { lines, open, restore: ends.restore }
}

function upstreamOf(region: Region): readonly string[] {
  return region.kind === 'open' ? region.lines.upstream : region.lines
}

function sameOpen(a: readonly Place[], b: readonly Place[]): boolean {
  if (a.length !== b.length) return false
  return a.every(({ sides }, at) => {
    const other = b[at]?.sides
    if (!other) return false
    const same = eachSide(sides, (lines, side) => sameLines(lines, other[side]))
    return same.base && same.upstream && same.patch
  })
}

function sameSurroundings(
  [then, old, at]: readonly [Met, OpenText, Stretch],
  [now, here, there]: readonly [Met, OpenText, Stretch | undefined],
): boolean {
  if (!there) return false
  return sameLines(surroundings(then.path, old.lines, at), surroundings(now.path, here.lines, there))
}

/** Where the person changed nothing but the open places: what they put there, put there again. */
function inPlaces(old: OpenText, here: OpenText, made: readonly string[]): readonly string[] | undefined {
  const hunks = diffLines(old.lines, made)
  const lines: string[] = []
  let row = 0
  let placed = 0
  for (const [index, { at }] of old.open.entries()) {
    const there = here.open[index]?.at
    const inside = hunks.filter(({ from, to }) => from >= at.from && to <= at.to)
    if (!there) return undefined
    append(lines, here.lines.slice(row, there.from))
    append(lines, played(old.lines, made, { at, hunks: inside }))
    row = there.to
    placed += inside.length
  }
  append(lines, here.lines.slice(row))
  // A change between two open places that touch would be both's.
  return placed === hunks.length ? lines : undefined
}

function played(
  lines: readonly string[],
  made: readonly string[],
  { at, hunks }: { readonly at: Stretch; readonly hunks: readonly Hunk[] },
): readonly string[] {
  const result: string[] = []
  let row = at.from
  for (const { from, to, start, end } of hunks) {
    append(result, lines.slice(row, from))
    append(result, made.slice(start, end))
    row = to
  }
  append(result, lines.slice(row, at.to))
  return result
}

/** What the person did beside them goes along as a patch does, if it does exactly the same there. */
export function carriedOver(
  old: readonly string[],
  here: readonly string[],
  made: readonly string[],
): readonly string[] | undefined {
  const { regions } = threeWay({ base: old, upstream: here, patch: made })
  if (regions.some(({ kind }) => kind === 'open')) return undefined
  const lines = regions.flatMap(upstreamOf)
  return sameLines(changed(old, made), changed(here, lines)) ? lines : undefined
}

/** The lines that a change takes away and puts in. */
function changed(before: readonly string[], after: readonly string[]): readonly string[] {
  return diffLines(before, after).flatMap(({ from, to, start, end }) => [
    ...before.slice(from, to).map((line) => `-${line}`),
    ...after.slice(start, end).map((line) => `+${line}`),
  ])
}

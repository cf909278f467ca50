import type { NotRecalled } from '../../model/merge-reason.ts'
import { eachSide, type Sides } from '../../model/sides.ts'
import { append } from '../../text/append.ts'
import { diffLines } from '../../text/diff-lines.ts'
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
  const lines = carriedOver(old.lines, here.lines, made)
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
  return a.length === b.length && a.every(({ sides }, at) => sameSides(sides, b[at]?.sides))
}

function sameSides(a: Sides<readonly string[]>, b: Sides<readonly string[]> | undefined): boolean {
  const same = b && eachSide(a, (lines, side) => sameLines(lines, b[side]))
  return same !== undefined && same.base && same.upstream && same.patch
}

function sameSurroundings(
  [then, old, at]: readonly [Met, OpenText, Stretch],
  [now, here, there]: readonly [Met, OpenText, Stretch | undefined],
): boolean {
  if (!there) return false
  return sameLines(surroundings(then.path, old.lines, at), surroundings(now.path, here.lines, there))
}

/** What the person did goes along as a patch does, if it does exactly the same there: what stays open is not done. */
export function carriedOver(
  old: readonly string[],
  here: readonly string[],
  made: readonly string[],
): readonly string[] | undefined {
  const lines = threeWay({ base: old, upstream: here, patch: made }).regions.flatMap(upstreamOf)
  return sameLines(changed(old, made), changed(here, lines)) ? lines : undefined
}

/** The lines that a change takes away and puts in. */
function changed(before: readonly string[], after: readonly string[]): readonly string[] {
  return diffLines(before, after).flatMap(({ from, to, start, end }) => [
    ...before.slice(from, to).map((line) => `-${line}`),
    ...after.slice(start, end).map((line) => `+${line}`),
  ])
}

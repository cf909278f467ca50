import type { Sides } from '../model/sides.ts'
import { knownDiff, play, shifted, type Hunk, type Texts } from './diff-lines.ts'

/** A stretch of lines of one side, `[from..to)`, counted from 0. */
interface Range {
  readonly from: number
  readonly to: number
}

/** Lines that the law settled, or three sides that it did not. Ranges say where the lines stand on each side. */
export type Region =
  | {
      readonly kind: 'settled'
      readonly by: 'none' | 'upstream' | 'patch' | 'both'
      readonly lines: readonly string[]
      readonly at: Sides<Range>
    }
  | { readonly kind: 'open'; readonly lines: Sides<readonly string[]>; readonly at: Sides<Range> }

/**
 * Three texts → regions in order. As in git, changes of the two sides that touch each other without an unchanged line
 * between them belong to one region (`xdl_do_merge`).
 */
export function diff3(sides: Sides<readonly string[]>): readonly Region[] {
  return threeWay(sides).regions
}

/** Regions, and whether changes that git would call a conflict were seen apart: worth a look, since their order is a choice. */
export interface ThreeWay {
  readonly regions: readonly Region[]
  readonly seenApart: boolean
}

/** The same, telling how the regions came about. */
export function threeWay(sides: Sides<readonly string[]>): ThreeWay {
  const { base, upstream, patch } = sides
  if (sameLines(upstream, patch)) return byBoth(sides)
  const regions: Region[] = []
  let at: Sides<number> = { base: 0, upstream: 0, patch: 0 }
  const ofPatch = knownDiff(base, patch)
  const asFound = knownDiff(base, upstream)
  const ofUpstream = keepClear(asFound, ofPatch, sides)
  for (const group of groups(ofUpstream, ofPatch)) {
    const gap = group.from - at.base
    pushSettled(regions, 'none', base.slice(at.base, group.from), ranges(at, gap, gap, gap))
    const start = { base: group.from, upstream: at.upstream + gap, patch: at.patch + gap }
    const size = group.to - group.from
    const here = ranges(start, size, size + growth(group.upstream), size + growth(group.patch))
    pushRegion(
      regions,
      group,
      {
        base: base.slice(here.base.from, here.base.to),
        upstream: upstream.slice(here.upstream.from, here.upstream.to),
        patch: patch.slice(here.patch.from, here.patch.to),
      },
      here,
    )
    at = { base: here.base.to, upstream: here.upstream.to, patch: here.patch.to }
  }
  const rest = base.length - at.base
  pushSettled(regions, 'none', base.slice(at.base), ranges(at, rest, rest, rest))
  return { regions, seenApart: ofUpstream.some((hunk, index) => hunk !== asFound[index]) }
}

/** Both sides have one text: what they changed, both changed, and no line of it is taken for a line of the other. */
function byBoth({ base, upstream }: Sides<readonly string[]>): ThreeWay {
  const regions: Region[] = []
  let [at, there] = [0, 0]
  const push = (by: 'none' | 'both', to: number, end: number): void => {
    const side = { from: there, to: end }
    const ranges = { base: { from: at, to }, upstream: side, patch: side }
    pushSettled(regions, by, upstream.slice(there, end), ranges)
    at = to
    there = end
  }
  for (const { from, to, start, end } of knownDiff(base, upstream)) {
    push('none', from, start)
    push('both', to, end)
  }
  push('none', base.length, upstream.length)
  return { regions, seenApart: false }
}

/**
 * Moves each insertion or removal of upstream that touches a change of the patch to another place where it says the same,
 * if it has one: what can be seen apart is no conflict. Not where the two have a line in common: then they are two forms of
 * one change, and apart they would both be put in.
 */
function keepClear(hunks: readonly Hunk[], others: readonly Hunk[], sides: Sides<readonly string[]>): Hunk[] {
  const texts: Texts = { a: sides.base, b: sides.upstream }
  const touching = (hunk: Hunk): Hunk[] =>
    others.filter((other) => other.from <= hunk.to && hunk.from <= other.to)
  return hunks.map((hunk, index) => {
    const near = touching(hunk)
    if (near.length === 0 || near.some((other) => shareLines(hunk, other, sides))) return hunk
    // Touching a neighbour of its own side is fine: the two become one change.
    const room = { low: hunks[index - 1]?.to ?? 0, high: hunks[index + 1]?.from ?? texts.a.length }
    const { up, down } = play(hunk, texts, room)
    for (let by = 1; by <= Math.max(up, down); by++) {
      if (by <= up && touching(shifted(hunk, -by)).length === 0) return shifted(hunk, -by)
      if (by <= down && touching(shifted(hunk, by)).length === 0) return shifted(hunk, by)
    }
    return hunk
  })
}

/** Whether two changes put in, or take away, a line of the same text: then they may be one change seen at two places. */
function shareLines(
  ofUpstream: Hunk,
  ofPatch: Hunk,
  { base, upstream, patch }: Sides<readonly string[]>,
): boolean {
  const touched = (side: readonly string[], { from, to, start, end }: Hunk): string[] =>
    [...base.slice(from, to), ...side.slice(start, end)].map((line) => line.trim())
  const [theirs, ours] = [touched(upstream, ofUpstream), touched(patch, ofPatch)]
  const lines = new Set(theirs)
  if (ours.some((line) => line !== '' && lines.has(line))) return true
  // Where nothing but blank lines was put in or taken away, they are the line in common.
  return [...theirs, ...ours].every((line) => line === '')
}

interface Group extends Range {
  readonly upstream: readonly Hunk[]
  readonly patch: readonly Hunk[]
}

/** Changes of both sides, gathered wherever they overlap or touch. */
function groups(ofUpstream: readonly Hunk[], ofPatch: readonly Hunk[]): Group[] {
  const found: Group[] = []
  let i = 0
  let j = 0
  while (i < ofUpstream.length || j < ofPatch.length) {
    const upstream: Hunk[] = []
    const patch: Hunk[] = []
    const first =
      (ofUpstream[i]?.from ?? Infinity) <= (ofPatch[j]?.from ?? Infinity) ? ofUpstream[i] : ofPatch[j]
    const from = (first as Hunk).from
    let to = from
    for (;;) {
      const nextUpstream = ofUpstream[i]
      const nextPatch = ofPatch[j]
      if (nextUpstream && nextUpstream.from <= to && nextUpstream.from >= from) {
        upstream.push(nextUpstream)
        to = Math.max(to, nextUpstream.to)
        i++
      } else if (nextPatch && nextPatch.from <= to) {
        patch.push(nextPatch)
        to = Math.max(to, nextPatch.to)
        j++
      } else break
    }
    found.push({ from, to, upstream, patch })
  }
  return found
}

function growth(hunks: readonly Hunk[]): number {
  return hunks.reduce((sum, { from, to, start, end }) => sum + (end - start) - (to - from), 0)
}

function ranges(at: Sides<number>, base: number, upstream: number, patch: number): Sides<Range> {
  return {
    base: { from: at.base, to: at.base + base },
    upstream: { from: at.upstream, to: at.upstream + upstream },
    patch: { from: at.patch, to: at.patch + patch },
  }
}

function pushRegion(
  regions: Region[],
  group: Group,
  lines: Sides<readonly string[]>,
  at: Sides<Range>,
): void {
  if (group.patch.length === 0) pushSettled(regions, 'upstream', lines.upstream, at)
  else if (group.upstream.length === 0) pushSettled(regions, 'patch', lines.patch, at)
  else if (sameLines(lines.upstream, lines.patch)) pushSettled(regions, 'both', lines.upstream, at)
  else regions.push({ kind: 'open', lines, at })
}

function pushSettled(
  regions: Region[],
  by: 'none' | 'upstream' | 'patch' | 'both',
  lines: readonly string[],
  at: Sides<Range>,
): void {
  if (by !== 'none' || lines.length > 0) regions.push({ kind: 'settled', by, lines, at })
}

export function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index])
}

import { append } from './append.ts'
import { defined } from '../model/defined.ts'
import { eachSide, settle, UNSETTLED, type Sides } from '../model/sides.ts'
import { diffLines, type Hunk } from './diff-lines.ts'
import { bareLine } from './split-lines.ts'
import { solidLines, type SolidLines } from './solid-lines.ts'
import { mergeWords } from './merge-words.ts'

/**
 * Settles a region that a line merge left open, where the two sides changed lines that merely adjoin, or different words of
 * one line. `undefined` where they changed the same.
 */
export function mergeRegion(sides: Sides<readonly string[]>): RegionMerge | undefined {
  const lines = adjoining(sides)
  return lineByLine(sides) ?? (lines ? { lines, overridden: [] } : undefined)
}

export interface RegionMerge {
  readonly lines: readonly string[]
  /** Words both changed: the patch's stand, these are upstream's. */
  readonly overridden: readonly string[]
}

function lineByLine({ base, upstream, patch }: Sides<readonly string[]>): RegionMerge | undefined {
  if (base.length === 0 || base.length !== upstream.length || base.length !== patch.length) return undefined
  const lines: string[] = []
  const overridden: string[] = []
  for (let at = 0; at < base.length; at++) {
    const line = { base: base[at] as string, upstream: upstream[at] as string, patch: patch[at] as string }
    const settled = settle(line)
    if (settled !== UNSETTLED) {
      lines.push(settled)
      continue
    }
    const merged = mergeWords({
      base: bareLine(line.base),
      upstream: bareLine(line.upstream),
      patch: bareLine(line.patch),
    })
    if (!merged) return undefined
    lines.push(merged.text + line.upstream.slice(bareLine(line.upstream).length))
    append(overridden, merged.overridden)
  }
  return { lines, overridden }
}

/** Where one side changed nothing but blanks inside of lines, or blank lines, the other side's change. */
export function blanksYield({
  base,
  upstream,
  patch,
}: Sides<readonly string[]>): readonly string[] | undefined {
  if (sameButBlanks(base, upstream)) return patch
  return sameButBlanks(base, patch) ? upstream : undefined
}

/** Indentation is no matter of blanks: it says what a line belongs to. */
function sameButBlanks(a: readonly string[], b: readonly string[]): boolean {
  const words = (lines: readonly string[]): string[] =>
    lines.filter((line) => line.trim() !== '').map((line) => line.trimEnd().replace(/(\S)\s+/g, '$1 '))
  const [left, right] = [words(a), words(b)]
  return left.length === right.length && left.every((line, index) => line === right[index])
}

/**
 * What both sides put in at one place, in both orders, the likelier first: what stands right below its neighbour goes on
 * with it, and what begins with a blank line is a paragraph of its own. Else upstream comes first.
 */
export function oneAfterTheOther({ upstream, patch }: Sides<readonly string[]>): (readonly string[])[] {
  const orders = [
    [...upstream, ...patch],
    [...patch, ...upstream],
  ]
  return isBlank(upstream[0]) && !isBlank(patch[0]) ? orders.reverse() : orders
}

function isBlank(line: string | undefined): boolean {
  return line?.trim() === ''
}

/**
 * Both sides' changes, one after the other, where none takes a line of the base that another takes, or its place. What one puts in
 * beside a change that has these very lines there already is put in once. Blank lines stand before what they stand before; where both
 * changed their number, upstream's stands.
 */
export function adjoining(sides: Sides<readonly string[]>): string[] | undefined {
  const solid = eachSide(sides, solidLines)
  const places = adjoiningPlaces(eachSide(solid, ({ lines }) => lines))
  if (!places) return undefined
  const merged: string[] = []
  for (const place of places) {
    const [side, at] =
      place.by === 'none' ? (['upstream', place.at.upstream] as const) : ([place.by, place.at] as const)
    const [gapOf, line] = place.by === 'none' ? gapAt(place, solid) : gapOfPut(place, solid)
    append(merged, sides[gapOf].slice(solid[gapOf].after(line - 1), solid[gapOf].at(line)))
    append(merged, solid[side].lines.slice(at, at + 1))
  }
  return merged
}

/** Of which side the blank lines before a line that all have are, and before which line they stand there. */
function gapAt(
  { at, after }: Kept,
  sides: Sides<SolidLines>,
): readonly [side: keyof Sides<unknown>, line: number] {
  const was = sides.base.gap(at.base)
  const is = (side: 'upstream' | 'patch'): number => sides[side].gap(at[side])
  // Who takes something away leaves the blank lines above or below it; those above are the other side's as well.
  if (after && is(after.by) !== was && is(after.by) === sides.base.gap(after.from))
    return [other(after.by), after.line]
  return is('upstream') === was && is('patch') !== was ? ['patch', at.patch] : ['upstream', at.upstream]
}

function gapOfPut(
  { by, at, instead }: Put,
  sides: Sides<SolidLines>,
): readonly [side: keyof Sides<unknown>, line: number] {
  const isAsBefore = instead && sides[by].gap(at) === sides.base.gap(instead.base)
  return isAsBefore ? [other(by), instead.line] : [by, at]
}

function other(side: 'upstream' | 'patch'): 'upstream' | 'patch' {
  return side === 'patch' ? 'upstream' : 'patch'
}

/** A line of the base that both sides left, by where it stands among the lines that are not blank; the text's end is one. */
interface Kept {
  readonly by: 'none'
  readonly at: Sides<number>
  /** One side took away what stood right before it: from which line of the base on, and where the other side has that. */
  readonly after?: { readonly by: 'upstream' | 'patch'; readonly from: number; readonly line: number }
}

/** A line that a side put in, and where base and other side have what it took the place of. */
interface Put {
  readonly by: 'upstream' | 'patch'
  readonly at: number
  readonly instead?: { readonly base: number; readonly line: number }
}

type Place = Kept | Put

function adjoiningPlaces({ base, upstream, patch }: Sides<readonly string[]>): Place[] | undefined {
  const edits = [
    ...diffLines(base, upstream).map((hunk) => editOf('upstream', hunk, { base, side: upstream })),
    ...diffLines(base, patch).map((hunk) => editOf('patch', hunk, { base, side: patch })),
  ].sort((a, b) => a.hunk.from - b.hunk.from || a.hunk.to - b.hunk.to)
  const places: Place[] = []
  const grown = { upstream: 0, patch: 0 }
  let at = 0
  let last: Edit | undefined
  let after: Kept['after']
  const keepTo = (end: number): void => {
    for (; at < end; at++) {
      const kept = { base: at, upstream: at + grown.upstream, patch: at + grown.patch }
      places.push({ by: 'none', at: kept, ...defined({ after }) })
      after = undefined
    }
  }
  for (const edit of edits) {
    const { hunk, lines, by } = edit
    if (last && (hunk.from < last.hunk.to || samePlace(last.hunk, hunk) || isTraded(last, edit)))
      return undefined
    const beside = last?.hunk.to === hunk.from ? last : undefined
    keepTo(hunk.from)
    after = hunk.start === hunk.end ? { by, from: hunk.from, line: hunk.from + grown[other(by)] } : undefined
    at = hunk.to
    grown[by] += hunk.end - hunk.start - (hunk.to - hunk.from)
    if (beside && isInsertion(hunk) && endsWith(beside.lines, lines)) continue
    const had =
      beside && isInsertion(beside.hunk) && startsWith(lines, beside.lines) ? beside.lines.length : 0
    const instead = hunk.from < hunk.to ? { base: hunk.from, line: hunk.from + grown[other(by)] } : undefined
    for (let index = hunk.start + had; index < hunk.end; index++)
      places.push({ by, at: index, ...defined({ instead: index === hunk.start ? instead : undefined }) })
    last = edit
  }
  keepTo(base.length + 1)
  return places
}

interface Edit {
  readonly by: 'upstream' | 'patch'
  readonly hunk: Hunk
  /** What it puts in, and what it takes away. */
  readonly lines: readonly string[]
  readonly gone: readonly string[]
}

function editOf(
  by: Edit['by'],
  hunk: Hunk,
  { base, side }: { readonly base: readonly string[]; readonly side: readonly string[] },
): Edit {
  return { by, hunk, lines: side.slice(hunk.start, hunk.end), gone: base.slice(hunk.from, hunk.to) }
}

/** Whether all that one of two neighbouring changes takes away the other puts in: which lines of that text are meant cannot be told. */
function isTraded(a: Edit, b: Edit): boolean {
  const isAll = (put: readonly string[], gone: readonly string[]): boolean =>
    gone.length > 0 && gone.every((line) => put.includes(line))
  return a.by !== b.by && a.hunk.to === b.hunk.from && (isAll(a.lines, b.gone) || isAll(b.lines, a.gone))
}

function isInsertion({ from, to }: Hunk): boolean {
  return from === to
}

function startsWith(lines: readonly string[], head: readonly string[]): boolean {
  return head.length <= lines.length && head.every((line, at) => line === lines[at])
}

function endsWith(lines: readonly string[], tail: readonly string[]): boolean {
  return tail.length <= lines.length && startsWith(lines.slice(lines.length - tail.length), tail)
}

/** Two insertions at one place have no order that the texts could tell. */
function samePlace(a: Hunk, b: Hunk): boolean {
  return a.from === b.from && isInsertion(a) && isInsertion(b)
}

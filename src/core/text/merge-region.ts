import { append } from './append.ts'
import { settle, UNSETTLED, type Sides } from '../model/sides.ts'
import { diffLines, type Hunk } from './diff-lines.ts'
import { bareLine } from './split-lines.ts'
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
 * beside a change that has these very lines there already is put in once.
 */
export function adjoining({ base, upstream, patch }: Sides<readonly string[]>): string[] | undefined {
  const edits = [
    ...diffLines(base, upstream).map((hunk) => ({ hunk, lines: upstream.slice(hunk.start, hunk.end) })),
    ...diffLines(base, patch).map((hunk) => ({ hunk, lines: patch.slice(hunk.start, hunk.end) })),
  ].sort((a, b) => a.hunk.from - b.hunk.from || a.hunk.to - b.hunk.to)
  const merged: string[] = []
  let at = 0
  let last: { readonly hunk: Hunk; readonly lines: readonly string[] } | undefined
  for (const edit of edits) {
    const { hunk, lines } = edit
    if (last && (hunk.from < last.hunk.to || samePlace(last.hunk, hunk))) return undefined
    const beside = last?.hunk.to === hunk.from ? last : undefined
    if (beside && isInsertion(hunk) && endsWith(beside.lines, lines)) continue
    const had =
      beside && isInsertion(beside.hunk) && startsWith(lines, beside.lines) ? beside.lines.length : 0
    append(merged, base.slice(at, hunk.from), lines.slice(had))
    at = hunk.to
    last = edit
  }
  return [...merged, ...base.slice(at)]
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

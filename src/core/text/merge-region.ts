import { settle, UNSETTLED, type Sides } from '../model/sides.ts'
import { diffLines, type Hunk } from './diff.ts'
import { bareLine } from './lines.ts'
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
    overridden.push(...merged.overridden)
  }
  return { lines, overridden }
}

/** Both sides' changes, one after the other, where none takes a line of the base that another takes, or its place. */
function adjoining({ base, upstream, patch }: Sides<readonly string[]>): string[] | undefined {
  const edits = [
    ...diffLines(base, upstream).map((hunk) => ({ hunk, lines: upstream.slice(hunk.start, hunk.end) })),
    ...diffLines(base, patch).map((hunk) => ({ hunk, lines: patch.slice(hunk.start, hunk.end) })),
  ].sort((a, b) => a.hunk.from - b.hunk.from || a.hunk.to - b.hunk.to)
  const merged: string[] = []
  let at = 0
  let last: Hunk | undefined
  for (const { hunk, lines } of edits) {
    if (last && (hunk.from < last.to || samePlace(last, hunk))) return undefined
    merged.push(...base.slice(at, hunk.from), ...lines)
    at = hunk.to
    last = hunk
  }
  return [...merged, ...base.slice(at)]
}

/** Two insertions at one place have no order that the texts could tell. */
function samePlace(a: Hunk, b: Hunk): boolean {
  return a.from === b.from && a.to === a.from && b.to === b.from
}

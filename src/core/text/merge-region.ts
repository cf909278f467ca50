import { settle, UNSETTLED, type Sides } from '../model/sides.ts'
import { diffLines, type Hunk } from './diff.ts'
import { bareLine } from './lines.ts'
import { mergeWords } from './merge-words.ts'

/**
 * Settles a region that a line merge left open, where the two sides changed lines that merely adjoin, or different words of
 * one line. `undefined` where they changed the same.
 */
export function mergeRegion(sides: Sides<readonly string[]>): string[] | undefined {
  return lineByLine(sides) ?? adjoining(sides)
}

function lineByLine({ base, upstream, patch }: Sides<readonly string[]>): string[] | undefined {
  if (base.length === 0 || base.length !== upstream.length || base.length !== patch.length) return undefined
  const merged: string[] = []
  for (let at = 0; at < base.length; at++) {
    const line = { base: base[at] as string, upstream: upstream[at] as string, patch: patch[at] as string }
    const settled = settle(line)
    const next = settled === UNSETTLED ? wordByWord(line) : settled
    if (next === undefined) return undefined
    merged.push(next)
  }
  return merged
}

function wordByWord({ base, upstream, patch }: Sides<string>): string | undefined {
  const merged = mergeWords({ base: bareLine(base), upstream: bareLine(upstream), patch: bareLine(patch) })
  return merged === undefined ? undefined : merged + upstream.slice(bareLine(upstream).length)
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

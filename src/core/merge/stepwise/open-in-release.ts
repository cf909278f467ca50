import type { Oid } from '../../model/oid.ts'
import type { OpenRegion } from '../../model/verdict.ts'
import { splitLines } from '../../text/split-lines.ts'

/**
 * What a commit on the way left open, as the release shows it: commits after it may have changed the same lines, and what is shown as
 * the release's has to be what it says. Where they did, what the jump left open stands instead; where that left nothing to show, the
 * lines stay and carry the commit's name.
 */
export function openInRelease(
  open: readonly OpenRegion[],
  jump: readonly OpenRegion[],
  { there, commit }: { readonly there: readonly string[]; readonly commit: Oid },
): readonly OpenRegion[] {
  const placed = open.map((region) => placedIn(there, region))
  if (jump.length > 0 && placed.includes(undefined)) return jump
  return open.map(({ suggestion: _, ...region }, at) => placed[at] ?? { ...region, asOf: commit })
}

function placedIn(there: readonly string[], region: OpenRegion): OpenRegion | undefined {
  const { base, upstream } = region.sides
  // What the commit took away must not have come back since.
  if (upstream === '') return startsOf(there, splitLines(base)).length === 0 ? region : undefined
  const [first, ...more] = startsOf(there, splitLines(upstream)).map((start) => start + 1)
  if (first === undefined) return undefined
  const line = more.reduce(
    (best, each) => (Math.abs(each - region.line) < Math.abs(best - region.line) ? each : best),
    first,
  )
  return line === region.line ? region : { ...region, line }
}

/** Where these lines stand in a text, counted from 0; what ends the last of them does not count. */
function startsOf(text: readonly string[], lines: readonly string[]): readonly number[] {
  const wanted = lines.map(bare)
  if (wanted.length === 0) return []
  return text.flatMap((_, start) =>
    wanted.every((line, at) => start + at < text.length && bare(text[start + at] ?? '') === line)
      ? [start]
      : [],
  )
}

function bare(line: string): string {
  return line.replace(/\r?\n$/, '')
}

import { putAt } from './append.ts'
import type { Sides } from '../model/sides.ts'
import { diffLines } from './diff-lines.ts'
import { splitLines } from './split-lines.ts'

/**
 * What could be written where a merge stays open, for a person to take or leave: the words or lines that the patch puts in,
 * put into upstream's text behind the same neighbour. `undefined` where the patch takes something away or changes it, where
 * upstream has nothing left, and where it has the neighbour not once.
 */
export function suggestFor({ base, upstream, patch }: Sides<string>): string | undefined {
  if (upstream === '' || base === '') return undefined
  const byLines = putIn(splitLines(base), splitLines(upstream), splitLines(patch))
  if (byLines) return byLines.join('')
  const oneLine = [base, upstream, patch].every((side) => splitLines(side).length === 1)
  return oneLine ? putIn(words(base), words(upstream), words(patch))?.join('') : undefined
}

/** Upstream's pieces with what the patch puts in behind the piece it puts them behind; `undefined` where that is not one place. */
function putIn(
  base: readonly string[],
  upstream: readonly string[],
  patch: readonly string[],
): readonly string[] | undefined {
  const hunks = diffLines(base, patch)
  if (hunks.length === 0 || hunks.some(({ from, to }) => from !== to)) return undefined
  const merged = [...upstream]
  for (const { from, start, end } of [...hunks].reverse()) {
    const place = placeBehind(base.slice(0, from), merged)
    if (place === undefined) return undefined
    putAt(merged, place, 0, patch.slice(start, end))
  }
  return merged
}

/** Where `pieces` goes on behind the last word of `before` and the blanks that follow it there. */
function placeBehind(before: readonly string[], pieces: readonly string[]): number | undefined {
  const word = before.findLastIndex((piece) => /[\p{L}\p{N}_]/u.test(piece))
  const neighbour = before[word]
  if (neighbour === undefined) return undefined
  const at = pieces.indexOf(neighbour)
  if (at < 0 || at !== pieces.lastIndexOf(neighbour)) return undefined
  const behind = before.slice(word)
  return behind.every((piece, index) => pieces[at + index] === piece) ? at + behind.length : undefined
}

/** Words with what stands between them: joined again they are the line. */
function words(line: string): string[] {
  return line.match(/[\p{L}\p{M}\p{N}_]+(?:[.-][\p{L}\p{M}\p{N}_]+)*|\s+|./gsu) ?? []
}

import type { Hunk } from '../text/file-diff.ts'
import { bareLine, splitLines } from '../text/split-lines.ts'

/**
 * Whether hunks go to where they are meant by every tool, whatever lines their heads name: each has one place in the text, or stands
 * where it says. `patch`, `git apply` and `git am` look for a moved place each in its own order, and all take surroundings that are cut
 * short on one side for the file's end.
 */
export function areSure(text: string, hunks: readonly Hunk[]): boolean {
  const lines = splitLines(text)
  const ended = lines.map(bareLine)
  let isMoved = false
  for (const hunk of hunks) {
    const old = hunk.lines
      .filter((line) => line[0] !== '+' && line[0] !== '\\')
      .map((line) => bareLine(line.slice(1).concat('\n')))
    const places = placesOf(old, ended)
    // Of a hunk without surroundings the head is all that tells, and it names the line before.
    const said = hunk.oldStart - 1
    const stands = places.includes(said)
    if (places.length !== 1 && (isMoved || !stands)) return false
    if (!stands) {
      isMoved = true
      const [place = 0] = places
      const { before, after } = around(hunk)
      if (before < after && place !== 0) return false
      if (after < before && place + old.length !== ended.length) return false
    }
  }
  return true
}

function placesOf(old: readonly string[], lines: readonly string[]): readonly number[] {
  const places: number[] = []
  if (old.length === 0) return lines.map((_, at) => at)
  for (let at = 0; at + old.length <= lines.length; at++)
    if (old.every((line, index) => lines[at + index] === line)) places.push(at)
  return places
}

/** How many lines stand before the first change of a hunk, and behind its last. */
export function around({ lines }: Hunk): { readonly before: number; readonly after: number } {
  const told = lines.filter((line) => line[0] !== '\\')
  const isChange = (line: string): boolean => line[0] === '+' || line[0] === '-'
  const first = told.findIndex(isChange)
  const last = told.findLastIndex(isChange)
  return { before: first, after: told.length - 1 - last }
}

import type { Hunk } from '../text/file-diff.ts'
import { bareLine, splitLines } from '../text/split-lines.ts'

/**
 * Whether hunks go to where they are meant by every tool, whatever lines their heads name: each has one place in the text, or stands
 * where it says. `patch`, `git apply` and `git am` look for a moved place each in its own order. A hunk with fewer lines behind its change
 * than before it is of the file's end to `patch`, one with none to git, even where it stands; one that begins with the first line is of
 * the file's head to git, however many lines stand before its change (`apply_one_fragment` in apply.c).
 */
export function areSure(text: string, hunks: readonly Hunk[]): boolean {
  const lines = splitLines(text)
  const ended = lines.map(bareLine)
  const isBare = areBare(hunks)
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
    const [place = 0] = stands ? [said] : places
    const { before, after } = around(hunk)
    const isOfEnd = after < before || (after === 0 && !isBare)
    if (isOfEnd && place + old.length !== ended.length) return false
    if (hunk.oldStart <= 1 && !isBare && place !== 0) return false
    isMoved ||= !stands
  }
  return true
}

/**
 * Whether hunks were written without surroundings (`-U0`), which git is told of (`--unidiff-zero`). Of a hunk that begins with the first
 * line nobody knows: the file may have had no other.
 */
function areBare(hunks: readonly Hunk[]): boolean {
  return hunks.some((hunk) => {
    const { before, after } = around(hunk)
    return hunk.oldStart > 1 && before === 0 && after === 0
  })
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

import { applyPatch, parsePatch, structuredPatch, type StructuredPatch, type StructuredPatchHunk } from 'diff'

export type Hunk = StructuredPatchHunk

/** What a unified diff says of one file; names as they are written, prefix and all. */
export type FileDiff = StructuredPatch

/** The one file that a piece of a unified diff is about, with git's extended headers; `undefined` where it names none, or is none. */
export function readFileDiff(text: string): FileDiff | undefined {
  const diff = parsed(text)
  return diff?.newFileName === undefined && diff?.oldFileName === undefined ? undefined : diff
}

function parsed(text: string): FileDiff | undefined {
  try {
    return parsePatch(text)[0]
  } catch {
    return undefined
  }
}

/**
 * A text with hunks applied wherever their surroundings are found, the place that they name first; `fuzz` lines of the surroundings may
 * be others. `undefined` where one finds no place.
 */
export function applyHunks(text: string, diff: FileDiff, fuzz = 0): string | undefined {
  const result = applyPatch(text, diff, { fuzzFactor: fuzz })
  return result === false ? undefined : result
}

/** The hunks that make one text of the other, each with so many lines around it. */
export function hunksBetween(before: string, after: string, context: number): readonly Hunk[] {
  return structuredPatch('a', 'b', before, after, undefined, undefined, { context }).hunks
}

import { oncePer } from '../model/collections/once-per.ts'
import type { Sides } from '../model/sides.ts'
import type { MergeBound } from '../model/verdict.ts'

/**
 * Work on settings and words grows faster than the text does. People write nothing as large: upstream's largest text, the table of
 * checksums, has a fifth of it, and what has longer lines was written by a program.
 */
const MOST_CHARACTERS = 1_000_000
const LONGEST_LINE = 20_000

/** Why three texts are merged by their lines alone; `undefined`: they are not. */
export function boundOf({ base, upstream, patch }: Sides<readonly string[]>): MergeBound | undefined {
  return boundOfOne(base) ?? boundOfOne(upstream) ?? boundOfOne(patch)
}

/** It is asked again and again while a block is looked for. */
const boundOfOne = oncePer((lines: readonly string[]): MergeBound | undefined => {
  let characters = 0
  for (const { length } of lines) {
    if (length > LONGEST_LINE) return { code: 'long-line', most: LONGEST_LINE }
    characters += length
  }
  return characters > MOST_CHARACTERS ? { code: 'large-text', most: MOST_CHARACTERS } : undefined
})

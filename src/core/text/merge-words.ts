import type { Sides } from '../model/sides.ts'
import { diff3, type Region } from './diff3.ts'
import { wordBag, wordSimilarity } from './tokens.ts'

/** One line merged word by word. */
interface WordMerge {
  readonly text: string
  /** Words both changed: the patch's stand, these are upstream's. */
  readonly overridden: readonly string[]
}

/**
 * Merges one line word by word: a URL whose version one side changed and whose architecture the other. Where both changed
 * the same word of what is plainly the same line, the patch's word is the user's override and stays. A version is one word:
 * the halves of two versions make a third that nobody meant. `undefined` where the line is not the same any more.
 */
export function mergeWords(sides: Sides<string>): WordMerge | undefined {
  const regions = diff3({
    base: words(sides.base),
    upstream: words(sides.upstream),
    patch: words(sides.patch),
  })
  const open = regions.filter((region): region is Region & { kind: 'open' } => region.kind === 'open')
  if (open.length && (open.some(isNoOverride) || !isSameLine(sides))) return undefined
  return {
    text: regions.flatMap((region) => (region.kind === 'open' ? region.lines.patch : region.lines)).join(''),
    overridden: open.map((region) => region.lines.upstream.join('')),
  }
}

function words(line: string): string[] {
  return line.match(/v?\d[0-9A-Za-z]*(?:\.[0-9A-Za-z]+)*|[\p{L}_][\p{L}\p{M}\p{N}_]*|\s+|./gu) ?? []
}

/** An override replaces a word that all three have, in their own form; what one put in or took away is none. */
function isNoOverride({ lines: { base, upstream, patch } }: Region & { kind: 'open' }): boolean {
  return [base, upstream, patch].some((side) => side.join('').trim() === '' || side.length > 3)
}

/** From here on two lines are the same line with another value. */
const SAME_LINE = 0.5

function isSameLine({ base, upstream, patch }: Sides<string>): boolean {
  const bag = wordBag(base)
  return (
    wordSimilarity(bag, wordBag(upstream)) >= SAME_LINE && wordSimilarity(bag, wordBag(patch)) >= SAME_LINE
  )
}

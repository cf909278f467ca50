import { mergeFile, type FileMerge } from '../../src/core/merge/file-merge.ts'
import { inWords } from './in-words.ts'
import { splitLines } from '../../src/core/text/split-lines.ts'
import type { Texts } from './outline-merge.ts'

/** Merges three texts at a path, by lines and settings; the result as a text. */
export function mergeTexts(
  path: string,
  [base, upstream, patch]: Texts,
): Omit<FileMerge, 'adapted' | 'gone'> & {
  readonly text: string
  /** In words, as what is gone. */
  readonly adapted: readonly string[]
  readonly gone: readonly string[]
} {
  const merged = mergeFile(path, {
    base: splitLines(base),
    upstream: splitLines(upstream),
    patch: splitLines(patch),
  })
  return {
    ...merged,
    adapted: inWords(merged.adapted),
    gone: inWords(merged.gone),
    text: merged.lines.join(''),
  }
}

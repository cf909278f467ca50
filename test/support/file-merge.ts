import { mergeFile, type FileMerge } from '../../src/core/merge/file-merge.ts'
import { splitLines } from '../../src/core/text/split-lines.ts'
import type { Texts } from './outline-merge.ts'

/** Merges three texts at a path, by lines and settings; the result as a text. */
export function mergeTexts(
  path: string,
  [base, upstream, patch]: Texts,
): FileMerge & { readonly text: string } {
  const merged = mergeFile(path, {
    base: splitLines(base),
    upstream: splitLines(upstream),
    patch: splitLines(patch),
  })
  return { ...merged, text: merged.lines.join('') }
}

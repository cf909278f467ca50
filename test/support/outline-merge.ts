import { inWords } from './in-words.ts'
import { splitLines } from '../../src/core/text/split-lines.ts'
import { mergeOutline, type OutlineMerge } from '../../src/core/yaml/outline/merge-outline.ts'

/** The three sides of a merge as texts: base, upstream, patch. */
export type Texts = readonly [string, string, string]

/** Merges three texts by their outline. */
export function outlineMerge([base, upstream, patch]: Texts): Omit<OutlineMerge, 'notes' | 'gone'> & {
  readonly text: string
  /** In words, as those of what is gone. */
  readonly notes: readonly string[]
  readonly gone: readonly string[]
} {
  const merge = mergeOutline({
    base: splitLines(base),
    upstream: splitLines(upstream),
    patch: splitLines(patch),
  })
  return {
    ...merge,
    notes: inWords(merge.notes),
    gone: inWords(merge.gone),
    text: merge.lines.join(''),
  }
}

/** The text of a merge that has to settle everything. */
export function mergedText(texts: Texts): string {
  const { text, open } = outlineMerge(texts)
  if (open.length > 0) throw new Error(`left open: ${JSON.stringify(open)}`)
  return text
}

/** The three sides of the places a merge leaves open, `key: base | upstream | patch`, with line ends as `/`. */
export function openPlaces(texts: Texts): readonly string[] {
  return outlineMerge(texts).open.map(({ key, sides }) => {
    const shown = [sides.base, sides.upstream, sides.patch].map((side) =>
      side.trimEnd().split('\n').join('/'),
    )
    return `${key}: ${shown.join(' | ')}`
  })
}

import { markdown } from './blocks/markdown.ts'
import type { Part } from './blocks/block.ts'
import { MOST, withinLimit } from './within-limit.ts'

/** The parts as Markdown; while they are too long together, the longest one gives way to its brief form. What is short stays whole. */
export function fit(parts: readonly Part[], most = MOST): string {
  const shown = parts
    .filter(({ full }) => full.length > 0)
    .map(({ full, brief }) => ({ text: markdown(full), brief: brief && markdown(brief) }))
  let length = shown.reduce((sum, part) => sum + part.text.length + GAP.length, 0)
  const longestFirst = shown
    .filter(({ text, brief }) => brief !== undefined && brief.length < text.length)
    .sort((a, b) => b.text.length - a.text.length)
  for (const part of longestFirst) {
    if (length <= most) break
    length -= part.text.length - (part.brief ?? '').length
    part.text = part.brief ?? ''
  }
  const texts = shown.map(({ text }) => text).filter((text) => text !== '')
  return withinLimit(texts.join(GAP), '', most)
}

const GAP = '\n\n'

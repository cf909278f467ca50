import { MOST, withinLimit } from './within-limit.ts'

/** A part of a text, and what stands in its place where there is no room for all of it. */
export interface Part {
  readonly full: string
  readonly brief?: string
}

/** Joins the parts with blank lines; while they are too long together, the longest one gives way to its brief form. What is short stays whole. */
export function fit(parts: readonly Part[], most = MOST): string {
  const shown = parts.filter(({ full }) => full !== '').map(({ full, brief }) => ({ text: full, brief }))
  const joined = (): string =>
    shown
      .map((part) => part.text)
      .filter((text) => text !== '')
      .join(GAP)
  let length = shown.reduce((sum, part) => sum + part.text.length + GAP.length, 0)
  const longestFirst = shown
    .filter(({ text, brief }) => brief !== undefined && brief.length < text.length)
    .sort((a, b) => b.text.length - a.text.length)
  for (const part of longestFirst) {
    if (length <= most) break
    length -= part.text.length - (part.brief ?? '').length
    part.text = part.brief ?? ''
  }
  return withinLimit(joined(), '', most)
}

const GAP = '\n\n'

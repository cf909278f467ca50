import { MOST, withinLimit } from './limit.ts'

/** A part of a text, and what stands in its place where there is no room for all of it. */
export interface Part {
  readonly full: string
  readonly brief?: string
}

/** Joins the parts with blank lines; while they are too long together, the longest one gives way to its brief form. What is short stays whole. */
export function fit(parts: readonly Part[], most = MOST): string {
  const shown = parts.filter(({ full }) => full !== '').map(({ full, brief }) => ({ text: full, brief }))
  for (;;) {
    const text = shown.map((part) => part.text).join('\n\n')
    if (text.length <= most) return text
    const longest = shown
      .filter(({ text: own, brief }) => brief !== undefined && brief.length < own.length)
      .sort((a, b) => b.text.length - a.text.length)[0]
    if (longest?.brief === undefined) return withinLimit(text, '', most)
    longest.text = longest.brief
    longest.brief = undefined
  }
}

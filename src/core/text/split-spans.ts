/** How a span begins and how it ends; one without an end goes to the end of the text. */
interface Marks {
  readonly open: string
  readonly close: string
}

/** Jinja's expressions and statements. */
export const TEMPLATE: readonly Marks[] = [
  { open: '{{', close: '}}' },
  { open: '{%', close: '%}' },
]

/**
 * A text in pieces that are the text once more when joined: at odd places the spans, marks included, at even ones what
 * stands between. An expression with a lazy middle would look for the end anew from each beginning that has none.
 */
export function splitSpans(text: string, marks: readonly Marks[]): readonly string[] {
  const pieces: string[] = []
  const next = new Map(marks.map((each) => [each, text.indexOf(each.open)]))
  let at = 0
  for (;;) {
    const first = firstOf(next)
    if (!first) break
    const [{ open, close }, from] = first
    const end = close === '' ? text.length : text.indexOf(close, from + open.length)
    // Where one is not closed, none behind it is.
    if (end < 0) {
      next.delete(first[0])
      continue
    }
    pieces.push(text.slice(at, from), text.slice(from, end + close.length))
    at = end + close.length
    for (const [each, place] of next)
      if (place >= 0 && place < at) next.set(each, text.indexOf(each.open, at))
  }
  return [...pieces, text.slice(at)]
}

function firstOf(next: ReadonlyMap<Marks, number>): readonly [Marks, number] | undefined {
  let first: readonly [Marks, number] | undefined
  for (const each of next) if (each[1] >= 0 && (!first || each[1] < first[1])) first = each
  return first
}

/** A text without the characters of a set at its end. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

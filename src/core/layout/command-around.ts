import type { TextRange } from './layout.ts'

/** A key with its value's range, quotes left out. */
export interface Keyed extends TextRange {
  readonly name: string
  readonly value: string
}

/** The line a place stands in, without its end. */
export function lineAround(text: string, { start }: TextRange): TextRange {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const end = text.indexOf('\n', start)
  return { start: from, end: end < 0 ? text.length : end }
}

export function lineNumber(text: string, at: number): number {
  let line = 1
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line++
  return line
}

/**
 * The command a place stands in: its line, with those that a backslash joins to it or that only go on with its options, and of these what
 * is between `&&`, `;` and `|`.
 */
export function commandAround(text: string, range: TextRange): TextRange {
  let { start, end } = lineAround(text, range)
  while (start > 0 && end - start < LONGEST_COMMAND) {
    const before = lineAround(text, { start: start - 1, end: start - 1 })
    const above = text.slice(before.start, before.end)
    const isOpen =
      /\\\s*$/.test(above) ||
      (/\bclone\b|^\s+--?\w/.test(above) && !above.includes('://') && /^\s+\S/.test(text.slice(start, end)))
    if (!isOpen) break
    start = before.start
  }
  while (end < text.length && end - start < LONGEST_COMMAND) {
    const after = lineAround(text, { start: end + 1, end: end + 1 })
    if (!/\\\s*$/.test(text.slice(start, end)) && !/^\s+--?\w/.test(text.slice(after.start, after.end))) break
    if (/^\s+-\s/.test(text.slice(after.start, after.end))) break
    end = after.end
  }
  let [from, to] = [start, end]
  for (const { index, 0: mark } of text.slice(start, end).matchAll(/&&|\|\||;|\s\|\s/g)) {
    if (start + index + mark.length <= range.start) from = start + index + mark.length
    else if (start + index >= range.end) to = Math.min(to, start + index)
  }
  return { start: from, end: to }
}

const LONGEST_COMMAND = 4000

/** The keys of the YAML mapping that a place is a value in, but for its own; none where it is no key's value. */
export function siblingsOf(text: string, range: TextRange): readonly Keyed[] {
  const own = lineAround(text, range)
  const key = KEY.exec(text.slice(own.start, own.end))
  if (!key || own.start + key[0].length > range.start + 1) return []
  const indent = (key[1] ?? '').length
  const found: Keyed[] = []
  const look = (step: -1 | 1): void => {
    let at = own
    let isFirst = step < 0 && isItem(key[1] ?? '')
    for (;;) {
      const place = step < 0 ? at.start - 1 : at.end + 1
      if (place < 0 || place > text.length || isFirst) return
      at = lineAround(text, { start: place, end: place })
      const line = text.slice(at.start, at.end)
      if (/^\s*(?:#.*)?\r?$/.test(line)) {
        if (place >= text.length) return
        continue
      }
      const pair = KEY.exec(line)
      const column = pair ? (pair[1] ?? '').length : (/^\s*/.exec(line)?.[0].length ?? 0)
      if (column < indent) return
      if (column > indent || !pair) {
        // A deeper item of a list ends a mapping above it as well as a shallower key does.
        if (pair && isItem(pair[1] ?? '') && (/^\s*/.exec(line)?.[0].length ?? 0) < indent) return
        continue
      }
      if (isItem(pair[1] ?? '')) {
        if (step > 0) return
        isFirst = true
      }
      found.push(valueIn(text, at, pair))
    }
  }
  look(-1)
  look(1)
  return found
}

const KEY = /^(\s*(?:-\s+)*)["']?([A-Za-z_][\w.-]*)["']?\s*:(?:\s+|$)/

function isItem(before: string): boolean {
  return before.includes('-')
}

function valueIn(text: string, line: TextRange, pair: RegExpExecArray): Keyed {
  return { name: pair[2] ?? '', ...scalarAt(text, line.start + pair[0].length, line.end) }
}

/** A plain or quoted scalar that begins here and ends in this line. */
function scalarAt(text: string, start: number, lineEnd: number): TextRange & { readonly value: string } {
  const rest = text.slice(start, lineEnd)
  const quoted = /^(["'])((?:(?!\1).)*)\1/.exec(rest)
  const value = quoted ? (quoted[2] ?? '') : (PLAIN.exec(rest)?.[0] ?? '')
  const from = start + (quoted ? 1 : 0)
  return { start: from, end: from + value.length, value }
}

const PLAIN = /^(?:\$?\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$?[^\s#,{}\]$])*/

/** What stands between the innermost brackets around a place, `{ … }` or `( … )`; those of variables (`${`, `{{`, `$(`) are none. */
export function bracketsAround(text: string, range: TextRange): TextRange | undefined {
  let depth = 0
  for (let at = range.start - 1; at >= Math.max(0, range.start - WIDEST_GROUP); at--) {
    const char = text[at] ?? ''
    if ('})'.includes(char)) depth++
    if (!'{('.includes(char)) continue
    if (depth-- > 0) continue
    if (text[at - 1] === '$' || text[at - 1] === '{' || text[at + 1] === '{') return undefined
    const end = closing(text, range.end)
    return end === undefined ? undefined : { start: at + 1, end }
  }
  return undefined
}

const WIDEST_GROUP = 1500

function closing(text: string, from: number): number | undefined {
  let depth = 0
  for (let at = from; at < Math.min(text.length, from + WIDEST_GROUP); at++) {
    const char = text[at] ?? ''
    if ('{('.includes(char)) depth++
    else if ('})'.includes(char) && depth-- === 0) return at
  }
  return undefined
}

/** The keys that stand between brackets, `key: value` or `key = value`. */
export function keyed(text: string, group: TextRange): readonly Keyed[] {
  const found: Keyed[] = []
  for (const match of text
    .slice(group.start, group.end)
    .matchAll(/(?<![\w$.-])["']?([A-Za-z_][\w-]*)["']?\s*(?:=>|[:=])\s*(?:\[\[name:\s*)?(?=["'\w$v{])/g)) {
    const start = group.start + match.index + match[0].length
    const lineEnd = lineAround(text, { start, end: start }).end
    found.push({ name: match[1] ?? '', ...scalarAt(text, start, Math.min(lineEnd, group.end)) })
  }
  return found
}

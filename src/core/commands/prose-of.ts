import { indentOf } from '../text/indent-of.ts'
import type { Node, Parent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { splitSpans } from '../text/split-spans.ts'

/** A line of a comment that its author says themselves: as written, but for what is blanked out. */
export interface ProseLine {
  readonly text: string
  /** Where the line's text begins, both counted from 1. */
  readonly line: number
  readonly column: number
}

/**
 * The lines of a comment that are talk: no code, quotation, heading, link or HTML, nor anything between HTML tags. What
 * stands for those inside a line is blanked out; inline code after the line's first word stays, without its backticks,
 * because people quote ids and titles that way.
 */
export function proseOf(comment: string): readonly ProseLine[] {
  const marks: Marks = { blank: [], paragraphs: [], openTags: 0 }
  // The parser drops a byte order mark and then counts without it; GitHub stores comments with CRLF.
  const source = comment.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  walk(fromMarkdown(tame(source)), marks)
  const text = blankOut(source, marks)
  return marks.paragraphs.flatMap((paragraph) => linesOf(text, paragraph))
}

/**
 * The text with what costs the parser quadratic time taken out, at the same length: emphasis and links by reference
 * (they never decide whether a line that begins with our word is code, a quotation or HTML), and quotations and lists
 * deeper than anybody nests them. 65,000 characters of each took 4 to 70 s.
 */
function tame(source: string): string {
  return source
    .replace(/[*_](?<=[^\s>][ \t]*[*_])/g, 'x')
    .replaceAll('][', 'xx')
    .replace(
      /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){20,}.*/gm,
      (line) => `> ${'x'.repeat(line.length - 2)}`,
    )
}

interface Range {
  readonly from: number
  readonly to: number
}

interface Paragraph extends Range {
  readonly line: number
  readonly column: number
}

interface Marks {
  readonly blank: (Range & { readonly keepInside?: true })[]
  readonly paragraphs: Paragraph[]
  /** HTML elements opened and not closed: `<details>`, a blank line, talk, `</details>` is not talk. */
  openTags: number
}

const NOT_TALK = new Set([
  'code',
  'blockquote',
  'heading',
  'link',
  'linkReference',
  'image',
  'imageReference',
])

function walk(node: Node, marks: Marks): void {
  if (node.type === 'html') countTags((node as Node & { value: string }).value, marks)
  if (node.type === 'html' || NOT_TALK.has(node.type)) {
    marks.blank.push(rangeOf(node))
    return
  }
  if (node.type === 'inlineCode') marks.blank.push({ ...rangeOf(node), keepInside: true })
  if (marks.openTags > 0 && !('children' in node)) marks.blank.push(rangeOf(node))
  if (node.type === 'paragraph') marks.paragraphs.push(paragraphOf(node))
  for (const child of (node as Partial<Parent>).children ?? []) walk(child, marks)
}

/** Elements that never have a closing tag (HTML's void elements that GitHub lets through). */
const VOID = /^(?:br|hr|img|input|wbr|col|source)$/i

function countTags(html: string, marks: Marks): void {
  const shown = splitSpans(html, [{ open: '<!--', close: '-->' }]).filter((_, at) => at % 2 === 0)
  for (const [, closing, name] of shown.join('').matchAll(/<(\/?)([a-z][a-z0-9-]*)/gi)) {
    if (VOID.test(name as string)) continue
    marks.openTags = Math.max(0, marks.openTags + (closing ? -1 : 1))
  }
}

function rangeOf(node: Node): Range {
  return { from: node.position?.start.offset ?? 0, to: node.position?.end.offset ?? 0 }
}

function paragraphOf(node: Node): Paragraph {
  return { ...rangeOf(node), line: node.position?.start.line ?? 1, column: node.position?.start.column ?? 1 }
}

/** Inline code that begins a line, or an item of a list, is a quoted command and goes; elsewhere only its backticks do. */
function blankOut(text: string, { blank, paragraphs }: Marks): string {
  const chars = text.split('')
  const starts = new Set(paragraphs.map(({ from }) => from))
  for (const { from, to, keepInside } of blank) {
    const begins = starts.has(from) || /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, from - 80), from))
    const keep = keepInside && !begins
    for (let at = from; at < to; at++) {
      if (chars[at] === '\n') continue
      if (!keep) chars[at] = BLANK
      else if (chars[at] === '`') chars[at] = ' '
    }
  }
  return chars.join('')
}

// Not a space: a blanked link before a command must not leave the command at the line's beginning.
const BLANK = '\u0000'

function linesOf(text: string, paragraph: Paragraph): readonly ProseLine[] {
  return text
    .slice(paragraph.from, paragraph.to)
    .split('\n')
    .map((line, index) => {
      const indent = indentOf(line)
      const start = index === 0 ? paragraph.column : 1
      return { text: line.trim(), line: paragraph.line + index, column: start + indent }
    })
}

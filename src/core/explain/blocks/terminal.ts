import { codeSpan } from '../../model/code-span.ts'
import { defined } from '../../model/defined.ts'
import { displayWidth } from '../../text/display-width.ts'
import { visible } from './inert.ts'
import type { Block, Item } from './block.ts'
import { columnsWithin } from './columns-within.ts'
import { flat, type Inline, type Text } from './text.ts'

/** What words mean, for a terminal that has colours; what is not marked is plain. */
export type Tone = 'bad' | 'warning' | 'good' | 'strong' | 'faint' | 'code'

/** Words that are shown in one way. Nothing in them is obeyed by a terminal. */
export interface Span {
  readonly text: string
  readonly tone?: Tone
}

export type TerminalLine = readonly Span[]

/** Columns where nobody says how many there are: of a pipe, and of a file. */
export const WIDTH = 110

/** Blocks as they stand in a terminal, without colours. */
export function terminal(blocks: readonly Block[], width = WIDTH): string {
  return terminalLines(blocks, width)
    .map((line) => `${line.map(({ text }) => text).join('')}\n`)
    .join('')
}

/** The same, with what the words mean; what belongs to a heading, or to words that end in a colon, follows at once. */
export function terminalLines(blocks: readonly Block[], width: number): readonly TerminalLine[] {
  const lines: TerminalLine[] = []
  blocks.forEach((block, index) => {
    const before = blocks[index - 1]
    const leads = lines.at(-1)?.at(-1)?.text.endsWith(':') ?? false
    if (before && before.kind !== 'heading' && !leads) lines.push([])
    lines.push(...linesOf(block, width))
  })
  return lines
}

function linesOf(block: Block, width: number): readonly TerminalLine[] {
  switch (block.kind) {
    case 'heading':
      return wrapped([{ kind: 'bold', inner: block.text }], '', width)
    case 'paragraph':
      return wrapped(block.text, '', width)
    case 'list':
      return itemLines(block.items, { isNumbered: block.isNumbered ?? false, indent: '  ', width })
    case 'table':
      return tableLines(block.head, block.rows, width)
    case 'lines':
      return indented(block.lines)
    case 'fold':
      return [
        ...wrapped([{ kind: 'bold', inner: block.summary.filter((piece) => !leadsBack(piece)) }], '', width),
        ...terminalLines(block.blocks, width),
      ]
    case 'sides':
      return block.sides.flatMap(({ name, text }) =>
        text === ''
          ? [[{ text: `  ${name}: nothing` }]]
          : [[{ text: `  ${name}:` }], ...indented(text.replace(/\n$/, '').split('\n'), '    ')],
      )
    case 'change': {
      const { words, before, after } = block.change
      const [was, is, nothing] = words.map((text) => wrapped(text, '', width))
      const now = after.length > 0 ? [...(is ?? []), ...indented(after)] : (nothing ?? [])
      return [...(was ?? []), ...indented(before), ...now]
    }
    case 'way':
      return wrapped(
        block.stops.flatMap(({ release, kubernetes, state }, index): Text => {
          const stop = `${release} with Kubernetes ${kubernetes}`
          const arrow = index === 0 ? '' : ' → '
          return state === 'now' ? [arrow, { kind: 'bold', inner: [`[${stop}]`] }] : [`${arrow}${stop}`]
        }),
        '',
        width,
      )
  }
}

/** An arrow to another place of the same text is of no use where nothing can be clicked. */
function leadsBack(piece: Inline): boolean {
  return typeof piece !== 'string' && piece.kind === 'link' && flat(piece.inner) === '↑'
}

interface ListShape {
  readonly isNumbered: boolean
  readonly indent: string
  readonly width: number
}

function itemLines(
  items: readonly Item[],
  { isNumbered, indent, width }: ListShape,
): readonly TerminalLine[] {
  const widest = isNumbered ? `${items.length}. `.length : 2
  return items.flatMap(({ text, items: below = [], isTask = false }, index) => {
    const sign = `${isNumbered ? `${index + 1}. `.padStart(widest) : '- '}${isTask ? '[ ] ' : ''}`
    const inner = indent + ' '.repeat(sign.length)
    const [[, ...first] = [], ...rest] = wrapped(text, inner, width)
    return [
      [{ text: `${indent}${sign}` }, ...first],
      ...rest,
      ...itemLines(below, { isNumbered: false, indent: inner, width }),
    ]
  })
}

/** Columns side by side; where they are too wide together, the widest of them are wrapped. */
function tableLines(
  head: readonly Text[],
  rows: readonly (readonly Text[])[],
  width: number,
): readonly TerminalLine[] {
  const cells = [head.map((each): Text => [{ kind: 'bold', inner: each }]), ...rows]
  const columns = columnsWithin(
    cells.map((row) => row.map((cell) => widthOf(wordsOf(cell)))),
    width - 2,
  )
  return cells
    .filter((row) => row.some((cell) => cell.length > 0 && widthOf(wordsOf(cell)) > 0))
    .flatMap((row) => {
      const parts = row.map((cell, at) => wrapped(cell, '', columns[at] ?? width))
      const height = Math.max(...parts.map((part) => part.length))
      return [...Array(height).keys()].map((line) =>
        trimmed(
          parts.flatMap((part, at): readonly Span[] => {
            const shown = part[line] ?? []
            const gap = (columns[at] ?? 0) - shown.reduce((sum, { text }) => sum + displayWidth(text), 0)
            return [{ text: '  ' }, ...shown, { text: ' '.repeat(Math.max(0, gap)) }]
          }),
        ),
      )
    })
}

/** A line without the blanks at its end. */
function trimmed(line: TerminalLine): TerminalLine {
  const last = line.at(-1)
  if (!last) return line
  const text = last.text.trimEnd()
  return text === '' ? trimmed(line.slice(0, -1)) : [...line.slice(0, -1), { ...last, text }]
}

function indented(lines: readonly string[], indent = '  '): readonly TerminalLine[] {
  return lines.map((line) => [{ text: `${indent}${visible(line)}` }])
}

/** What is set on one line, since no blank parts it. */
type Word = readonly Span[]

/** Lines of at most so many columns; the first span of each is its indent. */
function wrapped(text: Text, indent: string, width: number): readonly TerminalLine[] {
  const lines: Span[][] = []
  let line: Span[] = [{ text: indent }]
  let columns = indent.length
  const room = width - indent.length
  for (const word of wordsOf(text).flatMap((each) => (widthOf([each]) > room ? brokenUp(each) : [each]))) {
    const wide = widthOf([word])
    const isFirst = line.length === 1
    if (!isFirst && columns + 1 + wide > width) {
      lines.push(line)
      line = [{ text: indent }]
      columns = indent.length
    }
    if (line.length > 1) {
      // A blank inside of what is shown in one way is shown so as well.
      const tone = word[0]?.tone === line.at(-1)?.tone ? word[0]?.tone : undefined
      line.push(tone === undefined ? { text: ' ' } : { text: ' ', tone })
      columns += 1
    }
    line.push(...word)
    columns += wide
  }
  return [...lines, line]
}

function widthOf(words: readonly Word[]): number {
  const spans = words.reduce(
    (sum, word) => sum + word.reduce((all, { text }) => all + displayWidth(text), 0),
    0,
  )
  return spans + Math.max(0, words.length - 1)
}

/** A command stays on one line, so that it can be copied: blanks in code part nothing. */
function wordsOf(text: Text): readonly Word[] {
  return joinedAtBlanks(
    spansOf(text, undefined).map((span) => ({
      span,
      parts: span.isCode ? [span.text.replace(/\s+/g, ' ')] : span.text.split(/\s+/),
    })),
  )
}

/** Between two parts is a blank, between two spans is none. */
function joinedAtBlanks(
  cut: readonly { readonly span: Span; readonly parts: readonly string[] }[],
): readonly Word[] {
  const words: Span[][] = []
  let isOpen = false
  for (const { span, parts } of cut) {
    parts.forEach((part, index) => {
      if (index > 0) isOpen = false
      if (part === '') return
      const piece = { text: part, ...defined({ tone: span.tone }) }
      if (isOpen) words.at(-1)?.push(piece)
      else words.push([piece])
      isOpen = true
    })
  }
  return words
}

/** A span before it is cut at its blanks. */
interface Piece extends Span {
  readonly isCode?: true
}

/** Code that is longer than a line has to be broken all the same; half a command would be run by whoever pastes it. */
function brokenUp(word: Word): readonly Word[] {
  if (word.some(({ text }) => COMMAND.test(text))) return [word]
  return joinedAtBlanks(word.map((span) => ({ span, parts: span.text.split(' ') })))
}

/** A command line in a sentence. */
const COMMAND = /^`(?:multiarch|git|gh|npm|npx|ansible[\w-]*|kubectl) /

function spansOf(text: Text, tone: Tone | undefined): readonly Piece[] {
  return text.flatMap((piece) => pieceSpans(piece, tone))
}

function pieceSpans(piece: Inline, tone: Tone | undefined): readonly Piece[] {
  if (typeof piece === 'string') return [spanOf(piece, tone)]
  switch (piece.kind) {
    case 'code':
      return [{ ...spanOf(codeSpan(piece.text), tone ?? 'code'), isCode: true }]
    case 'quoted':
      return [spanOf(piece.text, tone)]
    case 'bold':
      return spansOf(piece.inner, toneOf(piece.inner))
    case 'soft':
      return spansOf(piece.inner, tone ?? 'faint')
    case 'link':
      return [...spansOf(piece.inner, tone), ...addressSpans(piece.to, flat(piece.inner), tone)]
    case 'anchor':
      return []
  }
}

/** The address of a link, where its words do not tell it to whoever knows the place: `#123` does, `release notes` does not. */
function addressSpans(to: string, words: string, tone: Tone | undefined): readonly Span[] {
  if (!to.startsWith('https://')) return []
  const names = words.split(/[^\w.-]+/).filter((name) => name !== '')
  if (names.some((name) => /\d/.test(name)) && names.every((name) => to.includes(name))) return []
  return [spanOf(` (${to.replace('https://redirect.github.com/', 'https://github.com/')})`, tone ?? 'faint')]
}

function spanOf(text: string, tone: Tone | undefined): Span {
  const shown = visible(text).replace(/\r(?!\n)/g, '⟨U+000D⟩')
  return tone === undefined ? { text: shown } : { text: shown, tone }
}

/** A verdict and a severity have the colour of what they mean; other words that are bold are only that. */
function toneOf(words: Text): Tone {
  const [only] = words
  return (typeof only === 'string' && words.length === 1 && MEANS[only]) || 'strong'
}

const MEANS: Readonly<Record<string, Tone | undefined>> = {
  clean: 'good',
  'moved along with upstream': 'good',
  adapted: 'warning',
  'already upstream': 'faint',
  'no longer applicable': 'faint',
  conflict: 'bad',
  Settle: 'bad',
  Fix: 'bad',
  'Before you apply it': 'bad',
  'Look for': 'bad',
  Compare: 'warning',
  error: 'bad',
  warning: 'warning',
  notice: 'faint',
  fails: 'bad',
  passes: 'good',
}

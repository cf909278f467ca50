import { styleText } from 'node:util'
import type { Block } from '../../core/explain/blocks/block.ts'
import { visible } from '../../core/explain/blocks/inert.ts'
import { terminalLines, type Span, type TerminalLine, type Tone } from '../../core/explain/blocks/terminal.ts'
import { lookOf, type Look } from './look.ts'

/*
 * The one door to the terminal. Titles, names, paths and refusals hold other people's text, and a terminal obeys what it is sent:
 * escape sequences move the cursor and rename the window, controls of the second row do the same without an escape, and marks
 * of writing direction show a line as another one. A test holds that nothing else of the command line writes.
 */

/** Whether a line stands there that is to be gone before anything else is written. */
let isPassing = false

/** Writes a line in place of the last one that was only passing. */
export function sayPassing(text: string): void {
  process.stderr.write(`${ERASE}${terminalText(text).replaceAll('\n', ' ')}`)
  isPassing = true
}

/** Takes the passing line away, if there is one. */
export function endPassing(): void {
  if (isPassing) process.stderr.write(ERASE)
  isPassing = false
}

/** To the first column, and nothing from there on. */
const ERASE = '\r\u001b[K'

/** Writes a text of ours for people. */
export function say(text: string): void {
  endPassing()
  process.stdout.write(terminalText(text))
}

/** Writes blocks for people: as wide as the terminal is, in colours where it has them. */
export function sayBlocks(blocks: readonly Block[]): void {
  endPassing()
  const look = lookOf(process.stdout, process.env)
  process.stdout.write(drawn(terminalLines(blocks, look.width), look))
}

/** Writes what stands in the way beside the answer. */
export function sayTrouble(place: string, message: string): void {
  endPassing()
  const line = [{ text: 'multiarch:', tone: 'bad' as const }, { text: ` ${place}${message}` }]
  process.stderr.write(drawn([line], lookOf(process.stderr, process.env)))
}

/** Writes a text of ours beside the answer. */
export function sayAside(text: string): void {
  endPassing()
  process.stderr.write(terminalText(text))
}

/** Writes a value for programs. */
export function sayJson(value: unknown): void {
  endPassing()
  process.stdout.write(jsonText(value, 2) + '\n')
}

/** Lines as a terminal gets them. What is shown is made harmless first, so that only colours of ours are obeyed. */
export function drawn(lines: readonly TerminalLine[], { hasColours }: Pick<Look, 'hasColours'>): string {
  return lines
    .map(
      (line) =>
        `${joined(line)
          .map((span) => drawnSpan(span, hasColours))
          .join('')}\n`,
    )
    .join('')
}

/** Neighbours that are shown in one way are one span, so that a colour is set once. */
function joined(line: TerminalLine): TerminalLine {
  const spans: Span[] = []
  for (const span of line) {
    const last = spans.at(-1)
    if (last && last.tone === span.tone) spans[spans.length - 1] = { ...last, text: last.text + span.text }
    else spans.push(span)
  }
  return spans
}

function drawnSpan({ text, tone }: Span, hasColours: boolean): string {
  const shown = terminalText(text)
  if (!hasColours || tone === undefined || shown.trim() === '') return shown
  return styleText([...STYLES[tone]], shown, { validateStream: false })
}

const STYLES: Readonly<Record<Tone, readonly ('bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan')[]>> = {
  bad: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  good: ['green'],
  strong: ['bold'],
  faint: ['dim'],
  code: ['cyan'],
}

/** A text in which nothing is obeyed. A carriage return would write over what stands before it. */
export function terminalText(text: string): string {
  return visible(text.replace(/\r\n/g, '\n')).replace(/\r/g, '⟨U+000D⟩')
}

/** JSON whose text can be shown as it is: what JSON leaves raw and a terminal obeys is escaped, and reads back the same. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g,
    (part) =>
      [...Array(part.length).keys()]
        .map((at) => `\\u${part.charCodeAt(at).toString(16).padStart(4, '0')}`)
        .join(''),
  )
}

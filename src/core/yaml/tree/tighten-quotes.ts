import { Lexer } from 'yaml'

/** A text with the quoted values that were too far left put on one line each, every other character where it was. */
interface Tightened {
  readonly text: string
  /** Where each of these values begins → where it ends in the original text; in the new one blanks fill it up. */
  readonly ends: ReadonlyMap<number, number>
}

/** Each one costs another look at the file; no file of Kubespray has more than one. */
const MOST = 50

/**
 * Makes a text readable in which lines of a quoted value stand no deeper than its key. YAML forbids that, PyYAML reads it,
 * and people write it: `"{{ a | combine({` … `}) }}"`. `undefined`: there is none, or it really is not closed.
 */
export function tightenQuotes(text: string): Tightened | undefined {
  const ends = new Map<number, number>()
  let current = text
  for (let count = 0; count < MOST; count++) {
    const from = openQuote(current)
    if (from === undefined) break
    const to = closingQuote(current, from)
    const folded = to === undefined ? undefined : fold(current.slice(from, to))
    if (to === undefined || folded === undefined) return undefined
    current = current.slice(0, from) + folded.padEnd(to - from) + current.slice(to)
    ends.set(from, to)
  }
  return ends.size > 0 ? { text: current, ends } : undefined
}

/** Where the first quoted value begins that YAML does not see closed. */
function openQuote(text: string): number | undefined {
  let at = 0
  for (const lexeme of new Lexer().lex(text)) {
    // The lexer's own marks (document, flow error, plain scalar) are no part of the text.
    if (lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001F') continue
    const quote = lexeme.charAt(0)
    const isOpen = (quote === '"' || quote === "'") && closingQuote(lexeme, 0) !== lexeme.length
    if (isOpen && text.startsWith(lexeme, at)) return at
    at += lexeme.length
  }
  return undefined
}

/** Just behind the quote that closes the one at an offset, where a value may end there. */
function closingQuote(text: string, from: number): number | undefined {
  const quoted =
    text[from] === '"' ? /"(?:[^"\\]|\\[\s\S])*"(?=[\s,\]}]|$)/y : /'(?:[^']|'')*'(?=[\s,\]}]|$)/y
  quoted.lastIndex = from
  return quoted.test(text) ? quoted.lastIndex : undefined
}

/**
 * Line folding of quoted values, YAML 1.2 section 7.3: a line break is a blank, each empty line a line feed. Single quotes
 * cannot hold one on a line: `undefined`.
 */
function fold(quoted: string): string | undefined {
  const isDouble = quoted.startsWith('"')
  const folded = quoted.replace(/(?:\\|(?<![ \t]))[ \t]*\r?\n\s*/g, (breaks) => {
    if (breaks.startsWith('\\')) return ''
    const empty = breaks.split('\n').length - 2
    if (empty === 0) return ' '
    return isDouble ? '\\n'.repeat(empty) : breaks
  })
  return folded.includes('\n') ? undefined : folded
}

import { readExpression, type Expression } from './expression.ts'
import { UnknownForm } from './tokens-of.ts'

/**
 * A template's pieces in order: text, an expression to print, or branches of which the first true one is
 * taken.
 */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly expression: Expression }
  | { readonly kind: 'branches'; readonly branches: readonly Branch[] }

interface Branch {
  /** Absent for `else`. */
  readonly condition: Expression | undefined
  readonly body: readonly Piece[]
}

/** Whether a string has to be rendered at all. */
export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#')
}

/** Reads a template of text, `{{ }}` and `{% if %}`; loops and assignments throw `UnknownForm`. */
export function readTemplate(text: string): readonly Piece[] {
  const chunks = chunksOf(text)
  const { pieces, end } = readPieces(chunks, 0)
  if (end < chunks.length) throw new UnknownForm(`stray ${chunks[end]?.text ?? ''}`)
  return pieces
}

interface Chunk {
  readonly kind: 'text' | 'output' | 'statement'
  readonly text: string
}

const MARK =
  /\{%-?\s*raw\s*-?%\}(?<raw>[\s\S]*?)\{%-?\s*endraw\s*-?%\}|\{\{(?<trimOutput>-?)(?<output>(?:'[^']*'|"[^"]*"|(?!\}\})[^'"])*?)(?<trimAfterOutput>-?)\}\}|\{%(?<trimStatement>-?)(?!\s*raw\s*-?%\})(?<statement>[\s\S]*?)(?<trimAfterStatement>-?)%\}|\{#[\s\S]*?#\}/y

function nextMark(text: string, from: number): number {
  const next = text.slice(from).search(/\{[{%#]/)
  return next < 0 ? text.length : from + next
}

/**
 * Cuts at the marks; `-` at a mark takes the white space beside it away, and a statement takes the line end
 * after it.
 */
function chunksOf(text: string): readonly Chunk[] {
  const chunks: Chunk[] = []
  let at = 0
  let trimNext = false
  const pushText = (raw: string, trimEnd: boolean): void => {
    let piece = trimNext ? raw.trimStart() : raw
    if (trimEnd) piece = piece.trimEnd()
    if (piece !== '') chunks.push({ kind: 'text', text: piece })
  }
  for (let open = nextMark(text, 0); open < text.length; open = nextMark(text, at)) {
    MARK.lastIndex = open
    const match = MARK.exec(text)
    // Looked for again behind each mark that has no end, the end of a long text would be looked for very often.
    if (!match) throw new UnknownForm(`a mark without its end: ${text.slice(open, open + 40)}`)
    const groups = match.groups ?? {}
    const trims = (groups['trimOutput'] ?? groups['trimStatement']) === '-'
    pushText(text.slice(at, match.index), trims)
    at = match.index + match[0].length
    trimNext = (groups['trimAfterOutput'] ?? groups['trimAfterStatement']) === '-'
    if (groups['raw'] !== undefined) chunks.push({ kind: 'text', text: groups['raw'] })
    else if (groups['output'] !== undefined) chunks.push({ kind: 'output', text: groups['output'] })
    else if (groups['statement'] !== undefined) {
      chunks.push({ kind: 'statement', text: groups['statement'].trim() })
      // Ansible sets `trim_blocks`.
      if (!trimNext && text[at] === '\n') at++
    }
  }
  pushText(text.slice(at), false)
  return chunks
}

function readPieces(chunks: readonly Chunk[], start: number): { pieces: readonly Piece[]; end: number } {
  const pieces: Piece[] = []
  let at = start
  while (at < chunks.length) {
    const chunk = chunks[at] as Chunk
    if (chunk.kind === 'text') pieces.push({ kind: 'text', text: chunk.text })
    else if (chunk.kind === 'output') pieces.push({ kind: 'output', expression: readExpression(chunk.text) })
    else if (/^(?:elif|else|endif)\b/.test(chunk.text)) return { pieces, end: at }
    else if (/^if\b/.test(chunk.text)) {
      const read = readBranches(chunks, at)
      pieces.push({ kind: 'branches', branches: read.branches })
      at = read.end
    } else throw new UnknownForm(`{% ${chunk.text} %}`)
    at++
  }
  return { pieces, end: at }
}

/** Reads from an `if` to its `endif`; `end` is where the `endif` stands. */
function readBranches(chunks: readonly Chunk[], start: number): { branches: readonly Branch[]; end: number } {
  const branches: Branch[] = []
  let at = start
  for (;;) {
    const word = chunks[at]?.text ?? ''
    const condition = /^(?:el)?if\b([\s\S]*)$/.exec(word)?.[1]
    const { pieces, end } = readPieces(chunks, at + 1)
    branches.push({
      condition: condition === undefined ? undefined : readExpression(condition),
      body: pieces,
    })
    if (end >= chunks.length) throw new UnknownForm('an if without its endif')
    if (/^endif\b/.test(chunks[end]?.text ?? '')) return { branches, end }
    at = end
  }
}

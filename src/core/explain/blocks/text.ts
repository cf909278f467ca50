import { codeSpan, splitCode } from '../../model/code-span.ts'

/**
 * A piece of a line. A bare string is ours and stands as it is; whatever anybody else wrote is quoted, so that no writer takes it for
 * more than words.
 */
export type Inline =
  | string
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'bold' | 'soft'; readonly inner: Text }
  /** To an address, or with `#id` to a place of the same text. */
  | { readonly kind: 'link'; readonly to: string; readonly inner: Text }
  /** A place that links of the same text go to; nothing is seen of it. */
  | { readonly kind: 'anchor'; readonly id: string }

/** A line or a paragraph, before it is known where it will be read. */
export type Text = readonly Inline[]

type Said = Inline | Text | number

/** Puts pieces into a sentence: say`This moves ${code(branch)} to ${code(release)}.` */
export function say(words: TemplateStringsArray, ...pieces: readonly Said[]): Text {
  return words
    .flatMap((word, index): readonly Inline[] => {
      const piece = pieces[index]
      if (piece === undefined) return [word]
      if (typeof piece === 'number') return [word, String(piece)]
      return [word, ...asText(piece)]
    })
    .filter((piece) => piece !== '')
}

function asText(piece: Inline | Text): Text {
  return Array.isArray(piece) ? (piece as Text) : [piece as Inline]
}

export function code(text: string): Inline {
  return { kind: 'code', text }
}

export function quoted(text: string): Inline {
  return { kind: 'quoted', text }
}

export function bold(words: TemplateStringsArray, ...pieces: readonly Said[]): Inline {
  return { kind: 'bold', inner: say(words, ...pieces) }
}

export function soft(words: TemplateStringsArray, ...pieces: readonly Said[]): Inline {
  return { kind: 'soft', inner: say(words, ...pieces) }
}

/** Words that lead somewhere. The address is ours: see `linked-reference.ts`. */
export function link(to: string, inner: Inline | Text): Inline {
  return { kind: 'link', to, inner: asText(inner) }
}

/** Letters, digits and hyphens alone. */
export function anchor(id: string): Inline {
  return { kind: 'anchor', id }
}

/** A sentence that was worded beside its rule, with code in backticks. What it quotes may be anybody's. */
export function sentence(message: string): Text {
  return splitCode(message)
    .flatMap((piece, index) => (index % 2 === 1 ? [code(piece)] : withEdges(piece)))
    .filter((piece) => piece !== '')
}

/** A text of ours with code in backticks; nobody else's words are in it. */
export function ours(text: string): Text {
  return splitCode(text)
    .map((piece, index) => (index % 2 === 1 ? code(piece) : piece))
    .filter((piece) => piece !== '')
}

/** The blanks around what is quoted are ours. */
function withEdges(piece: string): Text {
  const words = piece.trim()
  if (words === '') return [piece === '' ? '' : ' ']
  return [/^\s/.test(piece) ? ' ' : '', quoted(words), /\s$/.test(piece) ? ' ' : '']
}

export function joined(texts: readonly (Inline | Text)[], between: string): Text {
  return texts.flatMap((each, index) => (index === 0 ? asText(each) : [between, ...asText(each)]))
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(texts: readonly (Inline | Text)[]): Text {
  if (texts.length < 2) return joined(texts, '')
  return [...joined(texts.slice(0, -1), ', '), ' and ', ...asText(texts.at(-1) ?? '')]
}

/** The words alone, code in backticks: as a terminal and a program get them. */
export function flat(text: Text): string {
  return text
    .map((piece) => {
      if (typeof piece === 'string') return piece
      if (piece.kind === 'code') return codeSpan(piece.text)
      if (piece.kind === 'anchor') return ''
      return piece.kind === 'quoted' ? piece.text : flat(piece.inner)
    })
    .join('')
}

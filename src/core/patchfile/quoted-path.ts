import { encodeText } from '../text/split-lines.ts'

/**
 * A name as git writes it in patches (`quote_c_style` in quote.c): in quotes where it holds marks, and by bytes where it holds letters
 * beyond ASCII, unless `core.quotePath` says that those stay.
 */
export function quotedPath(path: string, keepsLetters = false): string {
  const isOdd = keepsLetters ? /[^ !#-[\]-~\u0080-\u{10ffff}]/u : /[^ !#-[\]-~]/
  if (!isOdd.test(path)) return path
  const written = Array.from(path, (letter) => {
    const known = ESCAPES[letter]
    if (known !== undefined) return known
    if ((letter >= ' ' && letter <= '~') || (keepsLetters && letter > '\x7f')) return letter
    return Array.from(encodeText(letter), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
  })
  return `"${written.join('')}"`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
}

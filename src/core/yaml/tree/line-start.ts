/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  // `lastIndexOf` takes a negative place for 0: of the first line it would find the very break that ends it.
  const start = offset > 0 ? text.lastIndexOf('\n', offset - 1) + 1 : 0
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start
}

/** Where the line of an offset ends, behind its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}

/** The line's characters, without its line break. */
export function lineAt(text: string, start: number): string {
  return text.slice(start, lineEnd(text, start)).replace(/\r?\n$/, '')
}

/** The line break a text uses, by its first one. */
export function lineBreakOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n')
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n'
}

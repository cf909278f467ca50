/** Splits a text into lines that keep their endings, so that joining them gives the text back byte for byte. */
export function splitLines(text: string): string[] {
  const lines: string[] = []
  let at = 0
  while (at < text.length) {
    const end = text.indexOf('\n', at) + 1 || text.length
    lines.push(text.slice(at, end))
    at = end
  }
  return lines
}

/** A line without its ending. */
export function bareLine(line: string): string {
  return line.replace(/\r?\n$/, '')
}

/** Whether bytes are no text: git's own rule, a NUL within the first 8000 bytes (`buffer_is_binary` in xdiff-interface.c). */
export function isBinary(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length, 8000)
  for (let i = 0; i < end; i++) if (bytes[i] === 0) return true
  return false
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** The text of a blob, `undefined` where it is binary or no UTF-8: such a file would not come back byte for byte. */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (isBinary(bytes)) return undefined
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

export function encodeText(text: string): Uint8Array {
  return encoder.encode(text)
}

/** Columns of the terminal's text; what is longer is wrapped at blanks. */
const WIDTH = 110

/** A paragraph for the terminal, each line of it behind the indent. A word that is too long stands alone. */
export function wrap(text: string, indent: string): readonly string[] {
  const lines: string[] = []
  let line = indent
  for (const word of text.split(/\s+/)) {
    if (line !== indent && line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = indent
    }
    line += line === indent ? word : ` ${word}`
  }
  return [...lines, line]
}

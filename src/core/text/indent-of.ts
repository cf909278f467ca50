/** By how many blanks a line is indented; of a blank one all that it has. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

/** The least indentation of all lines that are not blank; `Infinity` where all are. */
export function leastIndent(lines: readonly string[]): number {
  return lines.reduce(
    (least, line) => (line.trim() === '' ? least : Math.min(least, indentOf(line))),
    Infinity,
  )
}

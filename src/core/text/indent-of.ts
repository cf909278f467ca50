/** By how many blanks a line is indented; of a blank one all that it has. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

import type { Problem } from '../../model/problem.ts'
import type { YamlFault } from '../node/yaml-node.ts'

/** A line and a column, both counted from 1. */
interface Position {
  readonly line: number
  readonly column: number
}

/** The offsets at which the lines of a text begin; a byte order mark stands before the first. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** Where an offset stands, found by halving. */
export function positionAt(lineStarts: readonly number[], offset: number): Position {
  let low = 0
  let high = lineStarts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((lineStarts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: Math.max(0, offset - (lineStarts[low] as number)) + 1 }
}

/** A fault as a problem of the file it was found in. */
export function problemOf(fault: YamlFault, file: string): Problem {
  return { code: fault.code, message: fault.message, at: { file, line: fault.line, column: fault.column } }
}

import { indentOf } from '../../text/indent-of.ts'
import { blockLines, type Block } from './read-outline.ts'

/** Whether two blocks say the same, wherever they are indented. */
export function sameBlock(a: Block, b: Block): boolean {
  return a === b || sameFrom(a, b, [Math.max(a.indent, 0), Math.max(b.indent, 0)])
}

/** The same, seen from the columns that the outermost two stand in. */
function sameFrom(a: Block, b: Block, columns: readonly [number, number]): boolean {
  return (
    a.lines.length === b.lines.length &&
    a.children.length === b.children.length &&
    a.lines.every((line, index) => sameLine(line, b.lines[index] as string, columns)) &&
    a.children.every((child, index) => sameFrom(child, b.children[index] as Block, columns))
  )
}

function sameLine(a: string, b: string, [left, right]: readonly [number, number]): boolean {
  return left === right ? a === b : fromColumn(a, left) === fromColumn(b, right)
}

function fromColumn(line: string, column: number): string {
  if (column === 0 || line.trim() === '') return line
  return line.slice(Math.min(column, indentOf(line)))
}

/** A block's lines, moved to stand at this indentation. */
export function reindented(block: Block, indent: number): string[] {
  return shiftLines(blockLines(block), indent - block.indent)
}

export function shiftLines(lines: readonly string[], by: number): string[] {
  if (by === 0) return [...lines]
  return lines.map((line) => {
    if (line.trim() === '') return line
    if (by > 0) return ' '.repeat(by) + line
    return line.slice(Math.min(-by, indentOf(line)))
  })
}

/** The name people read for a block: the key, or the item's first line. */
export function nameOfBlock(block: Block): string {
  const name = block.id.slice(2).split('\n')[0] ?? ''
  return block.kind === 'item' ? `[${name}]` : name
}

import { visible } from './inert.ts'
import type { Block, Item } from './block.ts'
import { flat, type Text } from './text.ts'

/** Blocks as they stand in a terminal; what belongs to a heading, or to words that end in a colon, follows at once. */
export function terminal(blocks: readonly Block[]): string {
  let text = ''
  blocks.forEach((block, index) => {
    const before = blocks[index - 1]
    if (before) text += before.kind === 'heading' || text.endsWith(':') ? '\n' : '\n\n'
    text += linesOf(block).join('\n')
  })
  return `${text}\n`
}

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return wrap(flat(block.text), '')
    case 'list':
      return itemLines(block.items, { isNumbered: block.isNumbered ?? false, indent: '  ' })
    case 'table':
      return tableLines([block.head, ...block.rows])
    case 'lines':
      return indented(block.lines)
    case 'fold':
      return [flat(block.summary), ...terminal(block.blocks).trimEnd().split('\n')]
    case 'sides':
      return block.sides.flatMap(({ name, text }) =>
        text === ''
          ? [`  ${name}: nothing`]
          : [`  ${name}:`, ...indented(indented(text.replace(/\n$/, '').split('\n')))],
      )
    case 'change': {
      const { words, before, after } = block.change
      const [was = '', is = '', nothing = ''] = words.map(flat)
      const now = after.length > 0 ? [is, ...indented(after)] : [nothing]
      return [was, ...indented(before), ...now]
    }
    case 'way':
      return wrap(
        block.stops
          .map(({ release, kubernetes, state }) => {
            const stop = `${release} with Kubernetes ${kubernetes}`
            return state === 'now' ? `[${stop}]` : stop
          })
          .join(' → '),
        '',
      )
  }
}

function itemLines(
  items: readonly Item[],
  { isNumbered, indent }: { readonly isNumbered: boolean; readonly indent: string },
): readonly string[] {
  return items.flatMap(({ text, items: below = [] }, index) => {
    const sign = isNumbered ? `${index + 1}. ` : '- '
    const inner = indent + ' '.repeat(sign.length)
    const [first = '', ...rest] = wrap(flat(text), inner)
    return [
      `${indent}${sign}${first.trimStart()}`,
      ...rest,
      ...itemLines(below, { isNumbered: false, indent: inner }),
    ]
  })
}

function tableLines(rows: readonly (readonly Text[])[]): readonly string[] {
  const cells = rows.map((row) => row.map(flat))
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)))
  return cells.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd())
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${visible(line)}`)
}

/** Columns of the terminal's text; what is longer is wrapped at blanks. */
const WIDTH = 110

/** A paragraph, each line of it behind the indent. A word that is too long stands alone. */
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

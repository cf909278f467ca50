import { minorOf } from '../../model/release-tag.ts'
import { code, fenced, folded, plain, plainHtml, table } from './plain.ts'
import type { Block, Item, WayStop } from './block.ts'
import { anchor, sentence, type Inline, type Text } from './text.ts'

/** Blocks as GitHub's Markdown. */
export function markdown(blocks: readonly Block[]): string {
  return blocks.map(blockText).join('\n\n')
}

/** A sentence that was worded beside its rule. What it quotes may be anybody's, so all that is not code is made inert. */
export function prose(message: string): string {
  return inlineMarkdown(sentence(message)).trim()
}

/** One line of it. */
export function inlineMarkdown(text: Text): string {
  return text.map(pieceText).join('')
}

function pieceText(piece: Inline): string {
  if (typeof piece === 'string') return piece
  switch (piece.kind) {
    case 'code':
      return code(piece.text)
    case 'quoted':
      return plain(piece.text)
    case 'bold':
      return `**${inlineMarkdown(piece.inner)}**`
    case 'soft':
      return `*${inlineMarkdown(piece.inner)}*`
    case 'link':
      return `[${inlineMarkdown(piece.inner)}](${linkTarget(piece.to)})`
    case 'anchor':
      return `<a name="${piece.id}"></a>`
  }
}

/** GitHub puts its own prefix before the names of places in what people write. */
function linkTarget(to: string): string {
  if (to.startsWith('#')) return `#user-content-${to.slice(1)}`
  return to.replace(/[()<>\s\\|]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inlineMarkdown(block.text)}`
    case 'paragraph':
      return inlineMarkdown(block.text)
    case 'list':
      return itemsText(block.items, block.isNumbered ?? false).join('\n')
    case 'table':
      return table(
        block.head.map(inlineMarkdown),
        block.rows.map((row) => row.map(inlineMarkdown)),
      )
    case 'lines':
      return fenced(block.isWhole ? block.lines : shownLines(block.lines), block.language)
    case 'fold': {
      const place = block.mark ? pieceText(anchor(block.mark.id)) : ''
      const text = folded(place + block.summary.map(summaryPiece).join(''), markdown(block.blocks))
      return block.isOpen ? text.replace('<details>', '<details open>') : text
    }
    case 'sides':
      return block.sides.map(({ name, text }) => sideText(name, text)).join('\n\n')
    case 'change': {
      const { words, before, after } = block.change
      const [was, is, nothing] = words.map(inlineMarkdown)
      return [was, diff(before), is, after.length > 0 ? diff(after) : nothing].join('\n\n')
    }
    case 'way':
      return wayPicture(block.stops)
  }
}

function itemsText(items: readonly Item[], isNumbered: boolean, indent = ''): readonly string[] {
  return items.flatMap(({ text, items: below = [], isTask = false }, index) => {
    const sign = isNumbered ? `${index + 1}. ` : '- '
    return [
      `${indent}${sign}${isTask ? '[ ] ' : ''}${inlineMarkdown(text)}`,
      ...itemsText(below, false, `${indent}${' '.repeat(sign.length)}`),
    ]
  })
}

/** A reviewer reads the rest of a long text in the commit itself. */
const MOST_LINES = 120

function shownLines(lines: readonly string[]): readonly string[] {
  const more = lines.length - MOST_LINES
  return more > 0 ? [...lines.slice(0, MOST_LINES), `… ${more} more lines`] : lines
}

function diff(lines: readonly string[]): string {
  return fenced(shownLines(lines), 'diff')
}

function sideText(name: string, text: string): string {
  if (text === '') return `${name}: nothing.`
  return `${name}:\n\n${fenced(text.replace(/\n$/, '').split('\n').slice(0, MOST_LINES), '')}`
}

/** What stands in a summary is HTML, where Markdown's signs do not count. */
function summaryPiece(piece: Inline): string {
  if (typeof piece === 'string') return piece
  if ('text' in piece) return plainHtml(piece.text)
  if (piece.kind === 'anchor') return pieceText(piece)
  if (piece.kind === 'link')
    return `<a href="${linkTarget(piece.to).replace(/["&]/g, plainHtml)}">${piece.inner.map(summaryPiece).join('')}</a>`
  return `<b>${piece.inner.map(summaryPiece).join('')}</b>`
}

/** A picture that GitHub draws. */
function wayPicture(stops: readonly WayStop[]): string {
  const at = stops.findIndex(({ state }) => state === 'now') - 1
  const lines = ['```mermaid', 'flowchart LR']
  const shown = placesShown(stops.length, at)
  for (const [index, place] of shown.entries()) {
    const { release, kubernetes, state } = stops[place] as WayStop
    const kind = state === 'ahead' ? '' : `:::${state}`
    lines.push(`  s${place}["${release}<br/>Kubernetes ${minorOf(kubernetes)}"]${kind}`)
    const before = shown[index - 1]
    if (before !== undefined) lines.push(`  s${before} ${arrow(place - before)} s${place}`)
  }
  return [
    ...lines,
    '  classDef now fill:#2da44e,color:#fff,stroke:#1a7f37',
    '  classDef done fill:#eaeef2,color:#57606a',
    '```',
  ].join('\n')
}

/** Few enough to be read on a telephone: the start, this step with its neighbours, and the end. */
function placesShown(count: number, at: number): readonly number[] {
  const near = [0, at - 1, at, at + 1, at + 2, at + 3, count - 1]
  return [...new Set(near.filter((place) => place >= 0 && place < count))].sort((a, b) => a - b)
}

function arrow(steps: number): string {
  return steps === 1 ? '-->' : `-. ${steps} steps .->`
}

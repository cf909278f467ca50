import { visible } from './inert.ts'
import type { Block, Item, WayStop } from './block.ts'
import { flat, type Inline, type Text } from './text.ts'

/** Blocks as HTML. */
export function html(blocks: readonly Block[], draw: DrawChange): string {
  return blocks.map((block) => blockHtml(block, draw)).join('\n')
}

/** Draws the two forms of a patch beside each other. */
export type DrawChange = (change: Extract<Block, { kind: 'change' }>['change']) => string

/** Text as HTML text: nothing in it is a tag or an entity. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (char) => ENTITIES[char] as string)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** One line of it. */
export function inlineHtml(text: Text): string {
  return text.map(pieceHtml).join('')
}

function pieceHtml(piece: Inline): string {
  if (typeof piece === 'string') return escapeHtml(piece)
  switch (piece.kind) {
    case 'code':
      return `<code>${escapeHtml(piece.text)}</code>`
    case 'quoted':
      return escapeHtml(piece.text)
    case 'bold':
      return `<b>${inlineHtml(piece.inner)}</b>`
    case 'soft':
      return `<i>${inlineHtml(piece.inner)}</i>`
    case 'link':
      return `<a href="${escapeHtml(piece.to)}">${inlineHtml(piece.inner)}</a>`
    case 'anchor':
      return `<a id="${piece.id}"></a>`
  }
}

function blockHtml(block: Block, draw: DrawChange): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level} id="${headingId(block.text)}">${inlineHtml(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p>${inlineHtml(block.text)}</p>`
    case 'list':
      return listHtml(block.items, block.isNumbered ? 'ol' : 'ul')
    case 'table':
      return `<div class="wide"><table><thead>${rowHtml(block.head, 'th')}</thead><tbody>${block.rows.map((row) => rowHtml(row, 'td')).join('\n')}</tbody></table></div>`
    case 'lines':
      return block.language === 'diff'
        ? diffHtml(block.lines)
        : `<pre><code>${escapeHtml(block.lines.join('\n'))}</code></pre>`
    case 'fold': {
      const { summary, blocks, isOpen = false, mark } = block
      const kind = mark ? ` class="patch ${mark.verdict}"` : ''
      const opens = isOpen || mark?.verdict === 'conflict'
      // Inside, so that following a link to it opens it.
      const place = mark ? `<a id="${mark.id}"></a>\n` : ''
      return `<details${kind}${opens ? ' open' : ''}>\n<summary>${inlineHtml(summary)}</summary>\n${place}${html(blocks, draw)}\n</details>`
    }
    case 'sides':
      return `<div class="sides">\n${block.sides.map(({ name, text }) => sideHtml(name, text)).join('\n')}\n</div>`
    case 'change':
      return draw(block.change)
    case 'way':
      return wayHtml(block.stops)
  }
}

/** Where a heading is found in its page. */
export function headingId(text: Text): string {
  return `h-${flat(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`
}

/** Lines of a patch; what it puts in and what it takes out are told apart by more than a sign. */
export function diffHtml(lines: readonly string[]): string {
  const runs: { readonly tag: 'ins' | 'del' | undefined; readonly lines: string[] }[] = []
  for (const line of lines) {
    const tag = TAGS[line[0] ?? '']
    const last = runs.at(-1)
    if (last && last.tag === tag) last.lines.push(line)
    else runs.push({ tag, lines: [line] })
  }
  const shown = runs.map(({ tag, lines: run }) => {
    const text = escapeHtml(run.join('\n'))
    return tag ? `<${tag}>${text}</${tag}>` : text
  })
  return `<pre class="diff"><code>${shown.join('\n')}</code></pre>`
}

const TAGS: Readonly<Record<string, 'ins' | 'del' | undefined>> = { '+': 'ins', '-': 'del' }

function listHtml(items: readonly Item[], tag: 'ol' | 'ul'): string {
  const shown = items.map(({ text, items: below = [], isTask = false }) => {
    const inner = below.length > 0 ? `\n${listHtml(below, 'ul')}` : ''
    return `<li>${isTask ? '<input type="checkbox" disabled> ' : ''}${inlineHtml(text)}${inner}</li>`
  })
  return `<${tag}>\n${shown.join('\n')}\n</${tag}>`
}

function rowHtml(cells: readonly Text[], tag: 'th' | 'td'): string {
  return `<tr>${cells.map((cell) => `<${tag}>${inlineHtml(cell)}</${tag}>`).join('')}</tr>`
}

function sideHtml(name: string, text: string): string {
  const shown = text === '' ? '<i>nothing</i>' : escapeHtml(text.replace(/\n$/, ''))
  return `<div><h4>${escapeHtml(name)}</h4><pre><code>${shown}</code></pre></div>`
}

const WIDTH = 320
const ROW = 44

/** The whole way as a picture, from top to bottom, so that it fits a telephone. */
function wayHtml(stops: readonly WayStop[]): string {
  const height = stops.length * ROW + 8
  const shapes = stops.map((stop, index) => stopHtml(stop, index * ROW + 26))
  const line = `<line class="way" x1="20" y1="26" x2="20" y2="${(stops.length - 1) * ROW + 26}"/>`
  const label = `From ${stops[0]?.release ?? ''} to ${stops.at(-1)?.release ?? ''}`
  return `<svg class="route" role="img" aria-label="${escapeHtml(label)}" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">
${line}
${shapes.join('\n')}
</svg>`
}

function stopHtml({ release, kubernetes, state }: WayStop, y: number): string {
  return `<g class="stop ${state}"><circle cx="20" cy="${y}" r="${state === 'now' ? 9 : 6}"/><text x="42" y="${y + 5}"><tspan class="release">${escapeHtml(release)}</tspan><tspan class="kubernetes" dx="10">Kubernetes ${escapeHtml(kubernetes)}</tspan></text></g>`
}

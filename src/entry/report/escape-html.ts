import { visible } from '../../core/explain/inert.ts'

/** Text as HTML text: nothing in it is a tag or an entity. What keeps a forge from acting on words is of no use here. */
export function escapeHtml(text: string): string {
  return visible(text)
    .replaceAll('\u200b', '')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] as string)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * The Markdown that `core/explain` writes, as HTML: headings, paragraphs, lists, tables, fenced code and folds, and inside of
 * lines code, bold and escapes. It is no renderer of anybody's Markdown: what it does not know comes out as text.
 */
export function blockHtml(markdown: string): string {
  const lines = markdown.split('\n')
  const out: string[] = []
  for (let at = 0; at < lines.length;) {
    const block = blockAt(lines, at)
    out.push(block.html)
    at = Math.max(block.end, at + 1)
  }
  return out.filter((html) => html !== '').join('\n')
}

/** One line of such Markdown as HTML. */
export function inlineHtml(markdown: string): string {
  const nextRun = runsOf(markdown)
  let html = ''
  for (let at = 0; at < markdown.length;) {
    const run = /`+/y
    run.lastIndex = at
    const length = run.exec(markdown)?.[0].length ?? 0
    const end = length > 0 ? nextRun(length, at + length) : undefined
    if (length > 0) {
      html += end === undefined ? '`'.repeat(length) : codeHtml(markdown.slice(at + length, end))
      at = (end ?? at) + length
      continue
    }
    PIECE.lastIndex = at
    const { 0: piece = '', groups = {} } = PIECE.exec(markdown) ?? {}
    at += Math.max(1, piece.length)
    if (groups['bold'] !== undefined) html += `<b>${inlineHtml(groups['bold'])}</b>`
    else if (groups['soft'] !== undefined) html += `<i>${inlineHtml(groups['soft'])}</i>`
    else html += escapeHtml(groups['escaped'] ?? piece)
  }
  return html
}

const PIECE = /\*\*(?<bold>.+?)\*\*|\*(?<soft>[^*\s][^*]*?)\*|\\(?<escaped>[!-/:-@[-`{-~])|[\s\S]/y

function codeHtml(text: string): string {
  return `<code>${escapeHtml(text.replace(/^ (.*) $/s, '$1').replaceAll('\\|', '|'))}</code>`
}

/** Finds where the next run of this many backticks begins; asked from left to right, so that each run is passed once. */
function runsOf(markdown: string): (length: number, from: number) => number | undefined {
  const runs = new Map<number, number[]>()
  for (const { 0: run, index } of markdown.matchAll(/`+/g)) {
    const places = runs.get(run.length)
    if (places) places.push(index)
    else runs.set(run.length, [index])
  }
  for (const places of runs.values()) places.reverse()
  return (length, from) => {
    const places = runs.get(length) ?? []
    while ((places.at(-1) ?? from) < from) places.pop()
    return places.at(-1)
  }
}

interface Block {
  readonly html: string
  /** The line after it. */
  readonly end: number
}

function blockAt(lines: readonly string[], at: number): Block {
  const line = lines[at] ?? ''
  if (line.trim() === '') return { html: '', end: at + 1 }
  const heading = /^(#{1,4}) (.*)$/.exec(line)
  if (heading)
    return {
      html: `<h${heading[1]?.length}>${inlineHtml(heading[2] ?? '')}</h${heading[1]?.length}>`,
      end: at + 1,
    }
  const fence = /^`{3,}/.exec(line)?.[0]
  if (fence !== undefined) return codeBlock(lines, at, fence)
  if (/^<\/?details>$/.test(line)) return { html: line, end: at + 1 }
  // What stands in a summary is HTML already (`plainHtml`).
  if (/^<summary>.*<\/summary>$/.test(line)) return { html: line, end: at + 1 }
  if (/^\|.*\|$/.test(line)) return tableBlock(lines, at)
  if (/^\s*(?:- |\d+\. )/.test(line)) return listBlock(lines, at)
  return paragraph(lines, at)
}

function codeBlock(lines: readonly string[], at: number, fence: string): Block {
  const found = lines.findIndex((line, index) => index > at && line.trim() === fence)
  const end = found < 0 ? lines.length : found
  return { html: `<pre><code>${escapeHtml(lines.slice(at + 1, end).join('\n'))}</code></pre>`, end: end + 1 }
}

function tableBlock(lines: readonly string[], at: number): Block {
  const end = endOf(lines, at, (line) => /^\|.*\|$/.test(line))
  const [head = '', , ...rows] = lines.slice(at, end)
  const cells = (row: string): readonly string[] =>
    row
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim())
  const headHtml = cells(head)
    .map((cell) => `<th>${inlineHtml(cell)}</th>`)
    .join('')
  const body = rows.map(
    (row) =>
      `<tr>${cells(row)
        .map((cell) => `<td>${inlineHtml(cell)}</td>`)
        .join('')}</tr>`,
  )
  return {
    html: `<div class="wide"><table><thead><tr>${headHtml}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`,
    end,
  }
}

/** Items of one level; what is indented below one belongs to it. */
function listBlock(lines: readonly string[], at: number): Block {
  const indent = indentOf(lines[at] ?? '')
  const end = endOf(lines, at, (line) => /^\s*(?:- |\d+\. )/.test(line) && indentOf(line) >= indent)
  const isNumbered = /^\s*\d+\. /.test(lines[at] ?? '')
  const items: string[] = []
  for (let index = at; index < end;) {
    const next = lines.findIndex((line, place) => place > index && place < end && indentOf(line) <= indent)
    const stop = next < 0 ? end : next
    const inner = lines.slice(index + 1, stop)
    const own = inlineHtml((lines[index] ?? '').replace(/^\s*(?:- |\d+\. )/, ''))
    items.push(`<li>${own}${inner.length > 0 ? `\n${blockHtml(inner.join('\n'))}` : ''}</li>`)
    index = stop
  }
  const tag = isNumbered ? 'ol' : 'ul'
  return { html: `<${tag}>\n${items.join('\n')}\n</${tag}>`, end }
}

function paragraph(lines: readonly string[], at: number): Block {
  const end = endOf(
    lines,
    at,
    (line, index) => index === at || (line.trim() !== '' && !/^(?:#|`{3}|<|\||\s*- )/.test(line)),
  )
  return { html: `<p>${inlineHtml(lines.slice(at, end).join(' '))}</p>`, end }
}

function endOf(
  lines: readonly string[],
  at: number,
  belongs: (line: string, index: number) => boolean,
): number {
  let end = at
  while (end < lines.length && belongs(lines[end] ?? '', end)) end++
  return end
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

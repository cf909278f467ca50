import { inert, visible } from './inert.ts'

/*
 * Text of other people is first made harmless and then escaped, once: what is put into an escape afterwards breaks it, and a
 * reader saw `don&#39;t`.
 */

/** Text of other people as plain text in Markdown: nothing in it is live, and it stays on one line. */
export function plain(text: string): string {
  return inert(oneLine(text))
    .replace(/[\\`*_[\]<>|~#&$]/g, '\\$&')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
}

/** The same inside of HTML, where Markdown's escapes do not count: a `<summary>`. */
export function plainHtml(text: string): string {
  return inert(oneLine(text)).replace(/[&<>"'$]/g, (char) => ENTITIES[char] as string)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // Between two of them GitHub sets mathematics.
  $: '&dollar;',
}

/** Code on one line. */
export function code(text: string): string {
  const line = visible(text.replace(/\s+/g, ' '))
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = /^`|`$|^ .* $|^$/.test(line) ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

function oneLine(text: string): string {
  return visible(text.replace(/\s+/g, ' ').trim())
}

/** A block of code with a fence longer than any in it. */
export function fenced(lines: readonly string[], language: string): string {
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => [...line.matchAll(/`{3,}/g)].map(([run]) => run.length)),
  )
  const fence = '`'.repeat(longest + 1)
  // A line break inside of a line would let its rest out of the block.
  const shown = lines.map((line) => visible(line.replace(/\r$/, '').replace(/[\r\n]/g, ' ')))
  return [`${fence}${language}`, ...shown, fence].join('\n')
}

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  // A bar ends a cell even inside of code.
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|').replace(/\n/g, ' ')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A part that opens on a click; the summary is HTML. */
export function folded(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`
}

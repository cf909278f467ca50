import { indentOf } from '../../text/indent-of.ts'
import { sectionHead } from '../../text/section-head.ts'
import { textKind } from '../text-kind.ts'

/** A stretch of lines, `[from..to)`, counted from 0. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/**
 * What the lines of a stretch mean by where they stand: the settings and template statements that they stand in, outermost first, and
 * the rest of the list item that they are a part of. Two stretches of the same lines say the same where this is the same, whatever
 * stands above, below and between.
 */
export function surroundings(path: string, lines: readonly string[], at: Stretch): readonly string[] {
  const statements = openStatements(lines.slice(0, at.from))
  switch (textKind(path)) {
    case 'outline':
      return [...statements, ...inSettings(lines, at)]
    case 'settings':
      return [...statements, ...section(lines.slice(0, at.from))]
    case 'text':
      return statements
  }
}

/** Template statements that are open where these lines end. */
function openStatements(lines: readonly string[]): readonly string[] {
  const open: string[] = []
  for (const part of lines.join('').split('{%').slice(1)) {
    const end = part.indexOf('%}')
    if (end < 0) continue
    const said = part.slice(0, end).replace(/^[-+]/, '').replace(/[-+]$/, '').replace(/\s+/g, ' ').trim()
    const [word = ''] = said.split(' ')
    if (ENDS.test(word)) open.pop()
    else if (/^(?:else|elif)$/.test(word)) open.push(`${open.pop() ?? ''}; ${said}`)
    else if (BEGINS.test(word)) open.push(said)
  }
  return open
}

/** Statements that an end belongs to; of others (`set`, which may have one) nobody looks inside. */
const BEGINS = /^(?:if|for|macro|block|filter|call|raw|with)$/
const ENDS = /^end(?:if|for|macro|block|filter|call|raw|with)$/

/** The line of `[section]` that these lines end in. */
function section(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => sectionHead(line) ?? []).slice(-1)
}

function inSettings(lines: readonly string[], at: Stretch): readonly string[] {
  const inside = lines.slice(at.from, at.to).filter(says)
  // Where nothing stands, what would stand there is a neighbour's sibling.
  const near = inside.length > 0 ? inside : [lines.slice(at.to).find(says) ?? lines.findLast(says) ?? '']
  let depth = Math.min(...near.map(indentOf))
  const parents: number[] = []
  for (let row = at.from - 1; row >= 0 && depth > 0; row--) {
    const line = lines[row] ?? ''
    if (!says(line) || indentOf(line) >= depth) continue
    parents.unshift(row)
    depth = indentOf(line)
  }
  const item = parents.findLast((row) => isItem(lines[row] ?? ''))
  const heads = parents.map((row) => (lines[row] ?? '').trim())
  return item === undefined ? heads : [...heads, ...itemWithout(lines, item, at)]
}

/** The lines of an item but for those of the stretch. */
function itemWithout(lines: readonly string[], item: number, at: Stretch): readonly string[] {
  const depth = indentOf(lines[item] ?? '')
  const next = lines.findIndex((line, row) => row >= at.to && says(line) && indentOf(line) <= depth)
  const end = next < 0 ? lines.length : next
  return lines
    .slice(item, end)
    .filter((line, row) => says(line) && (item + row < at.from || item + row >= at.to))
    .map((line) => line.trim())
}

function says(line: string): boolean {
  return line.trim() !== '' && !line.trim().startsWith('#') && line.trim() !== '---'
}

function isItem(line: string): boolean {
  return /^\s*- /.test(line)
}

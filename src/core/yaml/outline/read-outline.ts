import { oncePer } from '../../model/collections/once-per.ts'
import { indentOf } from '../../text/indent-of.ts'
import { append } from '../../text/append.ts'
/**
 * The shape of an indented text, line by line: settings, list items, comments, template statements and what stands inside
 * them. Made for merging YAML and YAML templates alike: Jinja statements are no YAML, and half of what people patch are
 * `.yml.j2` files. Every line belongs to exactly one block, so a text comes back byte for byte from its outline.
 */
export interface Block {
  readonly kind: 'key' | 'item' | 'comment' | 'blank' | 'statement' | 'text'
  /** What makes it the same thing on another side: the key's name, the item's name or content, the line itself. */
  readonly id: string
  readonly indent: number
  /** The line it starts on, counted from 0. */
  readonly at: number
  /** Its own lines: one, or all of a multi-line scalar. An item that starts with a setting has none of its own. */
  readonly lines: readonly string[]
  readonly children: readonly Block[]
}

interface Open {
  kind: Block['kind']
  id: string
  indent: number
  at: number
  lines: string[]
  children: Open[]
  /** A setting without a value on its line: a list below it may stand at its own indentation. */
  bare: boolean
}

/** Reads the outline of a text, once for each list of lines. The root has no lines of its own. */
export const readOutline = oncePer(readAnew)

function readAnew(lines: readonly string[]): Block {
  const root: Open = { kind: 'text', id: '', indent: -1, at: 0, lines: [], children: [], bare: false }
  const stack: Open[] = [root]
  const kinds = lines.map(kindOf)
  const indents = effectiveIndents(lines, kinds)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string
    const kind = kinds[at] as Block['kind']
    const indent = indents[at] as number
    const top = closeUntil(stack, indent, kind)
    if (kind === 'item') at = addItem(stack, lines, at)
    else if (kind === 'key') at = addKey(stack, lines, at, indent)
    else
      top.children.push({
        kind,
        id: lineId(kind, line),
        indent,
        at,
        lines: [line],
        children: [],
        bare: false,
      })
  }
  nameItems(root)
  return root
}

/** All lines of a block, in order. */
export function blockLines(block: Block): string[] {
  const lines = [...block.lines]
  for (const child of block.children) append(lines, blockLines(child))
  return lines
}

export function kindOf(line: string): Block['kind'] {
  const text = line.trim()
  if (text === '') return 'blank'
  if (text.startsWith('#') || text.startsWith('{#')) return 'comment'
  if (text.startsWith('{%')) return 'statement'
  if (text === '-' || text.startsWith('- ')) return 'item'
  return KEY.test(text) ? 'key' : 'text'
}

/** `key:`, `"key":`, `key.with-dots/and_{{ names }}: value`; a URL is none, since no blank follows its colon. */
const KEY = /^(?:("[^"]*"|'[^']*')\s*|([A-Za-z0-9_.$/<{][^:#"']*)((?::[^\s:#"']+)+\s*)?):(?=\s|$)/

function keyOf(text: string): string {
  const [, quoted, plain, more = ''] = KEY.exec(text) ?? []
  return quoted?.slice(1, -1) ?? (plain === undefined ? text : plain + more).trimEnd()
}

function lineId(kind: Block['kind'], line: string): string {
  return kind === 'blank' ? '' : `${kind[0]}:${line.trim()}`
}

/**
 * The indentation each line counts with. Comments, blank lines and statements may stand anywhere: they belong to what
 * follows them, the ends of template blocks to what stands before.
 */
function effectiveIndents(lines: readonly string[], kinds: readonly Block['kind'][]): number[] {
  const indents = new Array<number>(lines.length).fill(0)
  let next = 0
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] as string
    const kind = kinds[at]
    if (kind === 'comment') indents[at] = Math.max(indentOf(line), next)
    else if (kind === 'blank' || kind === 'statement') indents[at] = next
    else indents[at] = next = indentOf(line)
  }
  let before = 0
  lines.forEach((line, at) => {
    const kind = kinds[at]
    if (kind === 'statement' && /^\{%-?\+?\s*end/.test(line.trim())) indents[at] = before
    else if (kind === 'key' || kind === 'item' || kind === 'text') before = indentOf(line)
  })
  return indents
}

/** Closes what a line at this indentation cannot stand in; returns what it stands in. */
function closeUntil(stack: Open[], indent: number, kind: Block['kind']): Open {
  for (;;) {
    const top = stack[stack.length - 1] as Open
    if (top.indent < indent) return top
    if (top.indent === indent && kind === 'item' && top.kind === 'key' && top.bare) return top
    stack.pop()
  }
}

/** Adds the setting that starts in this column; returns the last line it takes. */
function addKey(stack: Open[], lines: readonly string[], at: number, indent: number): number {
  const line = lines[at] as string
  const text = line.slice(indent)
  const end = isBlockScalar(text) ? scalarEnd(lines, at, indent) : at + 1
  const key: Open = {
    kind: 'key',
    id: `k:${keyOf(text.trim())}`,
    indent,
    at,
    lines: lines.slice(at, end),
    children: [],
    bare: /:\s*(?:#.*)?$/s.test(text.trim()),
  }
  stack.at(-1)?.children.push(key)
  stack.push(key)
  return end - 1
}

/** A list item; a setting on its first line becomes its first child, standing two columns further in. */
function addItem(stack: Open[], lines: readonly string[], at: number): number {
  const line = lines[at] as string
  const indent = indentOf(line)
  const item: Open = { kind: 'item', id: '', indent, at, lines: [], children: [], bare: false }
  stack.at(-1)?.children.push(item)
  stack.push(item)
  const dash = /^-\s*/.exec(line.slice(indent))?.[0].length ?? 1
  const rest = line.slice(indent + dash)
  if (kindOf(rest) === 'key') return addKey(stack, lines, at, indent + dash)
  item.lines.push(line)
  if (!isBlockScalar(rest)) return at
  const end = scalarEnd(lines, at, indent)
  append(item.lines, lines.slice(at + 1, end))
  return end - 1
}

function isBlockScalar(text: string): boolean {
  return /(?:^|[:\s])[|>][+-]?\d?[+-]?\s*(?:#.*)?$/s.test(text.trimEnd())
}

/** Where the lines of a `|` or `>` scalar end: before the first line that is not further in; blank lines at its end are not its own. */
function scalarEnd(lines: readonly string[], at: number, indent: number): number {
  let end = at + 1
  for (let next = at + 1; next < lines.length; next++) {
    const line = lines[next] as string
    if (line.trim() === '') continue
    if (indentOf(line) <= indent) break
    end = next + 1
  }
  return end
}

/** Items are known by their name or key where they have one, else by all they hold. */
function nameItems(block: Open): void {
  for (const child of block.children) {
    nameItems(child)
    if (child.kind === 'item') child.id = itemId(child)
  }
}

/** What an item is known by of what it holds: its name, where it has one. */
export function namingOf<B extends Pick<Block, 'id'>>({
  children,
}: {
  readonly children: readonly B[]
}): B | undefined {
  for (const key of ['k:name', 'k:id', 'k:key']) {
    const named = children.find((child) => child.id === key)
    if (named) return named
  }
  return undefined
}

function itemId(item: Open): string {
  const named = namingOf(item)
  if (named) return `i:${(named.lines[0] as string).trim().replace(/^-\s*/, '')}`
  return `i:${blockLines(item)
    .map((line) => line.trim())
    .join('\n')}`
}

import { plainScalar, type PlainValue } from './plain-value.ts'
import { pythonText } from './python-number.ts'
import { resolvePlain } from './resolve-scalar.ts'

/**
 * Reads the plain part of YAML line by line: block mappings and lists, scalars of one line, and block scalars
 * of even indentation. That is what huge checksum maps are made of, and most tasks. Anything else (flow collections, anchors,
 * tags, scalars over several lines) gives `undefined`, and the caller asks the parser; a line is never
 * guessed at.
 */
export function scanBlock(text: readonly string[]): Scanned | undefined {
  const duplicates: string[] = []
  const lines = [...text]
  const start = skipBlank(lines, 0)
  if (start >= lines.length) return { value: undefined, duplicates }
  const node = readNode({ lines, at: start, indent: indentOf(lines[start] as string), duplicates })
  if (!node || skipBlank(lines, node.next) < lines.length) return undefined
  return { value: node.value, duplicates }
}

interface Scanned {
  readonly value: PlainValue
  /** Keys written twice in one mapping; the last one wins, as in PyYAML. */
  readonly duplicates: readonly string[]
}

interface Position {
  /** A copy of our own, in which the dash of an item is taken for a blank once it was read. */
  readonly lines: string[]
  readonly at: number
  readonly indent: number
  readonly duplicates: string[]
}

interface Node {
  readonly value: PlainValue
  /** The line after the node. */
  readonly next: number
}

function readNode(position: Position): Node | undefined {
  return isItem(position.lines[position.at] as string) ? readItems(position) : readMap(position)
}

const ENTRY = /^(?<key>[A-Za-z0-9_][\w.+/-]*|'[^']*'|"[^"\\]*"):(?:\s(?<rest>.*))?$/

function readMap({ lines, at, indent, duplicates }: Position): Node | undefined {
  const map = new Map<string, PlainValue>()
  let next = at
  while (next < lines.length) {
    const line = lines[next] as string
    if (indentOf(line) !== indent || isItem(line)) break
    const entry = ENTRY.exec(line.slice(indent))?.groups
    const key = entry && readKey(entry['key'] as string)
    const node =
      entry && readEntry({ lines, at: next, indent, duplicates }, (entry['rest'] ?? '').trimStart())
    if (key === undefined || !node) return undefined
    if (map.has(key)) duplicates.push(key)
    map.set(key, node.value)
    next = skipBlank(lines, node.next)
    if (next < lines.length && indentOf(lines[next] as string) > indent) return undefined
  }
  return { value: map, next }
}

/** A key as Python would print it: an unquoted `1.10` is a float there, and its zero is lost. */
function readKey(text: string): string {
  if (text.startsWith("'") || text.startsWith('"')) return text.slice(1, -1)
  return pythonText(resolvePlain(text).value)
}

/** The value of a key or item whose first line holds `rest` after its mark. */
function readEntry(position: Position, rest: string): Node | undefined {
  const { lines, at, indent } = position
  const block = /^(?<style>[|>])(?<chomp>[-+]?)\s*(?:#.*)?$/.exec(rest)?.groups
  if (block) return readBlockScalar(position, { folded: block['style'] === '>', chomp: block['chomp'] ?? '' })
  if (rest !== '' && !rest.startsWith('#')) {
    const scalar = readScalar(rest)
    return scalar && { value: scalar.value, next: at + 1 }
  }
  const inner = skipBlank(lines, at + 1)
  const line = lines[inner]
  const within = line === undefined ? -1 : indentOf(line)
  // A list may stand as far left as the key it belongs to.
  if (line === undefined || within < indent || (within === indent && !isItem(line)))
    return { value: undefined, next: at + 1 }
  return readNode({ ...position, at: inner, indent: within })
}

function readItems({ lines, at, indent, duplicates }: Position): Node | undefined {
  const items: PlainValue[] = []
  let next = at
  while (next < lines.length) {
    const line = lines[next] as string
    if (indentOf(line) !== indent || !isItem(line)) break
    const node = readItem({ lines, at: next, indent, duplicates })
    if (!node) return undefined
    items.push(node.value)
    next = skipBlank(lines, node.next)
    if (next < lines.length && indentOf(lines[next] as string) > indent) return undefined
  }
  return { value: items, next }
}

/** A scalar behind the dash, or a mapping that begins there: its other keys stand below its first. */
function readItem({ lines, at, indent, duplicates }: Position): Node | undefined {
  const line = lines[at] as string
  const within = `${line.slice(0, indent)} ${line.slice(indent + 1)}`
  const column = indentOf(within)
  if (!ENTRY.test(within.slice(column))) {
    const scalar = readScalar(within.trim())
    return scalar && { value: scalar.value, next: at + 1 }
  }
  lines[at] = within
  return readMap({ lines, at, indent: column, duplicates })
}

/**
 * Only text without empty lines. Folded text must start all its lines in one column, so that folding is a
 * join; literal text may be indented further.
 */
function readBlockScalar(
  { lines, at, indent }: Position,
  { folded, chomp }: { folded: boolean; chomp: string },
): Node | undefined {
  const inner = indentOf(lines[at + 1] ?? '')
  if (inner <= indent || chomp === '+') return undefined
  let next = at + 1
  const text: string[] = []
  for (; next < lines.length; next++) {
    const line = lines[next] as string
    if (line.trim() === '' || indentOf(line) < inner) break
    if (folded && indentOf(line) > inner) return undefined
    text.push(line.slice(inner))
  }
  if (continues(lines, next, indent)) return undefined
  return { value: text.join(folded ? ' ' : '\n') + (chomp === '-' ? '' : '\n'), next }
}

/** Whether lines of the same block scalar follow after empty ones. */
function continues(lines: readonly string[], at: number, indent: number): boolean {
  const next = lines.findIndex((line, index) => index >= at && line.trim() !== '')
  return next >= 0 && indentOf(lines[next] as string) > indent
}

const QUOTED = /^(?:"(?<double>(?:[^"\\]|\\["\\nt])*)"|'(?<single>(?:[^']|'')*)')\s*(?:#.*)?$/
const EMPTY_MAP = /^\{\s*\}\s*(?:#.*)?$/
/** A list on one line whose items hold no comma, bracket or quote. */
const SHORT_LIST = /^\[(?<items>[^[\]{}#]*)\]\s*(?:#.*)?$/
/** A mapping on one line, likewise. */
const SHORT_MAP = /^\{(?<entries>[^[\]{}#]+)\}\s*(?:#.*)?$/
const SHORT_ENTRY = /^(?<key>[A-Za-z_]\w*): +(?<value>\S.*)$/
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t' }

/** A scalar (or a short list or mapping) that ends on its line; a comment after it is cut. */
function readScalar(text: string): { readonly value: PlainValue } | undefined {
  const quoted = QUOTED.exec(text)?.groups
  if (quoted?.['double'] !== undefined)
    return { value: quoted['double'].replace(/\\(.)/g, (_, char: string) => ESCAPED[char] ?? char) }
  if (quoted) return { value: (quoted['single'] ?? '').replaceAll("''", "'") }
  if (EMPTY_MAP.test(text)) return { value: new Map() }
  const list = SHORT_LIST.exec(text)?.groups?.['items']
  if (list !== undefined) return readShortList(list)
  const entries = SHORT_MAP.exec(text)?.groups?.['entries']
  if (entries !== undefined) return readShortMap(entries)
  const plain = text.replace(/\s#.*$/s, '').trimEnd()
  if (/^[&*!|>%@`'"[\]{},#]|^[-?:](?:\s|$)|:(?:\s|$)/.test(plain)) return undefined
  return { value: plainScalar(resolvePlain(plain).value) }
}

function readShortList(text: string): { readonly value: PlainValue } | undefined {
  if (text.trim() === '') return { value: [] }
  const values = text.split(',').map((each) => readShort(each.trim()))
  return values.every((each) => each !== undefined) ? { value: values.map(({ value }) => value) } : undefined
}

function readShortMap(text: string): { readonly value: PlainValue } | undefined {
  const map = new Map<string, PlainValue>()
  for (const each of text.split(',')) {
    const { key = '', value = '' } = SHORT_ENTRY.exec(each.trim())?.groups ?? {}
    const read = readShort(value)
    const name = readKey(key)
    if (!read || map.has(name)) return undefined
    map.set(name, read.value)
  }
  return { value: map }
}

function readShort(text: string): { readonly value: PlainValue } | undefined {
  return /^(?:"[^"'\\]*"|'[^'"]*'|[\w./+-]+)$/.test(text) ? readScalar(text) : undefined
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0
}

function isItem(line: string): boolean {
  return /^ *-(?:\s|$)/.test(line)
}

function skipBlank(lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && /^\s*(?:#.*)?$/.test(lines[at] as string)) at++
  return at
}

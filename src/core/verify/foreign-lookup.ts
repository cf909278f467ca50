import { defined } from '../model/defined.ts'
import { nameOf } from '../model/parent-of.ts'
import { readDocument } from '../yaml/values/read-values.ts'
import type { PlainValue } from '../yaml/values/plain-value.ts'

/** A place where a template may start a program or talk to somebody, since it asks a lookup that is not known to be harmless. */
interface ForeignLookup {
  /** Counted from 1. */
  readonly line: number
  /** Absent where the name is worked out. */
  readonly name?: string
}

/** Lookups that read variables, files of the folder or the environment, and start nothing. */
const HARMLESS = new Set([
  ...['config', 'csvfile', 'dict', 'env', 'file', 'fileglob', 'first_found', 'flattened', 'indexed_items'],
  ...['ini', 'inventory_hostnames', 'items', 'list', 'nested', 'random_choice', 'sequence', 'subelements'],
  ...['template', 'together', 'unvault', 'vars', 'varnames'],
])

/** Passwords are made in files: only below folders that are ours for the time. */
const PASSWORD_IN = /^\s*,\s*(?:credentials_dir|inventory_dir)\b/

const CALL = /\b(?:lookup|query|q)\b\s*(?:\(\s*(?:(["'])([\w.]+)\1)?)?/g

/**
 * The first such place of a file. What is written with escapes is read as it is meant; in a template, the mere name of the function
 * counts, since it may be given another one.
 */
export function foreignLookup(path: string, text: string): ForeignLookup | undefined {
  const found = inText(text)
  if (found) return found
  if (!/\\|!!binary/.test(text) || !/\.(?:ya?ml|json)$|^[^.]*$/.test(nameOf(path))) return undefined
  for (const each of stringsIn(readDocument(text))) {
    const meant = inText(each)
    if (meant) return { ...meant, line: 1 }
  }
  return undefined
}

/** The same of an expression that stands without braces, as conditions do. */
export function foreignInExpression(expression: string): ForeignLookup | undefined {
  return inText(`{{ ${expression} }}`)
}

function inText(text: string): ForeignLookup | undefined {
  if (!/lookup|query|\bq\b/.test(text)) return undefined
  const templates = templatesIn(text)
  for (const match of text.matchAll(CALL)) {
    const isCall = match[0].includes('(')
    const isInTemplate = templates.some(([from, to]) => match.index >= from && match.index < to)
    if ((!isCall && !isInTemplate) || isComment(text, match.index) || isPartOfName(text, match.index))
      continue
    const name = match[2]?.replace(/^ansible\.(?:builtin|legacy)\./, '')
    if (name !== undefined && HARMLESS.has(name)) continue
    const behind = text.slice(match.index + match[0].length)
    if (name === 'password' && PASSWORD_IN.test(behind)) continue
    return { line: lineAt(text, match.index), ...defined({ name }) }
  }
  return undefined
}

/** From each `{{` or `{%` to its end, or to that of the text. */
function templatesIn(text: string): readonly (readonly [number, number])[] {
  const found: [number, number][] = []
  for (let at = nextOf(text, ['{{', '{%'], 0); at < text.length;) {
    const end = nextOf(text, [text[at + 1] === '{' ? '}}' : '%}'], at)
    found.push([at, end])
    at = nextOf(text, ['{{', '{%'], end)
  }
  return found
}

function nextOf(text: string, marks: readonly string[], from: number): number {
  const found = marks.map((mark) => text.indexOf(mark, from)).filter((at) => at >= 0)
  return Math.min(text.length, ...found)
}

/** `x.query(`, `'query'`, `query=` and `query:` are somebody else's word, and `json_query` can call nothing that it is given. */
function isPartOfName(text: string, at: number): boolean {
  const word = /^\w+/.exec(text.slice(at, at + 10))?.[0] ?? ''
  if (/\bjson_query\($/.test(text.slice(Math.max(0, at - 20), at))) return true
  return (
    /[.\w]$/.test(text.slice(Math.max(0, at - 1), at)) ||
    /^\s*(?:[=:'"]|-\w)/.test(text.slice(at + word.length, at + word.length + 20))
  )
}

function isComment(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1
  return /^\s*#/.test(text.slice(start, at))
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}

function stringsIn(value: PlainValue): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value instanceof Map)
    return [...value].flatMap(([key, inner]) => [key as string, ...stringsIn(inner as PlainValue)])
  return Array.isArray(value) ? (value as readonly PlainValue[]).flatMap(stringsIn) : []
}

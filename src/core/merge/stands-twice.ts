import { optional } from '../model/defined.ts'
import type { MergeNote } from '../model/merge-note.ts'
import type { Sides } from '../model/sides.ts'
import { sameLines } from '../text/diff3.ts'
import { nameOfBlock } from '../yaml/outline/same-block.ts'
import { readOutline, type Block } from '../yaml/outline/read-outline.ts'
import { lineWeight } from './line-bag.ts'
import type { TextKind } from './text-kind.ts'

/** Something that a merged text has more often than any of its sides. */
export interface Twice {
  /** The key with the settings it stands in, or the line. */
  readonly name: string
  /** The settings and items that it stands in, its own name last; of a line nothing. */
  readonly place?: string
  /** A key of a map, of which there can be but one; an item of a list; or a line. */
  readonly kind: 'key' | 'item' | 'line'
}

/**
 * What a merged text has more often than base, upstream and patch: both sides put it in, at two places. In a text with an
 * outline that is a key, an item or a line at one level; in any other text a line that says something, wherever it stands.
 */
export function standsTwice(
  merged: readonly string[],
  { base, upstream, patch }: Sides<readonly string[]>,
  kind: TextKind,
): readonly Twice[] {
  // What one side has is not counted: neither it nor the others need to be read for that.
  if (sameLines(merged, upstream) || sameLines(merged, patch)) return []
  const counts = COUNTS[kind]
  const often = [...counts(merged)].filter(([, { times }]) => times > 1)
  if (often.length === 0) return []
  const sides = [upstream, patch, base].map(counts)
  const found = often.filter(([id, { times }]) => sides.every((side) => (side.get(id)?.times ?? 0) < times))
  const ids = new Set(found.map(([id]) => id))
  return found.filter(([id]) => !isBelow(id, ids)).map(([, { times: _, ...what }]) => what)
}

/** What is to be said of it, keys first. */
export function twiceNotes(twice: readonly Twice[]): readonly MergeNote[] {
  const [keys, others] = [true, false].map((isKey) =>
    twice.filter(({ kind }) => (kind === 'key') === isKey).map(({ name }) => name),
  ) as [string[], string[]]
  return [
    ...(keys.length > 0 ? [{ code: 'key-twice', names: keys } as const] : []),
    ...(others.length > 0 ? [{ code: 'line-twice', names: others } as const] : []),
  ]
}

interface Counted extends Twice {
  times: number
}

type Counts = Map<string, Counted>

const outlined = new WeakMap<readonly string[], Counts>()

function inOutline(lines: readonly string[]): Counts {
  let counts = outlined.get(lines)
  if (counts) return counts
  outlined.set(lines, (counts = new Map<string, Counted>()))
  countBelow(readOutline(lines), { id: '', names: [] }, counts)
  return counts
}

const SEPARATOR = '\n\n'

function countBelow(
  { children }: Block,
  { id, names }: { readonly id: string; readonly names: readonly string[] },
  counts: Counts,
): void {
  for (const child of children) {
    const kind = child.kind === 'key' || child.kind === 'item' ? child.kind : 'line'
    if (kind === 'line' && !saysEnough(child)) continue
    const below = kind === 'line' ? names : [...names, nameOfBlock(child)]
    const own = `${id}${SEPARATOR}${child.id}`
    const first = child.lines[0] ?? child.children[0]?.lines[0] ?? ''
    const place = below.join('.')
    add(counts, own, {
      name: kind === 'key' ? place : first.trim(),
      kind,
      ...optional(kind !== 'line', () => ({ place })),
    })
    countBelow(child, { id: own, names: below }, counts)
  }
}

/** What stands below something that is there twice is told with it. */
function isBelow(id: string, others: ReadonlySet<string>): boolean {
  for (let at = id.lastIndexOf(SEPARATOR); at > 0; at = id.lastIndexOf(SEPARATOR, at - 1))
    if (others.has(id.slice(0, at))) return true
  return false
}

/** Ends of blocks stand everywhere. */
function saysEnough({ lines: [line = ''] }: Block): boolean {
  return isTelling(line.trim())
}

function isTelling(line: string): boolean {
  return lineWeight(line) >= 1 && !/^\{%[-+]?\s*(?:end|el(?:se|if))/.test(line)
}

const texts = new WeakMap<readonly string[], Counts>()

function inText(lines: readonly string[]): Counts {
  let counts = texts.get(lines)
  if (counts) return counts
  texts.set(lines, (counts = new Map<string, Counted>()))
  for (const line of lines) {
    const name = line.trim()
    if (isTelling(name)) add(counts, name, { name, kind: 'line' })
  }
  return counts
}

const settings = new WeakMap<readonly string[], Counts>()

/** Lines, the sections that they open, and what is assigned to in a section and under the same template statements. */
function inSettings(lines: readonly string[]): Counts {
  let counts = settings.get(lines)
  if (counts) return counts
  settings.set(lines, (counts = new Map(inText(lines))))
  const statements: string[] = []
  let section = ''
  for (const line of lines) {
    const text = line.trim()
    follow(text, statements)
    if (/^\[+[^[\]]+\]+$/.test(text)) {
      section = text
      add(counts, `${SEPARATOR}${text}`, { name: text, kind: 'key' })
    }
    const name = ASSIGNED.exec(text)?.[1]
    if (name === undefined) continue
    const place = [...statements, section, name].join('\n')
    add(counts, `${SEPARATOR}${place}`, { name: section === '' ? name : `${section} ${name}`, kind: 'key' })
  }
  return counts
}

const ASSIGNED = /^(?:export\s+)?([A-Za-z_][\w.-]*)\s*=(?!=)/

/** Keeps track of the template statements that a line stands in. */
function follow(text: string, statements: string[]): void {
  const statement = /^\{%[-+]?\s*(\w+)/.exec(text)?.[1]
  if (statement === undefined) return
  if (statement.startsWith('end')) statements.pop()
  else if (statement === 'else' || statement === 'elif') statements.splice(-1, 1, text)
  else if (statement === 'if' || statement === 'for') statements.push(text)
}

const COUNTS = { outline: inOutline, settings: inSettings, text: inText }

function add(counts: Counts, id: string, what: Twice): void {
  const seen = counts.get(id)
  if (seen) seen.times++
  else counts.set(id, { ...what, times: 1 })
}

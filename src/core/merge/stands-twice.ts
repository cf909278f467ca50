import { oncePer } from '../model/collections/once-per.ts'
import type { MergeNote } from '../model/merge-note.ts'
import type { Sides } from '../model/sides.ts'
import { sameLines } from '../text/diff3.ts'
import { nameOfBlock } from '../yaml/outline/same-block.ts'
import { readOutline, type Block } from '../yaml/outline/read-outline.ts'
import { isTelling } from '../text/line-weight.ts'
import { sectionHead } from '../text/section-head.ts'
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
  const often = counts(merged)
  if (!hasOften(often)) return []
  return [...oftener(often, [upstream, patch, base].map(counts))]
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

/** How often something stands at one place, and what stands below it. */
interface Counted {
  times: number
  below: Counts
  /** Names are put together for the few that are told, not for each of thousands of blocks. */
  what(this: void): Twice
}

type Counts = Map<string, Counted>

const NOTHING: Counts = new Map()

function hasOften(counts: Counts): boolean {
  for (const { times, below } of counts.values()) if (times > 1 || hasOften(below)) return true
  return false
}

/** What one has more often than all sides; what stands below it is told with it. */
function* oftener(counts: Counts, sides: readonly Counts[]): Generator<Twice> {
  for (const [id, { times, below, what }] of counts) {
    const there = sides.map((side) => side.get(id))
    if (times > 1 && there.every((each) => (each?.times ?? 0) < times)) yield what()
    else if (below.size > 0)
      yield* oftener(
        below,
        there.map((each) => each?.below ?? NOTHING),
      )
  }
}

const inOutline = oncePer((lines: readonly string[]): Counts => {
  const counts: Counts = new Map<string, Counted>()
  countBelow(readOutline(lines), undefined, counts)
  return counts
})

/** The keys and items that a block stands in, from the inside. */
interface Above {
  readonly block: Block
  readonly above: Above | undefined
}

function countBelow({ children }: Block, above: Above | undefined, counts: Counts): void {
  for (const child of children) {
    const isLine = child.kind !== 'key' && child.kind !== 'item'
    if (isLine && !saysEnough(child)) continue
    const own = { block: child, above }
    const counted = add(counts, child.id, () => told(own))
    if (child.children.length === 0) continue
    if (counted.below === NOTHING) counted.below = new Map()
    countBelow(child, isLine ? above : own, counted.below)
  }
}

function told(own: Above): Twice {
  const { kind, lines, children } = own.block
  const first = (lines[0] ?? children[0]?.lines[0] ?? '').trim()
  if (kind !== 'key' && kind !== 'item') return { name: first, kind: 'line' }
  const names: string[] = []
  for (let at: Above | undefined = own; at; at = at.above) names.unshift(nameOfBlock(at.block))
  const place = names.join('.')
  return { name: kind === 'key' ? place : first, kind, place }
}

/** Ends of blocks stand everywhere. */
function saysEnough({ lines: [line = ''] }: Block): boolean {
  return saysMore(line.trim())
}

/** More than where a block ends. */
function saysMore(line: string): boolean {
  return isTelling(line) && !/^\{%[-+]?\s*(?:end|el(?:se|if))/.test(line)
}

const inText = oncePer((lines: readonly string[]): Counts => {
  const counts: Counts = new Map<string, Counted>()
  for (const line of lines) {
    const name = line.trim()
    if (saysMore(name)) add(counts, name, () => ({ name, kind: 'line' }))
  }
  return counts
})

/** Lines, the sections that they open, and what is assigned to in a section and under the same template statements. */
const inSettings = oncePer((lines: readonly string[]): Counts => {
  const counts: Counts = new Map(inText(lines))
  const statements: string[] = []
  let section = ''
  for (const line of lines) {
    const text = line.trim()
    follow(text, statements)
    const head = sectionHead(text)
    if (head !== undefined) {
      section = head
      add(counts, `${NO_LINE}${head}`, () => ({ name: head, kind: 'key' }))
    }
    const name = ASSIGNED.exec(text)?.[1]
    if (name === undefined) continue
    const place = [...statements, section, name].join('\n')
    const called = section === '' ? name : `${section} ${name}`
    add(counts, `${NO_LINE}${place}`, () => ({ name: called, kind: 'key' }))
  }
  return counts
})

/** No line begins with it: names of settings are told from the lines beside them. */
const NO_LINE = '\n'

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

function add(counts: Counts, id: string, what: () => Twice): Counted {
  let counted = counts.get(id)
  if (counted) counted.times++
  else counts.set(id, (counted = { times: 1, below: NOTHING, what }))
  return counted
}

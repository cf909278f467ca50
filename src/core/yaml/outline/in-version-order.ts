import { oncePer } from '../../model/collections/once-per.ts'
import type { Sides } from '../../model/sides.ts'
import { directionOf, isVersionKey } from './after-in-order.ts'
import { kindOf, readOutline, type Block } from './read-outline.ts'
import { scalarForm } from './scalar-form.ts'

interface InOrder {
  readonly lines: readonly string[]
  /** The maps in which a version of the patch's went to its place. */
  readonly maps: readonly string[]
}

/**
 * A merged text with the versions that only the patch has in their place, in each map of versions that the release has in order:
 * the first of them is the default, and lines put one where its neighbour stands, which may be at the top. A patch that has
 * them in no order itself means the place it gives them.
 */
export function inVersionOrder(merged: readonly string[], sides: Sides<readonly string[]>): InOrder {
  const [there, ours] = [byPath(sides.upstream), byPath(sides.patch)]
  const placed = new Map<Block, readonly Block[]>()
  const maps: string[] = []
  for (const { path, block } of versionMaps(merged)) {
    const own = ours.get(path)
    const children = own && ordered(block, there.get(path)?.keys ?? [], own.keys)
    if (!children) continue
    placed.set(block, children)
    maps.push(path.slice(1).split('\n').join('.'))
  }
  if (maps.length === 0) return { lines: merged, maps }
  const write = (block: Block): readonly string[] => [
    ...block.lines,
    ...(placed.get(block) ?? block.children).flatMap(write),
  ]
  return { lines: write(readOutline(merged)), maps }
}

/** Whether any of these lines sets something for a version. */
export function setsVersion(lines: readonly string[]): boolean {
  return lines.some((line) => VERSION_LINE.test(line) && kindOf(line) === 'key')
}

const VERSION_LINE = /^\s*["']?v?\d+(?:\.\d+)+["']?\s*:/

/** A map that holds nothing but versions. */
interface VersionMap {
  /** The settings it stands in. */
  readonly path: string
  readonly block: Block
  readonly keys: readonly Block[]
}

/** The maps of a text that hold nothing but versions. */
const versionMaps = oncePer((lines: readonly string[]): readonly VersionMap[] => [
  ...mapsBelow(readOutline(lines), []),
])

/** Paths are put together for the few maps that hold versions. */
function* mapsBelow(block: Block, above: readonly Block[]): Generator<VersionMap> {
  const keys = block.children.filter(isKey)
  if (keys.length > 0 && keys.every(isVersionKey)) yield { path: above.map(nameOf).join(''), block, keys }
  for (const child of block.children)
    if (child.children.length > 0) yield* mapsBelow(child, [...above, child])
}

function byPath(lines: readonly string[]): ReadonlyMap<string, VersionMap> {
  return new Map(versionMaps(lines).map((map) => [map.path, map]))
}

function nameOf({ kind, id }: Block): string {
  return `\n${kind === 'item' ? id : scalarForm(id.slice(2)).core}`
}

/** The children of a map with the patch's own versions where they belong; `undefined` where they stand there, or nowhere. */
function ordered(
  { children }: Block,
  there: readonly Block[],
  ours: readonly Block[],
): readonly Block[] | undefined {
  const known = new Set(there.map(versionOf))
  const keys = children.filter(isKey)
  const own = keys.filter((key) => !known.has(versionOf(key)))
  if (own.length === 0 || there.length === 0 || !keys.every(isVersionKey)) return undefined
  const inPatch = directionOf(ours)
  const direction = there.length > 1 ? directionOf(there) : inPatch
  if (inPatch === undefined || direction === undefined || directionOf(keys) === direction) return undefined
  const moving = own.map((key) => withComments(key, children, there))
  const placed = children.filter((child) => !moving.some((group) => group.includes(child)))
  for (const group of moving) {
    const key = group.at(-1) as Block
    const before = placed.findLastIndex((each) => isKey(each) && directionOf([each, key]) === direction)
    const first = placed.findIndex(isKey)
    placed.splice(before >= 0 ? before + 1 : Math.max(first, 0), 0, ...group)
  }
  return directionOf(placed.filter(isKey)) === direction ? placed : undefined
}

/** A key with the comments right above it, but for those at the top of a map, which may be about all of it. */
function withComments(key: Block, children: readonly Block[], there: readonly Block[]): readonly Block[] {
  const at = children.indexOf(key)
  let from = at
  while (children[from - 1]?.kind === 'comment') from--
  return from === 0 && there.length > 0 ? [key] : children.slice(from, at + 1)
}

function isKey({ kind }: Block): boolean {
  return kind === 'key'
}

function versionOf({ id }: Block): string {
  return scalarForm(id.slice(2)).core
}

import { oncePer } from '../../model/collections/once-per.ts'
import type { Sides } from '../../model/sides.ts'
import { namingOf, readOutline, type Block } from './read-outline.ts'

/**
 * What a text says, whatever the order: each line with the settings it stands in, counted. Two texts with the same meaning
 * here set the same keys to the same values under the same parents. An item is one of these only by a name that all texts have that are
 * compared: under another name it can be the same, and without one its lines are all there is to know it by.
 */
function meaningOf(lines: readonly string[], names: ReadonlySet<string>): ReadonlyMap<string, number> {
  const said = new Map<string, number>()
  const visit = (block: Block, path: string): void => {
    const below = block.kind === 'key' || block.kind === 'item' ? `${path}/${labelOf(block, names)}` : path
    for (const line of block.lines) {
      if (line.trim() === '') continue
      const key = `${below} ${line.trim()}`
      said.set(key, (said.get(key) ?? 0) + 1)
    }
    for (const child of block.children) visit(child, below)
  }
  visit(readOutline(lines), '')
  return said
}

function labelOf({ kind, id }: Block, names: ReadonlySet<string>): string {
  return kind === 'key' || names.has(id) ? id : '-'
}

/** The names of items that every one of the texts has. */
function namesInAll(...[first, ...rest]: readonly (readonly string[])[]): ReadonlySet<string> {
  const others = rest.map(namesIn)
  return new Set([...namesIn(first ?? [])].filter((name) => others.every((names) => names.has(name))))
}

const namesIn = oncePer(
  (lines: readonly string[]): ReadonlySet<string> => new Set(namesBelow(readOutline(lines))),
)

function namesBelow(block: Block): string[] {
  const own = block.kind === 'item' && namingOf(block) ? [block.id] : []
  return [...own, ...block.children.flatMap(namesBelow)]
}

export function sameMeaning(a: readonly string[], b: readonly string[]): boolean {
  const names = namesInAll(a, b)
  const left = meaningOf(a, names)
  const right = meaningOf(b, names)
  if (left.size !== right.size) return false
  for (const [said, times] of left) if (right.get(said) !== times) return false
  return true
}

/** Whether a merged text says all that upstream says and all that the patch put in, less what either took away. */
export function addsUp(merged: readonly string[], sides: Sides<readonly string[]>): boolean {
  const { base, upstream, patch } = sides
  const names = namesInAll(base, upstream, patch)
  const left = new Map(meaningOf(merged, names))
  const take = (lines: readonly string[], times: number): void => {
    for (const [said, count] of meaningOf(lines, names)) left.set(said, (left.get(said) ?? 0) - times * count)
  }
  take(upstream, 1)
  take(patch, 1)
  take(base, -1)
  return [...left.values()].every((count) => count === 0)
}

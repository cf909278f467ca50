import type { Sides } from '../../model/sides.ts'
import { readOutline, type Block } from './read-outline.ts'

/**
 * What a text says, whatever the order: each line with the settings it stands in, counted. Two texts with the same meaning
 * here set the same keys to the same values under the same parents.
 */
function meaningOf(lines: readonly string[]): ReadonlyMap<string, number> {
  let meaning = meanings.get(lines)
  if (!meaning) meanings.set(lines, (meaning = meaningAnew(lines)))
  return meaning
}

const meanings = new WeakMap<readonly string[], ReadonlyMap<string, number>>()

function meaningAnew(lines: readonly string[]): ReadonlyMap<string, number> {
  const said = new Map<string, number>()
  const visit = (block: Block, path: string): void => {
    const below =
      block.kind === 'key' || block.kind === 'item'
        ? `${path}/${block.kind === 'item' ? '-' : block.id}`
        : path
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

export function sameMeaning(a: readonly string[], b: readonly string[]): boolean {
  const left = meaningOf(a)
  const right = meaningOf(b)
  if (left.size !== right.size) return false
  for (const [said, times] of left) if (right.get(said) !== times) return false
  return true
}

/** Whether a merged text says all that upstream says and all that the patch put in, less what either took away. */
export function addsUp(merged: readonly string[], sides: Sides<readonly string[]>): boolean {
  const left = new Map(meaningOf(merged))
  const take = (lines: readonly string[], times: number): void => {
    for (const [said, count] of meaningOf(lines)) left.set(said, (left.get(said) ?? 0) - times * count)
  }
  take(sides.upstream, 1)
  take(sides.patch, 1)
  take(sides.base, -1)
  return [...left.values()].every((count) => count === 0)
}

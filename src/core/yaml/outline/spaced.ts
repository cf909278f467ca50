import type { Block } from './read-outline.ts'

/** Sibling blocks without the blank lines among them, and the blank lines that stand before each; before none, those at the end. */
export interface Spaced {
  readonly blocks: readonly Block[]
  gap(before: Block | undefined): readonly string[]
}

/**
 * Blank lines are alike, so which of them is which cannot be told by what they say: each belongs to the block that it stands before,
 * and goes where that goes.
 */
export function spaced(siblings: readonly Block[]): Spaced {
  const blocks: Block[] = []
  const gaps = new Map<Block | undefined, readonly string[]>()
  let gap: string[] = []
  for (const block of siblings) {
    if (block.kind === 'blank') {
      gap.push(...block.lines)
      continue
    }
    blocks.push(block)
    if (gap.length > 0) gaps.set(block, gap)
    gap = []
  }
  if (gap.length > 0) gaps.set(undefined, gap)
  return { blocks, gap: (before) => gaps.get(before) ?? NONE }
}

const NONE: readonly string[] = []

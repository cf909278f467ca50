import { similarity } from '../../text/similarity.ts'
import { blockLines, namingOf, type Block } from '../../yaml/outline/read-outline.ts'

/** A block that was moved is still mostly the same: the commit that moves it seldom rewrites it too. */
const MOVED_BLOCK = 0.5
/** More files than this in one commit are not searched: such a commit is an import, not a move. */
export const SEARCHED = 80

/** The block of this name that is most like the given one, where one is like it at all. */
export function findBlock(root: Block, wanted: Block): Block | undefined {
  return mostLike(root, MOVED_BLOCK, (block) =>
    block.kind === wanted.kind && block.id === wanted.id ? likeness(block, wanted) : 0,
  )
}

/**
 * The block of this name, however much of it is another by now; of several the one most like it. An item without a name is known by what it
 * starts with and half of what it holds.
 */
export function findNamed(root: Block, wanted: Block): Block | undefined {
  const isNameless = wanted.kind === 'item' && !namingOf(wanted)
  const [head] = trimmedLines(wanted)
  return mostLike(root, 1, (block) => {
    if (block.kind !== wanted.kind) return 0
    const like = likeness(block, wanted)
    if (block.id === wanted.id) return 1 + like
    return isNameless && !namingOf(block) && trimmedLines(block)[0] === head && isMostly(block, wanted)
      ? 1 + like
      : 0
  })
}

/** The block of all with the highest score, the first of equals, where one reaches the least, which is above 0. */
export function mostLike(root: Block, least: number, scoreOf: (block: Block) => number): Block | undefined {
  let best: Block | undefined
  let most = least
  const visit = (block: Block): void => {
    const score = scoreOf(block)
    if (score >= most && (score > most || !best)) {
      best = block
      most = score
    }
    block.children.forEach(visit)
  }
  visit(root)
  return best
}

/** Whether a block is the other still, as the commit that moved it left it. */
export function isMostly(block: Block, wanted: Block): boolean {
  return likeness(block, wanted) >= MOVED_BLOCK
}

export function likeness(a: Block, b: Block): number {
  return similarity(trimmedLines(a), trimmedLines(b))
}

function trimmedLines(block: Block): readonly string[] {
  return blockLines(block).map((line) => line.trim())
}

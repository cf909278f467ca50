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
  return mostLike(root, 1, (block) => (isNamed(block, wanted) ? 1 + likeness(block, wanted) : 0))
}

/** How many blocks of this name there are: what is gone can have left others of its name behind. */
export function countNamed({ children }: Block, wanted: Block): number {
  return children.reduce(
    (sum, block) => sum + (isNamed(block, wanted) ? 1 : 0) + countNamed(block, wanted),
    0,
  )
}

function isNamed(block: Block, wanted: Block): boolean {
  if (block.kind !== wanted.kind) return false
  if (block.id === wanted.id) return true
  if (wanted.kind !== 'item' || namingOf(wanted) || namingOf(block)) return false
  return trimmedLines(block)[0] === trimmedLines(wanted)[0] && isMostly(block, wanted)
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

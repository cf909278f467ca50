import { diffLines } from '../../text/diff-lines.ts'
import { similarity } from '../../text/similarity.ts'
import { blockLines, type Block } from './read-outline.ts'

/** Which of one side's blocks is which of the other's. */
export interface Matching {
  readonly forward: ReadonlyMap<Block, Block>
  readonly backward: ReadonlyMap<Block, Block>
}

/** From here on an edited list item is still the same item: it shares more than half of its lines. */
const SAME_ITEM = 0.6

/**
 * Pairs siblings: in order by identity, then by an identity that is the only one of its kind, then items by their first line
 * where it is the only one of its kind (`- include_tasks: x.yml`), then items by likeness.
 */
export function matchBlocks(a: readonly Block[], b: readonly Block[]): Matching {
  const forward = new Map<Block, Block>()
  const backward = new Map<Block, Block>()
  const pair = (left: Block, right: Block): void => {
    forward.set(left, right)
    backward.set(right, left)
  }
  pairInOrder(a, b, pair)
  const restA = a.filter((block) => !forward.has(block))
  const restB = b.filter((block) => !backward.has(block))
  const leftA = (): Block[] => restA.filter((block) => !forward.has(block))
  const leftB = (): Block[] => restB.filter((block) => !backward.has(block))
  pairOnly(restA, restB, { by: ({ id }) => id, pair })
  pairOnly(leftA().filter(isItem), leftB().filter(isItem), { by: firstLine, pair })
  pairItems(leftA(), leftB(), pair)
  return { forward, backward }
}

type PairUp = (left: Block, right: Block) => void

function pairInOrder(a: readonly Block[], b: readonly Block[], pair: PairUp): void {
  let at = 0
  let other = 0
  const walk = (until: number): void => {
    while (at < until) pair(a[at++] as Block, b[other++] as Block)
  }
  for (const hunk of diffLines(
    a.map(({ id }) => id),
    b.map(({ id }) => id),
  )) {
    walk(hunk.from)
    at = hunk.to
    other = hunk.end
  }
  walk(a.length)
}

interface Pairing {
  readonly by: (block: Block) => string
  readonly pair: PairUp
}

/** Pairs what has the same key on both sides and shares it with no sibling. */
function pairOnly(a: readonly Block[], b: readonly Block[], { by, pair }: Pairing): void {
  const only = onlyOnes(b, by)
  for (const [key, block] of onlyOnes(a, by)) {
    const other = only.get(key)
    if (other) pair(block, other)
  }
}

function isItem({ kind }: Block): boolean {
  return kind === 'item'
}

/** An item of one line is all there is of it, and another line is another item. */
function firstLine(item: Block): string {
  const [first = '', ...more] = blockLines(item)
  return more.length ? first.trim() : item.id
}

function onlyOnes(blocks: readonly Block[], by: Pairing['by']): Map<string, Block> {
  const found = new Map<string, Block>()
  const twice = new Set<string>()
  for (const block of blocks) {
    if (block.kind === 'blank') continue
    const key = by(block)
    if (found.has(key)) twice.add(key)
    found.set(key, block)
  }
  for (const id of twice) found.delete(id)
  return found
}

function pairItems(a: readonly Block[], b: readonly Block[], pair: PairUp): void {
  const free = new Set(b.filter(({ kind }) => kind === 'item'))
  for (const item of a) {
    if (item.kind !== 'item') continue
    let best: Block | undefined
    let most = SAME_ITEM
    for (const other of free) {
      const score = similarity(trimmedLines(item), trimmedLines(other))
      if (score > most) {
        best = other
        most = score
      }
    }
    if (!best) continue
    free.delete(best)
    pair(item, best)
  }
}

function trimmedLines(block: Block): string[] {
  return blockLines(block).map((line) => line.trim())
}

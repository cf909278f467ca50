import { oncePer } from '../../model/collections/once-per.ts'
import { grouped } from '../../model/collections/grouped.ts'
import { similarity } from '../../text/similarity.ts'
import { blockLines, namingOf, type Block } from '../../yaml/outline/read-outline.ts'

/** A block that was moved is still mostly the same: the commit that moves it seldom rewrites it too. */
const MOVED_BLOCK = 0.5
/** More files than this in one commit are not searched: such a commit is an import, not a move. */
export const SEARCHED = 80

/** The block of this name that is most like the given one, where one is like it at all. */
export function findBlock(root: Block, wanted: Block): Block | undefined {
  const ofName = (indexOf(root).byId.get(wanted.id) ?? []).filter(({ kind }) => kind === wanted.kind)
  return best(ofName, MOVED_BLOCK, (block) => likeness(block, wanted))
}

/**
 * The block of this name, however much of it is another by now; of several the one most like it. An item without a name is known by what it
 * starts with and half of what it holds.
 */
export function findNamed(root: Block, wanted: Block): Block | undefined {
  return best(allNamed(root, wanted), 0, (block) => likeness(block, wanted))
}

/** How many blocks of this name there are: what is gone can have left others of its name behind. */
export function countNamed(root: Block, wanted: Block): number {
  return allNamed(root, wanted).length
}

/** The blocks of this name, in the order of their text. */
function allNamed(root: Block, wanted: Block): readonly Block[] {
  const { byId, byStart } = indexOf(root)
  const ofName = byId.get(wanted.id) ?? []
  if (wanted.kind !== 'item' || namingOf(wanted)) return ofName.filter(({ kind }) => kind === wanted.kind)
  const ofStart = byStart.get(startOf(wanted)) ?? []
  return ofStart.filter((block) => block.id === wanted.id || isMostly(block, wanted))
}

/** The blocks of a text, in its order. */
interface BlockIndex {
  readonly all: readonly Block[]
  readonly byId: ReadonlyMap<string, readonly Block[]>
  /** Items without a name, by their first line: all of one id are among them. */
  readonly byStart: ReadonlyMap<string, readonly Block[]>
}

/** A patch asks a text for many blocks. */
const indexOf = oncePer((root: Block): BlockIndex => {
  const all: Block[] = []
  const visit = (block: Block): void => {
    all.push(block)
    block.children.forEach(visit)
  }
  visit(root)
  const unnamed = all.filter((block) => block.kind === 'item' && !namingOf(block))
  return { all, byId: grouped(all, ({ id }) => id), byStart: grouped(unnamed, startOf) }
})

function startOf(block: Block): string {
  return (firstLine(block) ?? '').trim()
}

function firstLine({ lines, children }: Block): string | undefined {
  if (lines.length > 0) return lines[0]
  for (const child of children) {
    const line = firstLine(child)
    if (line !== undefined) return line
  }
  return undefined
}

/** The block with the highest score, the first of equals, where one reaches the least. */
function best(blocks: readonly Block[], least: number, scoreOf: (block: Block) => number): Block | undefined {
  let found: Block | undefined
  let most = least
  for (const block of blocks) {
    const score = scoreOf(block)
    if (score >= most && (score > most || !found)) {
      found = block
      most = score
    }
  }
  return found
}

/** The block of all with the highest score, the first of equals, where one reaches the least, which is above 0. */
export function mostLike(root: Block, least: number, scoreOf: (block: Block) => number): Block | undefined {
  return best(indexOf(root).all, least, scoreOf)
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

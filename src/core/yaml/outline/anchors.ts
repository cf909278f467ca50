import type { Block } from './read-outline.ts'

interface Siblings {
  readonly patch: readonly Block[]
  readonly upstream: readonly Block[]
}

interface Known {
  /** Upstream's block for one of the patch's. */
  counterpart(this: void, block: Block): Block | undefined
  /** Whether upstream put in a block of its own. */
  isNew(this: void, block: Block): boolean
}

/** Where the patch's own blocks go among upstream's, and how far in. Read once for all of them: there may be thousands. */
export class Anchors {
  readonly #after = new Map<Block, Block | undefined>()
  readonly #shifts = new Map<Block, number>()

  constructor({ patch, upstream }: Siblings, { counterpart, isNew }: Known) {
    const ends = endsOfNew(upstream, isNew)
    let above: Block | undefined
    let shift = firstShift({ patch, upstream }, counterpart)
    for (const block of patch) {
      const there = counterpart(block)
      if (there) {
        above = there
        if (hasColumn(block)) shift = there.indent - block.indent
      } else {
        this.#after.set(block, ends.get(above))
        this.#shifts.set(block, shift)
      }
    }
  }

  /** The neighbour above that it has in the patch, or what upstream put in behind that too; `undefined` where it goes first. */
  after(block: Block): Block | undefined {
    return this.#after.get(block)
  }

  /**
   * How much further in upstream's text stands than the patch's where the block goes: as seen from the nearest setting or item there that
   * both have, the one above before the one below, else from the first of each.
   */
  shiftOf(block: Block): number {
    return this.#shifts.get(block) ?? 0
  }
}

function firstShift({ patch, upstream }: Siblings, counterpart: Known['counterpart']): number {
  const both = patch.find((block) => hasColumn(block) && counterpart(block))
  const own = both ?? patch.find(hasColumn)
  const there = both ? counterpart(both) : upstream.find(hasColumn)
  return own && there ? there.indent - own.indent : 0
}

/** For each of upstream's blocks, and for the place before them: the last of the new ones that follow it, or itself. */
function endsOfNew(
  upstream: readonly Block[],
  isNew: Known['isNew'],
): ReadonlyMap<Block | undefined, Block | undefined> {
  const ends = new Map<Block | undefined, Block | undefined>()
  for (let at = upstream.length - 1; at >= -1; at--) {
    const next = upstream[at + 1]
    ends.set(upstream[at], next && isNew(next) ? ends.get(next) : upstream[at])
  }
  return ends
}

/** Comments, blank lines and statements may stand anywhere. */
function hasColumn({ kind }: Block): boolean {
  return kind === 'key' || kind === 'item'
}

import { addTo } from '../../model/collections/grouped.ts'
import { append } from '../../text/append.ts'
import { eachSide, settle, UNSETTLED, type Sides } from '../../model/sides.ts'
import { Anchors } from './anchors.ts'
import { matchBlocks, type Matching } from './match-blocks.ts'
import { loweredTopics, mergeTwins } from './merge-twins.ts'
import { leaveOpen, type Findings } from './findings.ts'
import { nameOfBlock, reindented, sameBlock } from './same-block.ts'
import { blockLines, type Block } from './read-outline.ts'
import { pairRenamed, sameValue } from './renamed-keys.ts'
import { asComments, commentedOut, isVerification, sameButBlanks } from './with-checks-on.ts'
import { afterInOrder } from './after-in-order.ts'
import { spaced, type Spaced } from './spaced.ts'

/** Merges one block that all three sides have; it comes back here for what stands below it. */
type MergeBlock = (sides: Sides<Block>, path: readonly string[], findings: Findings) => string[]

/** Merges the blocks below one block: upstream's, in upstream's order, with what the patch changed, put in and took away. */
export function mergeSiblings(
  sides: Sides<readonly Block[]>,
  path: readonly string[],
  findings: Findings,
  mergeBlock: MergeBlock,
): string[] {
  const siblings = new SiblingMerge(sides, path, { findings, mergeBlock })
  const lines = siblings.insertedAfter(undefined)
  for (const block of siblings.blocks) {
    append(lines, siblings.merged(block))
    append(lines, siblings.insertedAfter(block))
  }
  append(lines, siblings.end())
  siblings.tellGone()
  return lines
}

class SiblingMerge {
  /** Upstream's blocks, without blank lines. */
  readonly blocks: readonly Block[]
  readonly #sides: Sides<readonly Block[]>
  readonly #spaced: Sides<Spaced>
  readonly #path: readonly string[]
  readonly #findings: Findings
  readonly #mergeBlock: MergeBlock
  readonly #upstream: Matching
  readonly #patch: Matching
  /** Settings that the patch made comments of. */
  readonly #off: ReadonlyMap<Block, readonly Block[]>
  /** Blocks that both sides put in: the patch's ↔ upstream's. */
  readonly #twins: Matching
  readonly #anchors: Anchors
  readonly #inserted = new Map<Block | undefined, Block[]>()
  #lowered: readonly string[] | undefined

  constructor(
    children: Sides<readonly Block[]>,
    path: readonly string[],
    { findings, mergeBlock }: { readonly findings: Findings; readonly mergeBlock: MergeBlock },
  ) {
    this.#spaced = eachSide(children, spaced)
    const sides = eachSide(this.#spaced, ({ blocks }) => blocks)
    this.#sides = sides
    this.blocks = sides.upstream
    this.#path = path
    this.#findings = findings
    this.#mergeBlock = mergeBlock
    this.#patch = matchBlocks(sides.base, sides.patch)
    this.#upstream = this.#matchUpstream()
    this.#off = commentedOut(sides.base, sides.patch, this.#patch)
    const moot = this.#mootComments()
    const newInPatch = sides.patch.filter((block) => !this.#patch.backward.has(block) && !moot.has(block))
    const newInUpstream = sides.upstream.filter((block) => !this.#upstream.backward.has(block))
    this.#twins = matchBlocks(newInPatch, newInUpstream)
    this.#refuseGuesses(
      newInPatch.filter((block) => !this.#twins.forward.has(block)),
      newInUpstream.filter((block) => !this.#twins.backward.has(block)),
    )
    this.#anchors = new Anchors(sides, {
      counterpart: (block) => this.#counterpart(block),
      isNew: (block) => !this.#upstream.backward.has(block),
    })
    for (const block of newInPatch) if (!this.#twins.forward.has(block)) this.#place(block)
  }

  /** What becomes of one of upstream's blocks, and of the blank lines before it. */
  merged(block: Block): string[] {
    const lines = this.#mergedBlock(block)
    return lines.length > 0 ? [...this.#gapBefore(block), ...lines] : lines
  }

  #mergedBlock(block: Block): string[] {
    const base = this.#upstream.backward.get(block)
    if (!base) return this.#mergedTwin(block)
    const patch = this.#patch.forward.get(base)
    if (patch) return this.#mergeBlock({ base, upstream: block, patch }, this.#below(block), this.#findings)
    // The patch took it away, and the release never touched it, or only its name and blanks.
    const off = this.#off.get(base)
    if (sameBlock(base, block)) return []
    if (sameValue(base, block) || sameButBlanks(base, block)) return off ? asComments(block, off) : []
    if (base.kind === 'comment') return []
    if (isVerification(base)) {
      this.#findings.retired.push({ code: 'check-on-again', key: this.#below(block).join('.') })
      return blockLines(block)
    }
    if (off) {
      this.#findings.notes.push({ code: 'stays-commented', key: this.#below(block).join('.') })
      return asComments(block, off)
    }
    leaveOpen({ base, upstream: block, patch: undefined }, this.#below(block), this.#findings)
    return blockLines(block)
  }

  /** The patch's blocks that belong here, with the blank lines that they have before them there. */
  insertedAfter(block: Block | undefined): string[] {
    const lines: string[] = []
    for (const each of this.#inserted.get(block) ?? []) {
      append(lines, this.#spaced.patch.gap(each), reindented(each, each.indent + this.#anchors.shiftOf(each)))
    }
    return lines
  }

  /** The blank lines at the end. */
  end(): readonly string[] {
    return this.#settledGap({ base: undefined, upstream: undefined, patch: undefined })
  }

  /** Blank lines before what all three have; before anything else upstream's stand. */
  #gapBefore(block: Block): readonly string[] {
    const base = this.#upstream.backward.get(block)
    const patch = base && this.#patch.forward.get(base)
    return patch ? this.#settledGap({ base, upstream: block, patch }) : this.#spaced.upstream.gap(block)
  }

  /** As many blank lines as the law says, and upstream's where both changed their number. */
  #settledGap(before: Sides<Block | undefined>): readonly string[] {
    const gaps = eachSide(this.#spaced, (side, name) => side.gap(before[name]))
    const above = this.#gapAboveRemoved(before.base, gaps)
    if (above) return above
    const settled = settle(gaps, sameLength)
    return settled === UNSETTLED ? gaps.upstream : settled
  }

  /** Who takes something away leaves the blank lines above or below it; those above are the other side's as well. */
  #gapAboveRemoved(base: Block | undefined, gaps: Sides<readonly string[]>): readonly string[] | undefined {
    const { blocks } = this.#spaced.base
    for (const [side, other] of [['upstream', 'patch'] as const, ['patch', 'upstream'] as const]) {
      if (sameLength(gaps[side], gaps.base)) continue
      const at = base ? blocks.indexOf(base) : blocks.length
      let from = at
      while (from > 0 && !this.#in(side, blocks[from - 1] as Block)) from--
      const first = from < at ? blocks[from] : undefined
      const there = first && this.#in(other, first)
      if (there && sameLength(gaps[side], this.#spaced.base.gap(first))) return this.#spaced[other].gap(there)
    }
    return undefined
  }

  #in(side: 'upstream' | 'patch', base: Block): Block | undefined {
    return (side === 'patch' ? this.#patch : this.#upstream).forward.get(base)
  }

  /** Tells of what the patch changed and the release no longer has. */
  tellGone(): void {
    for (const base of this.#sides.base) {
      const patch = this.#patch.forward.get(base)
      if (this.#upstream.forward.has(base)) continue
      if (!patch) this.#findings.taken.push(this.#below(base).join('.'))
      if (!patch || sameBlock(base, patch)) continue
      if (base.kind === 'key')
        this.#findings.gone.push({
          code: 'setting-gone',
          key: this.#below(base).join('.'),
          lines: linesPut(base, patch),
        })
      else leaveOpen({ base, upstream: undefined, patch }, this.#below(patch), this.#findings)
    }
  }

  /** Pairs renamed settings too, where the patch touches one that upstream no longer has under its name. */
  #matchUpstream(): Matching {
    const { base, upstream } = this.#sides
    const matching = matchBlocks(base, upstream)
    const isTouched = (block: Block): boolean => {
      const patch = this.#patch.forward.get(block)
      return block.kind === 'key' && !matching.forward.has(block) && !(patch && sameBlock(block, patch))
    }
    return base.some(isTouched) ? pairRenamed(matching, this.#sides, this.#findings.renamed()) : matching
  }

  /** Comments that stand for a setting which upstream has in another form, or no more: they are written anew, or not at all. */
  #mootComments(): ReadonlySet<Block> {
    const moot = [...this.#off].filter(([base]) => {
      const upstream = this.#upstream.forward.get(base)
      return !upstream || !sameBlock(base, upstream)
    })
    return new Set(moot.flatMap(([, comments]) => comments))
  }

  #mergedTwin(block: Block): string[] {
    const twin = this.#twins.backward.get(block)
    if (!twin) return blockLines(block)
    this.#lowered ??= loweredTopics(this.#twins.forward)
    const findings = this.#findings
    return mergeTwins(block, twin, {
      path: this.#below(block),
      lowered: this.#lowered,
      findings,
      mergeBelow: (sides, path) => mergeSiblings(sides, path, findings, this.#mergeBlock),
    })
  }

  /**
   * A block that was edited beyond recognition looks like one taken away and another put in. Where both sides did that in one
   * list, or both took away the same block and one put in another, pairing them would be a guess.
   */
  #refuseGuesses(newInPatch: readonly Block[], newInUpstream: readonly Block[]): void {
    for (const kinds of [['item'], ['text', 'statement']]) {
      const isOne = ({ kind }: Block): boolean => kinds.includes(kind)
      const lost = this.#sides.base.filter((block) => isOne(block) && !this.#patch.forward.has(block))
      // What both put in alike stands for as much of what both took away.
      const alike = [...this.#twins.forward.keys()].filter(isOne).length
      const lostByBoth = lost.filter((block) => !this.#upstream.forward.has(block))[alike]
      const lostUpstream = this.#sides.base.some(
        (block) => isOne(block) && !this.#upstream.forward.has(block),
      )
      const patch = newInPatch.find(isOne)
      const upstream = newInUpstream.find(isOne)
      const bothEdited = patch && upstream && lost.length > 0 && lostUpstream
      if (bothEdited || (lostByBoth && (patch || upstream))) {
        leaveOpen({ base: lostByBoth ?? lost[0], upstream, patch }, this.#path, this.#findings)
      }
    }
  }

  /** Puts a block of the patch after the neighbour it has there: after what upstream put in at the same place too. */
  #place(block: Block): void {
    const inOrder = afterInOrder(block, this.#sides.upstream)
    if (inOrder) return this.#insert(block, inOrder.sibling)
    this.#insert(block, this.#anchors.after(block))
  }

  #insert(block: Block, after: Block | undefined): void {
    addTo(this.#inserted, after, block)
  }

  #counterpart(block: Block): Block | undefined {
    const base = this.#patch.backward.get(block)
    return base ? this.#upstream.forward.get(base) : this.#twins.forward.get(block)
  }

  #below(block: Block): string[] {
    return [...this.#path, nameOfBlock(block)]
  }
}

function sameLength(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length
}

/** What the patch has in a block and the base has not, so that a change that is left out can be read. */
function linesPut(base: Block, patch: Block): readonly string[] {
  const before = new Set(blockLines(base))
  const lines = blockLines(patch).filter((line) => !before.has(line) && line.trim() !== '')
  return lines.map((line) => line.trim())
}

import { matchBlocks } from './match-blocks.ts'
import { sameBlock } from './same-block.ts'
import { blockLines, type Block } from './read-outline.ts'

/** A setting that differs between two texts, before and after. */
export interface ChangedBlock {
  readonly base: Block
  readonly patch: Block
}

/** The smallest settings that hold all differences between two outlines: a line put in among a map's keys changes the map. */
export function changedBlocks(base: Block, patch: Block): ChangedBlock[] {
  if (sameBlock(base, patch)) return []
  const matching = matchBlocks(base.children, patch.children)
  const below: ChangedBlock[] = []
  let own = base.lines.join('').trim() !== patch.lines.join('').trim()
  for (const child of base.children) {
    const other = matching.forward.get(child)
    if (!other) own ||= child.kind !== 'blank'
    else if (!sameBlock(child, other)) below.push(...changedBlocks(child, other))
  }
  own ||= patch.children.some((child) => !matching.backward.has(child) && child.kind !== 'blank')
  if (own && base.kind === 'key') return [{ base, patch }]
  // What differs outside any setting (a comment at the top, a whole new setting) belongs to no block that could move.
  return below.length || base.kind !== 'key'
    ? below
    : [{ base, patch }].filter(() => blockLines(base).length > 0)
}

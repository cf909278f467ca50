import type { MergeReason } from '../../model/merge-reason.ts'
import type { MergeNote } from '../../model/merge-note.ts'
import type { Sides } from '../../model/sides.ts'
import type { OpenRegion } from '../../model/verdict.ts'
import { blockLines, type Block } from './read-outline.ts'

/** What is known of a patch before its text is merged. */
export interface MergeOptions {
  /** Upstream's is the reviewed form of this very patch: then its values stand where both put one in. */
  readonly isReviewed?: boolean
}

/** What the merge of one text gathers on its way. */
export interface Findings {
  readonly notes: MergeReason[]
  readonly gone: MergeReason[]
  /** Checks the patch switched off to wait for what upstream has brought since. */
  readonly retired: MergeReason[]
  readonly open: OpenRegion[]
  readonly taken: string[]
  readonly told: MergeNote[]
  readonly isReviewed: boolean
  /** Keys that upstream renamed wherever they stand, old id → new: asked for only where one is missing. */
  readonly renamed: () => ReadonlyMap<string, string>
}

export function noFindings(
  renamed: Findings['renamed'] = () => new Map<string, string>(),
  { isReviewed = false }: MergeOptions = {},
): Findings {
  return { notes: [], gone: [], retired: [], open: [], taken: [], told: [], isReviewed, renamed }
}

/** Leaves a place open: upstream's lines stay, the three sides are told. */
export function leaveOpen(
  sides: Sides<Block | undefined>,
  path: readonly string[],
  findings: Findings,
): void {
  const text = (block: Block | undefined): string => (block ? blockLines(block).join('') : '')
  findings.open.push({
    line: (sides.upstream?.at ?? 0) + 1,
    key: path.join('.'),
    sides: { base: text(sides.base), upstream: text(sides.upstream), patch: text(sides.patch) },
  })
}

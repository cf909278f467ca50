import { settle, UNSETTLED, type Sides } from '../../model/sides.ts'
import type { MergeReason } from '../../model/merge-reason.ts'
import type { MergeNote } from '../../model/merge-note.ts'
import type { OpenRegion } from '../../model/verdict.ts'
import { sameLines } from '../../text/diff3.ts'
import { noFindings, type Findings, type MergeOptions } from './findings.ts'
import { mergeSiblings } from './merge-siblings.ts'
import { mergeOwnLines } from './merge-own-lines.ts'
import { blockLines, readOutline, type Block } from './read-outline.ts'
import { reindented, sameBlock } from './same-block.ts'
import { renamedKeys } from './renamed-keys.ts'
import { withChecksOn } from './with-checks-on.ts'

/** A text merged by its outline: the lines (open places as upstream has them), what was decided, and what was not. */
export interface OutlineMerge {
  readonly lines: readonly string[]
  readonly notes: readonly MergeReason[]
  /** Settings the patch changes that upstream no longer has. */
  readonly gone: readonly MergeReason[]
  readonly open: readonly OpenRegion[]
  /** Settings that upstream has as the patch has them, and the base has not. */
  readonly taken: readonly string[]
  /** Settings that both put in, with two values. */
  readonly told: readonly MergeNote[]
}

/** Merges three texts setting by setting and item by item, on upstream's text: what the patch does not touch stays as it is there. */
export function mergeOutline(sides: Sides<readonly string[]>, options: MergeOptions = {}): OutlineMerge {
  const roots = {
    base: readOutline(sides.base),
    upstream: readOutline(sides.upstream),
    patch: readOutline(sides.patch),
  }
  let renamed: ReadonlyMap<string, string> | undefined
  const findings = noFindings(() => (renamed ??= renamedKeys(roots.base, roots.upstream)), options)
  const lines = mergeBlock(roots, [], findings)
  const { notes, gone, open, taken, told, retired } = findings
  if (retired.length === 0) return { lines, notes, gone, open, taken, told }
  // What a patch waits for comes in one go: with one check on again, the others it switched off are on again too.
  const patch = withChecksOn(sides.base, sides.patch)
  const rest = sameLines(patch, sides.patch)
    ? { lines, notes, gone, open, taken, told }
    : mergeOutline({ ...sides, patch }, options)
  return { ...rest, gone: [...retired, ...rest.gone] }
}

/** Merges one block that all three sides have. `path` names the settings it stands in. */
export function mergeBlock(sides: Sides<Block>, path: readonly string[], findings: Findings): string[] {
  const settled = settle(sides, sameBlock)
  if (settled === sides.upstream) {
    if (!sameBlock(sides.base, sides.patch)) findings.taken.push(path.join('.'))
    return blockLines(sides.upstream)
  }
  if (settled !== UNSETTLED) return reindented(settled, sides.upstream.indent)
  const own = mergeOwnLines(sides, path, findings)
  if (!own) return blockLines(sides.upstream)
  const { base, upstream, patch } = sides
  return [
    ...own,
    ...mergeSiblings(
      { base: base.children, upstream: upstream.children, patch: patch.children },
      path,
      findings,
      mergeBlock,
    ),
  ]
}

import type { OpenRegion } from '../model/verdict.ts'
import type { Sides } from '../model/sides.ts'
import { diff3, type Region } from '../text/diff3.ts'

/** One file merged: the lines (open regions as upstream has them), and what it took. */
export interface FileMerge {
  readonly lines: readonly string[]
  readonly open: readonly OpenRegion[]
  /** What went beyond a text merge, one sentence each; empty for a plain text merge. */
  readonly adapted: readonly string[]
}

/** Merges three texts line by line. */
export function mergeText(sides: Sides<readonly string[]>): FileMerge {
  const lines: string[] = []
  const open: OpenRegion[] = []
  for (const region of diff3(sides)) {
    if (region.kind === 'open') open.push(openRegion(region))
    lines.push(...(region.kind === 'open' ? region.lines.upstream : region.lines))
  }
  return { lines, open, adapted: [] }
}

export function openRegion(region: Region & { kind: 'open' }): OpenRegion {
  const { base, upstream, patch } = region.lines
  return {
    line: region.at.upstream.from + 1,
    sides: { base: base.join(''), upstream: upstream.join(''), patch: patch.join('') },
  }
}

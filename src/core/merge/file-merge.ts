import type { OpenRegion } from '../model/verdict.ts'
import type { Sides } from '../model/sides.ts'
import { diff3, type Region } from '../text/diff3.ts'
import { mergeRegion, type RegionMerge } from '../text/merge-region.ts'
import { mergeOutline } from '../yaml/merge-outline.ts'

/** One file merged: the lines (open regions as upstream has them), and what it took. */
export interface FileMerge {
  readonly lines: readonly string[]
  readonly open: readonly OpenRegion[]
  /** What went beyond a text merge, one sentence each; empty for a plain text merge. */
  readonly adapted: readonly string[]
  /** Settings the patch changes that upstream no longer has, one sentence each: these parts are left out. */
  readonly gone: readonly string[]
  /** Why the whole change is no longer needed, where upstream brought what it waited for. */
  readonly retired: readonly string[]
}

/** Merges one file: line by line; what that leaves open by its outline, where it has one, else region by region. */
export function mergeFile(path: string, sides: Sides<readonly string[]>): FileMerge {
  const text = mergeText(sides)
  if (text.open.length === 0) return text
  if (hasOutline(path)) {
    const outline = mergeOutline(sides)
    if (outline.open.length === 0)
      return {
        lines: outline.lines,
        open: [],
        adapted: ['Merged setting by setting.', ...outline.notes],
        gone: outline.gone,
        retired: outline.retired,
      }
  }
  return mergeRegions(sides)
}

/** YAML, and the templates of YAML. */
export function hasOutline(path: string): boolean {
  return /\.ya?ml(\.j2)?$/i.test(path)
}

/** Merges three texts line by line. */
export function mergeText(sides: Sides<readonly string[]>): FileMerge {
  const lines: string[] = []
  const open: OpenRegion[] = []
  for (const region of diff3(sides)) {
    if (region.kind === 'open') open.push(openRegion(region))
    lines.push(...(region.kind === 'open' ? region.lines.upstream : region.lines))
  }
  return { lines, open, adapted: [], gone: [], retired: [] }
}

function mergeRegions(sides: Sides<readonly string[]>): FileMerge {
  const lines: string[] = []
  const open: OpenRegion[] = []
  const adapted: string[] = []
  for (const region of diff3(sides)) {
    const merged = region.kind === 'open' ? mergeRegion(region.lines) : region
    if (!merged && region.kind === 'open') open.push(openRegion(region))
    if (merged && region.kind === 'open')
      adapted.push(sayMerged(region.at.upstream.from + 1, merged as RegionMerge))
    lines.push(...(merged ?? { lines: region.kind === 'open' ? region.lines.upstream : [] }).lines)
  }
  return { lines, open, adapted, gone: [], retired: [] }
}

function sayMerged(line: number, { overridden }: RegionMerge): string {
  if (overridden.length)
    return `Line ${line}: your value is kept where the release now has \`${overridden.join('`, `')}\`.`
  return `Line ${line}: both changed neighbouring lines or words; both changes are in.`
}

function openRegion(region: Region & { kind: 'open' }): OpenRegion {
  const { base, upstream, patch } = region.lines
  return {
    line: region.at.upstream.from + 1,
    sides: { base: base.join(''), upstream: upstream.join(''), patch: patch.join('') },
  }
}

import type { OpenRegion } from '../model/verdict.ts'
import type { Sides } from '../model/sides.ts'
import { diff3, threeWay, type Region } from '../text/diff3.ts'
import { withoutLineEnds } from '../text/line-ends.ts'
import { mergeRegion, type RegionMerge } from '../text/merge-region.ts'
import { meaningOf, sameMeaning } from '../yaml/meaning.ts'
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
  /** Whether upstream has any of the patch's changes already. */
  readonly taken: boolean
}

/** Merges one file: line by line; what that leaves open by its outline, where it has one, else region by region. */
export function mergeFile(path: string, sides: Sides<readonly string[]>): FileMerge {
  const ends = withoutLineEnds(sides)
  const merged = mergePlain(path, ends.sides, checkMeaning)
  return { ...merged, lines: ends.restore(merged.lines) }
}

/** The same over one upstream commit: so small a step that lines which merge cleanly need no second opinion. */
export function mergeOneCommit(path: string, sides: Sides<readonly string[]>): FileMerge {
  const ends = withoutLineEnds(sides)
  const merged = mergePlain(path, ends.sides, (text) => text)
  return { ...merged, lines: ends.restore(merged.lines) }
}

type Check = (text: FileMerge, sides: Sides<readonly string[]>) => FileMerge

function mergePlain(path: string, sides: Sides<readonly string[]>, check: Check): FileMerge {
  const text = mergeText(sides)
  if (!hasOutline(path)) return text.open.length === 0 ? text : mergeRegions(sides)
  if (text.open.length === 0) return check(text, sides)
  const { lines, notes, gone, retired, open, taken } = mergeOutline(sides)
  // What the settings do not settle is no matter of neighbouring lines either.
  if (open.length > 0) return text
  const adapted = ['Merged setting by setting.', ...notes]
  return { lines, open, adapted, gone, retired, taken: taken.length > 0 }
}

/**
 * Compares what lines made of a file with what its settings make of it. Lines can be clean and mean something else: a key
 * under another parent, a block put in twice because upstream put it elsewhere. Where the two differ the result is shown;
 * what stands there twice though neither side has it twice is merged by its settings instead.
 */
function checkMeaning(text: FileMerge, sides: Sides<readonly string[]>): FileMerge {
  const outline = mergeOutline(sides)
  if (outline.open.length > 0 || sameMeaning(text.lines, outline.lines)) return text
  const { lines, gone, retired, taken } = outline
  if (saysTwice(text.lines, sides)) {
    const note = 'Merged line by line this would stand here twice; merged setting by setting instead.'
    return { lines, open: [], adapted: [note, ...outline.notes], gone, retired, taken: taken.length > 0 }
  }
  const note =
    'The lines merged cleanly, but setting by setting they would come out otherwise: please look at the result.'
  return { ...text, adapted: [...text.adapted, note] }
}

function saysTwice(merged: readonly string[], { upstream, patch }: Sides<readonly string[]>): boolean {
  const theirs = meaningOf(upstream)
  const ours = meaningOf(patch)
  for (const [said, times] of meaningOf(merged)) {
    // Items of a list may well say the same; a key of a map may stand but once.
    if (times > 1 && !said.includes('/-') && times > Math.max(theirs.get(said) ?? 0, ours.get(said) ?? 0))
      return true
  }
  return false
}

/** YAML, and the templates of YAML. */
export function hasOutline(path: string): boolean {
  return /\.ya?ml(\.j2)?$/i.test(path)
}

/** Merges three texts line by line. */
export function mergeText(sides: Sides<readonly string[]>): FileMerge {
  const lines: string[] = []
  const open: OpenRegion[] = []
  const { regions, seenApart } = threeWay(sides)
  for (const region of regions) {
    if (region.kind === 'open') open.push(openRegion(region))
    lines.push(...(region.kind === 'open' ? region.lines.upstream : region.lines))
  }
  const adapted = seenApart ? ['Both put lines in at one place; their order is a choice.'] : []
  return { lines, open, adapted, gone: [], retired: [], taken: regions.some(isByBoth) }
}

function mergeRegions(sides: Sides<readonly string[]>): FileMerge {
  const lines: string[] = []
  const open: OpenRegion[] = []
  const adapted: string[] = []
  const regions = diff3(sides)
  for (const region of regions) {
    const merged = region.kind === 'open' ? mergeRegion(region.lines) : region
    if (!merged && region.kind === 'open') open.push(openRegion(region))
    if (merged && region.kind === 'open')
      adapted.push(sayMerged(region.at.upstream.from + 1, merged as RegionMerge))
    lines.push(...(merged ?? { lines: region.kind === 'open' ? region.lines.upstream : [] }).lines)
  }
  return { lines, open, adapted, gone: [], retired: [], taken: regions.some(isByBoth) }
}

function isByBoth(region: Region): boolean {
  return region.kind === 'settled' && region.by === 'both'
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

import type { OpenRegion } from '../model/verdict.ts'
import type { Sides } from '../model/sides.ts'
import { threeWay, type Region } from '../text/diff3.ts'
import { withoutLineEnds } from '../text/without-line-ends.ts'
import { mergeRegion, type RegionMerge } from '../text/merge-region.ts'
import { meaningOf, sameMeaning } from '../yaml/outline/meaning-of.ts'
import { mergeOutline } from '../yaml/outline/merge-outline.ts'
import { lostNames } from './taken/lost-names.ts'
import { settleInText, settleInYaml, virtualSides } from './settle-in-yaml.ts'

/** One file merged: the lines (open regions as upstream has them), and what it took. */
export interface FileMerge {
  readonly lines: readonly string[]
  readonly open: readonly OpenRegion[]
  /** What went beyond a text merge, one sentence each; empty for a plain text merge. */
  readonly adapted: readonly string[]
  /** What the patch changes that upstream no longer has, or waits for no more, one sentence each: these parts are left out. */
  readonly gone: readonly string[]
  /** Whether upstream has any of the patch's changes already. */
  readonly taken: boolean
}

/** Merges one file: line by line; what that leaves open by its outline, where it has one, else region by region. */
export function mergeFile(path: string, sides: Sides<readonly string[]>): FileMerge {
  const ends = withoutLineEnds(sides)
  const merged = tellLostNames(mergePlain(path, ends.sides, checkMeaning), ends.sides)
  return { ...merged, lines: ends.restore(merged.lines) }
}

/** Lines that fit may still use what the release no longer has in this file: that is worth a look. */
function tellLostNames(merged: FileMerge, sides: Sides<readonly string[]>): FileMerge {
  const names = lostNames(sides)
  if (names.length === 0) return merged
  const quoted = names.map((name) => `\`${name}\``).join(', ')
  return {
    ...merged,
    adapted: [...merged.adapted, `Your lines use ${quoted}, which the release no longer has in this file.`],
  }
}

/** The same over one upstream commit: so small a step that lines which merge cleanly need no second opinion. */
export function mergeOneCommit(path: string, sides: Sides<readonly string[]>): FileMerge {
  const ends = withoutLineEnds(sides)
  const merged = mergePlain(path, ends.sides, (text) => text)
  return { ...merged, lines: ends.restore(merged.lines) }
}

type Check = (text: FileMerge, sides: Sides<readonly string[]>) => FileMerge

function mergePlain(path: string, sides: Sides<readonly string[]>, check: Check): FileMerge {
  const { regions, seenApart } = threeWay(sides)
  const text = fromRegions(regions, seenApart ? [ORDER_CHOSEN] : [])
  if (!hasOutline(path)) return text.open.length === 0 ? text : mergeRegions(regions)
  return text.open.length === 0 ? check(text, sides) : mergeSettings(regions, sides)
}

const ORDER_CHOSEN = 'Both put lines in at one place; their order is a choice.'

/**
 * Settles what lines left open by what the lines say, and only that: the settings around a collision are enough for most,
 * and what merged cleanly elsewhere stays as it is. Where they are not enough, the settings of the whole file decide.
 */
function mergeSettings(open: readonly Region[], sides: Sides<readonly string[]>): FileMerge {
  const { regions, notes } = settleInYaml(open)
  const text = fromRegions(regions, notes)
  if (text.open.length === 0) return atOnce(text, sides)
  const local = mergeOutline(virtualSides(regions))
  if (local.open.length + local.gone.length === 0) {
    const adapted = [...notes, 'Merged setting by setting.', ...local.notes]
    return atOnce({ ...text, lines: local.lines, open: [], adapted }, sides)
  }
  const whole = bySettings(sides)
  // What the settings do not settle is no matter of neighbouring lines either.
  return whole.open.length > 0 ? { ...text, adapted: [] } : whole
}

function bySettings(sides: Sides<readonly string[]>): FileMerge {
  const { notes, taken, ...merged } = mergeOutline(sides)
  return { ...merged, adapted: ['Merged setting by setting.', ...notes], taken: taken.length > 0 }
}

/** Prefers what the settings of the whole file say where, put together piece by piece, something would stand there twice. */
function atOnce(merged: FileMerge, sides: Sides<readonly string[]>): FileMerge {
  if (!saysTwice(merged.lines, sides)) return merged
  const whole = bySettings(sides)
  return whole.open.length > 0 ? { ...merged, adapted: [...merged.adapted, TWICE] } : whole
}

const TWICE = 'Something stands here twice that neither side has twice: please look at the result.'

/**
 * Compares what lines made of a file with what its settings make of it. Lines can be clean and mean something else: a key
 * under another parent, a block put in twice because upstream put it elsewhere. Where the two differ the result is shown;
 * what stands there twice though neither side has it twice is merged by its settings instead.
 */
function checkMeaning(text: FileMerge, sides: Sides<readonly string[]>): FileMerge {
  const outline = mergeOutline(sides)
  const twice = saysTwice(text.lines, sides)
  if (outline.open.length > 0) return twice ? { ...text, adapted: [...text.adapted, TWICE] } : text
  if (sameMeaning(text.lines, outline.lines)) return text
  const { lines, gone, taken } = outline
  if (twice) {
    const note = 'Merged line by line this would stand here twice; merged setting by setting instead.'
    return { lines, open: [], adapted: [note, ...outline.notes], gone, taken: taken.length > 0 }
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
  const { regions, seenApart } = threeWay(sides)
  return fromRegions(regions, seenApart ? [ORDER_CHOSEN] : [])
}

function fromRegions(regions: readonly Region[], adapted: readonly string[]): FileMerge {
  const lines: string[] = []
  const open: OpenRegion[] = []
  for (const region of regions) {
    if (region.kind === 'open') open.push(openRegion(region))
    lines.push(...(region.kind === 'open' ? region.lines.upstream : region.lines))
  }
  return { lines, open, adapted, gone: [], taken: regions.some(isByBoth) }
}

function mergeRegions(open: readonly Region[]): FileMerge {
  const { regions, notes } = settleInText(open)
  const adapted = [...notes]
  const settled = regions.map((region): Region => {
    if (region.kind === 'settled') return region
    const merged = mergeRegion(region.lines)
    if (!merged) return region
    adapted.push(sayMerged(region.at.upstream.from + 1, merged))
    return { kind: 'settled', by: 'patch', lines: merged.lines, at: region.at }
  })
  return fromRegions(settled, adapted)
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

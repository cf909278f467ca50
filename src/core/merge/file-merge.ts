import type { MergeReason } from '../model/merge-reason.ts'
import { append } from '../text/append.ts'
import type { MergeNote } from '../model/merge-note.ts'
import type { OpenRegion } from '../model/verdict.ts'
import type { Sides } from '../model/sides.ts'
import { sameLines, threeWay, type Region, type ThreeWay } from '../text/diff3.ts'
import { withoutLineEnds } from '../text/without-line-ends.ts'
import { inVersionOrder, setsVersion } from '../yaml/outline/in-version-order.ts'
import { inListForms, mayBeRewritten, type Difference, type InForm } from '../yaml/outline/in-list-forms.ts'
import { sameMeaning } from '../yaml/outline/same-meaning.ts'
import { mergeOutline, type OutlineMerge } from '../yaml/outline/merge-outline.ts'
import type { MergeOptions } from '../yaml/outline/findings.ts'
import { kindOf } from '../yaml/outline/read-outline.ts'
import { lostNames } from './lost-names.ts'
import { settleInText, settleInYaml, virtualSides } from './settle-in-yaml.ts'
import { hasOutline, textKind } from './text-kind.ts'
import { withoutDone } from './without-done.ts'
import { standsTwice, twiceNotes, type Twice } from './stands-twice.ts'

export { hasOutline } from './text-kind.ts'

/** One file merged: the lines (open regions as upstream has them), and what it took. */
export interface FileMerge {
  readonly lines: readonly string[]
  readonly open: readonly OpenRegion[]
  /** What went beyond a text merge; empty for a plain text merge. */
  readonly adapted: readonly MergeReason[]
  /** What a person has to know beside that, as codes; with any of these a merge is no plain one. */
  readonly told: readonly MergeNote[]
  /** What the patch changes that upstream no longer has, or waits for no more: these parts are left out. */
  readonly gone: readonly MergeReason[]
  /** Whether upstream has any of the patch's changes already. */
  readonly taken: boolean
}

/** Merges one file: line by line; what that leaves open by its outline, where it has one, else region by region. */
export function mergeFile(
  path: string,
  sides: Sides<readonly string[]>,
  options: MergeOptions = {},
): FileMerge {
  const ends = withoutLineEnds(sides)
  const plain = tellTwice(path, mergePlain(path, ends.sides, { ...options, isJump: true }), ends.sides)
  const merged = tellLostNames(plain, ends.sides)
  return { ...merged, lines: ends.restore(merged.lines) }
}

/** What stands twice after all is never passed over. */
function tellTwice(path: string, merged: FileMerge, sides: Sides<readonly string[]>): FileMerge {
  if (merged.open.length > 0) return merged
  const twice = standsTwice(merged.lines, sides, textKind(path))
  return twice.length > 0 ? { ...merged, told: [...merged.told, ...twiceNotes(twice)] } : merged
}

/** Lines that fit may still use what the release no longer has in this file: that is worth a look. */
function tellLostNames(merged: FileMerge, sides: Sides<readonly string[]>): FileMerge {
  const names = lostNames(sides)
  if (names.length === 0) return merged
  return { ...merged, adapted: [...merged.adapted, { code: 'names-lost', names }] }
}

/** The same over one upstream commit: so small a step that lines which merge cleanly need no second opinion. */
export function mergeOneCommit(path: string, sides: Sides<readonly string[]>): FileMerge {
  const ends = withoutLineEnds(sides)
  const merged = mergePlain(path, ends.sides, { isJump: false })
  return { ...merged, lines: ends.restore(merged.lines) }
}

/** The same by lines alone. */
export function mergeText(sides: Sides<readonly string[]>): FileMerge {
  return asText(threeWay(sides))
}

interface Options extends MergeOptions {
  /** Whether what merged cleanly by lines is held against what its settings say. */
  readonly isJump: boolean
}

/** What upstream's text has of the patch already is not put in once more. */
function mergePlain(path: string, sides: Sides<readonly string[]>, options: Options): FileMerge {
  const { patch, isPart } = withoutDone(sides)
  if (patch === sides.patch) return mergeRest(path, sides, options)
  const merged = mergeRest(path, { ...sides, patch }, options)
  // What is found there is found by its neighbours, which changed: where more is carried beside it, or nothing but blank lines is found, a
  // person may want to look.
  const isSure =
    (isPart && sameLines(merged.lines, sides.upstream)) || isSame(merged, mergeRest(path, sides, options))
  const adapted = isSure ? merged.adapted : [...merged.adapted, isPart ? BOTH_IN : BLANKS_ONLY]
  return { ...merged, taken: isPart || merged.taken, adapted }
}

/** Whether two merges say the same, and the second is a plain one. */
function isSame({ lines }: FileMerge, { lines: others, open, adapted, told, gone }: FileMerge): boolean {
  return open.length + adapted.length + told.length + gone.length === 0 && sameLines(lines, others)
}

const BOTH_IN: MergeReason = { code: 'neighbouring-lines' }
const BLANKS_ONLY: MergeReason = { code: 'blanks-only' }

function mergeRest(path: string, sides: Sides<readonly string[]>, options: Options): FileMerge {
  const found = threeWay(sides)
  if (!hasOutline(path)) {
    const text = asText(found)
    return text.open.length === 0 ? text : mergeRegions(found.regions)
  }
  const { gone, come, own } = changedLines(found.regions, sides)
  const form = mayBeRewritten({ gone, come }, own) ? inListForms(sides) : undefined
  const formed = form ? { base: form.base, upstream: sides.upstream, patch: form.patch } : sides
  const merged = mergeOutlined(form ? threeWay(formed) : found, formed, options)
  const placed = setsVersion(own) && merged.open.length === 0 ? inOrder(merged, formed) : merged
  return form ? tellForms(placed, form, sides) : placed
}

function inOrder(merged: FileMerge, sides: Sides<readonly string[]>): FileMerge {
  const { lines, maps } = inVersionOrder(merged.lines, sides)
  return maps.length > 0
    ? { ...merged, lines, told: [...merged.told, { code: 'version-order', maps }] }
    : merged
}

function asText({ regions, seenApart }: ThreeWay): FileMerge {
  return fromRegions(regions, seenApart ? [ORDER_CHOSEN] : [])
}

function mergeOutlined(found: ThreeWay, sides: Sides<readonly string[]>, options: Options): FileMerge {
  const text = asText(found)
  if (text.open.length > 0) return mergeSettings(found.regions, sides, options)
  return options.isJump ? checkMeaning(text, sides, options) : text
}

/** The lines that upstream took away and put in, and those that the patch put in. */
function changedLines(
  regions: readonly Region[],
  { base }: Sides<readonly string[]>,
): Difference & { readonly own: readonly string[] } {
  const gone: string[] = []
  const come: string[] = []
  const own: string[] = []
  for (const region of regions) {
    const isOpen = region.kind === 'open'
    if (isOpen || region.by === 'upstream' || region.by === 'both') {
      append(gone, base.slice(region.at.base.from, region.at.base.to))
      append(come, isOpen ? region.lines.upstream : region.lines)
    }
    if (isOpen || region.by === 'patch') append(own, isOpen ? region.lines.patch : region.lines)
  }
  return { gone, come, own }
}

/** Of entries that came into another form those are told that are put in: what upstream has so is upstream's. */
function tellForms(merged: FileMerge, { formed }: InForm, { upstream }: Sides<readonly string[]>): FileMerge {
  const there = new Set(upstream)
  const told = new Map<string, MergeNote>()
  for (const line of merged.lines) {
    const note = there.has(line) ? undefined : formed.get(line)
    if (note) told.set(note.key, { code: 'list-form', ...note })
  }
  return { ...merged, told: [...merged.told, ...told.values()] }
}

const ORDER_CHOSEN: MergeReason = { code: 'order-chosen' }

/**
 * Settles what lines left open by what the lines say, and only that: the settings around a collision are enough for most,
 * and what merged cleanly elsewhere stays as it is. Where they are not enough, the settings of the whole file decide.
 */
function mergeSettings(
  open: readonly Region[],
  sides: Sides<readonly string[]>,
  options: Options,
): FileMerge {
  const { regions, notes } = settleInYaml(open)
  const text = fromRegions(regions, notes)
  if (text.open.length === 0) return atOnce(text, sides, options)
  const local = mergeOutline(virtualSides(regions), options)
  if (local.open.length + local.gone.length === 0) {
    const adapted = [...notes, BY_SETTINGS, ...local.notes]
    return atOnce({ ...text, lines: local.lines, open: [], adapted, told: local.told }, sides, options)
  }
  const whole = bySettings(sides, options)
  // What the settings do not settle is no matter of neighbouring lines either.
  return whole.open.length > 0 ? { ...text, adapted: [] } : whole
}

const BY_SETTINGS: MergeReason = { code: 'by-settings' }

function bySettings(sides: Sides<readonly string[]>, options: Options): FileMerge {
  const { notes, taken, ...merged } = mergeOutline(sides, options)
  return { ...merged, adapted: [BY_SETTINGS, ...notes], taken: taken.length > 0 }
}

/** Prefers what the settings of the whole file say where, put together piece by piece, something would stand there twice. */
function atOnce(merged: FileMerge, sides: Sides<readonly string[]>, options: Options): FileMerge {
  const twice = blocksTwice(merged.lines, sides)
  return twice.length > 0 ? bySettingsOnce(merged, mergeOutline(sides, options), { sides, twice }) : merged
}

/**
 * Compares what lines made of a file with what its settings make of it. Lines can be clean and mean something else: a key
 * under another parent, a block put in twice because upstream put it elsewhere. Where the two differ the result is shown;
 * what stands there twice though neither side has it twice is merged by its settings instead.
 */
function checkMeaning(text: FileMerge, sides: Sides<readonly string[]>, options: Options): FileMerge {
  const outline = mergeOutline(sides, options)
  const twice = blocksTwice(text.lines, sides)
  if (twice.length > 0) return bySettingsOnce(text, outline, { sides, twice })
  if (outline.open.length > 0 || saysSame(text.lines, outline.lines)) return text
  return { ...text, adapted: [...text.adapted, { code: 'lines-not-settings' }] }
}

/** Most merges have the same lines both ways, and need not be read for what they say. */
function saysSame(a: readonly string[], b: readonly string[]): boolean {
  return sameLines(a, b) || sameMeaning(a, b)
}

/**
 * What the settings of the whole file make of a text in which something stands twice. Where they leave that open, a key is a
 * collision, and anything else stays and is told.
 */
function bySettingsOnce(
  merged: FileMerge,
  outline: OutlineMerge,
  { sides, twice }: { readonly sides: Sides<readonly string[]>; readonly twice: readonly Twice[] },
): FileMerge {
  if (outline.open.length > 0) {
    const isOpen = ({ kind, place }: Twice): boolean =>
      kind === 'key' || outline.open.some(({ key }) => key !== undefined && key === place)
    const collides = twice.some(isOpen) && !isTemplate(sides)
    return collides ? { ...merged, lines: outline.lines, open: outline.open } : merged
  }
  if (blocksTwice(outline.lines, sides).length >= twice.length) return merged
  const { lines, gone, told, taken } = outline
  const adapted: readonly MergeReason[] = [{ code: 'once-by-settings' }, ...outline.notes]
  return { lines, open: [], adapted, told, gone, taken: taken.length > 0 }
}

/** Keys and items that stand twice: settings put each in its place. */
function blocksTwice(merged: readonly string[], sides: Sides<readonly string[]>): readonly Twice[] {
  return standsTwice(merged, sides, 'outline').filter(({ kind }) => kind !== 'line')
}

/** In a template one key may stand in two branches of a condition. */
function isTemplate({ upstream, patch }: Sides<readonly string[]>): boolean {
  return [...upstream, ...patch].some((line) => kindOf(line) === 'statement')
}

function fromRegions(regions: readonly Region[], adapted: readonly MergeReason[]): FileMerge {
  const lines: string[] = []
  const open: OpenRegion[] = []
  for (const region of regions) {
    if (region.kind === 'open') open.push(openRegion(region))
    append(lines, region.kind === 'open' ? region.lines.upstream : region.lines)
  }
  return { lines, open, adapted, told: [], gone: [], taken: regions.some(isByBoth) }
}

function mergeRegions(open: readonly Region[]): FileMerge {
  const { regions, notes } = settleInText(open)
  return fromRegions(regions, notes)
}

function isByBoth(region: Region): boolean {
  return region.kind === 'settled' && region.by === 'both'
}

function openRegion(region: Region & { kind: 'open' }): OpenRegion {
  const { base, upstream, patch } = region.lines
  return {
    line: region.at.upstream.from + 1,
    sides: { base: base.join(''), upstream: upstream.join(''), patch: patch.join('') },
  }
}

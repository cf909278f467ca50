import type { MergeReason } from '../model/merge-reason.ts'
import type { Sides } from '../model/sides.ts'
import type { Region } from '../text/diff3.ts'
import { adjoining, blanksYield, mergeRegion, oneAfterTheOther } from '../text/merge-region.ts'
import { lineWeight } from '../text/line-weight.ts'
import { matchBlocks } from '../yaml/outline/match-blocks.ts'
import { addsUp } from '../yaml/outline/same-meaning.ts'
import { readOutline, type Block } from '../yaml/outline/read-outline.ts'
import { isVersionKey } from '../yaml/outline/after-in-order.ts'
import { standsTwice } from './stands-twice.ts'

/** The regions of a text merge with some of the open ones settled, and why, for each of those. */
interface SettledRegions {
  readonly regions: readonly Region[]
  readonly notes: readonly MergeReason[]
}

/** Whether two stretches put in at one place are two things, and not two forms of one. */
type AreApart = (upstream: readonly string[], patch: readonly string[]) => boolean

/**
 * Settles the open regions of a YAML text in which what both sides did can stand side by side. A proposal counts if the text
 * then says what upstream says and what the patch changed, each line under the parents it has there.
 */
export function settleInYaml(regions: readonly Region[]): SettledRegions {
  const settled = [...regions]
  const notes: MergeReason[] = []
  regions.forEach((region, index) => {
    if (region.kind !== 'open') return
    for (const { lines, note } of proposals(region, areOtherSettings)) {
      const with_ = settled.map((each, at) => (at === index ? asSettled(region, lines) : each))
      if (!addsUp(linesOf(with_), virtualSides(settled, index))) continue
      settled[index] = asSettled(region, lines)
      notes.push(note)
      break
    }
  })
  return { regions: settled, notes }
}

/**
 * The same for a text without structure, where nothing can be checked but that no setting comes to stand twice: what both sides put in
 * for one name is a collision.
 */
export function settleInText(regions: readonly Region[]): SettledRegions {
  const notes: MergeReason[] = []
  const settled = regions.map((region) => {
    if (region.kind !== 'open') return region
    const found = [...proposals(region, shareNothing), ...mergedRegion(region)]
    const first = found.find(({ lines }) => !setsTwice(lines, region.lines))
    if (!first) return region
    notes.push(first.note)
    return asSettled(region, first.lines)
  })
  return { regions: settled, notes }
}

function mergedRegion({ lines: sides, at }: Open): readonly Proposal[] {
  const merged = mergeRegion(sides)
  if (!merged) return []
  const line = at.upstream.from + 1
  const { lines, overridden: there } = merged
  return [
    {
      lines,
      note: there.length > 0 ? { code: 'value-over', line, there } : { code: 'neighbouring-words', line },
    },
  ]
}

function setsTwice(lines: readonly string[], sides: Sides<readonly string[]>): boolean {
  return standsTwice(lines, sides, 'settings').some(({ kind }) => kind === 'key')
}

/** The three texts with what is settled the same on all of them: only what is open is left to differ. */
export function virtualSides(regions: readonly Region[], only?: number): Sides<readonly string[]> {
  const side = (name: keyof Sides<unknown>): string[] =>
    regions.flatMap((region, index) => {
      if (region.kind === 'settled') return region.lines
      return only === undefined || only === index ? region.lines[name] : region.lines.upstream
    })
  return { base: side('base'), upstream: side('upstream'), patch: side('patch') }
}

type Open = Region & { readonly kind: 'open' }

interface Proposal {
  readonly lines: readonly string[]
  readonly note: MergeReason
}

function proposals({ lines: sides, at }: Open, areApart: AreApart): Proposal[] {
  const line = at.upstream.from + 1
  const found: Proposal[] = []
  const joined = adjoining(sides)
  if (joined) found.push({ lines: joined, note: { code: 'neighbouring-lines', line } })
  const yielded = blanksYield(sides)
  if (yielded)
    found.push({
      lines: yielded,
      note: { code: 'blanks-only', line },
    })
  if (sides.base.length > 0 || !areApart(sides.upstream, sides.patch)) return found
  for (const lines of oneAfterTheOther(sides)) found.push({ lines, note: { code: 'order-chosen', line } })
  return found
}

function asSettled({ at }: Open, lines: readonly string[]): Region {
  return { kind: 'settled', by: 'patch', lines, at }
}

function linesOf(regions: readonly Region[]): string[] {
  return regions.flatMap((region) => (region.kind === 'open' ? region.lines.upstream : region.lines))
}

/** Neither has a setting of the other, set or commented out, nor an item that is the other's with edits. */
function areOtherSettings(upstream: readonly string[], patch: readonly string[]): boolean {
  const [theirs, ours] = [readOutline(upstream).children, readOutline(patch).children]
  // The order of versions is meaning, and only their map can tell it.
  if (theirs.some(isVersionKey) && ours.some(isVersionKey)) return false
  const { forward } = matchBlocks(theirs, ours)
  return (
    ![...forward.keys()].some(({ kind }) => kind !== 'blank') &&
    !shareAny(theirs.map(settingOf), ours.map(settingOf))
  )
}

/** The name of a setting, also of one that is commented out. */
function settingOf({ kind, id }: Block): string {
  if (kind === 'key') return id.slice(2)
  return kind === 'comment' ? (/^c:#\s*([\w.-]+):(?:\s|$)/.exec(id)?.[1] ?? '') : ''
}

/** No line of one is a line of the other, or says something else of the same thing. */
function shareNothing(upstream: readonly string[], patch: readonly string[]): boolean {
  return !shareAny(upstream.map(subjectOf), patch.map(subjectOf))
}

/** What a line is about: what it assigns to, else its first two words; empty where it says next to nothing. */
function subjectOf(line: string): string {
  if (lineWeight(line) < 1) return ''
  const [, name = '', sign = ''] = /^\W*(\w[\w.-]*)(\W*)/.exec(line) ?? []
  const assigned = /[:=|]/.test(sign) ? name : undefined
  return assigned ?? (line.match(/[\w.-]+/g) ?? []).slice(0, 2).join(' ')
}

function shareAny(a: readonly string[], b: readonly string[]): boolean {
  const known = new Set(a)
  return b.some((each) => each !== '' && known.has(each))
}

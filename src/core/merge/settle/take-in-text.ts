import type { SideRefusal } from './side-refusal.ts'
import { eachSide, type ConflictSide, type Sides } from '../../model/sides.ts'
import type { OpenRegion } from '../../model/verdict.ts'
import { append } from '../../text/append.ts'
import { sameLines, threeWay, type Region } from '../../text/diff3.ts'
import { splitLines } from '../../text/split-lines.ts'
import { withoutLineEnds } from '../../text/without-line-ends.ts'
import { parseYaml } from '../../yaml/tree/parse-yaml.ts'
import { boundOf } from '../bound-of.ts'
import { hasOutline, mergeFile, mergeText, type FileMerge } from '../file-merge.ts'
import { settleInText, settleInYaml } from '../settle-in-yaml.ts'
import { standsTwice } from '../stands-twice.ts'
import { textKind } from '../text-kind.ts'
import { withoutDone } from '../without-done.ts'
import { bothOf } from './both-of.ts'

type TextTaken =
  | {
      readonly kind: 'taken'
      readonly lines: readonly string[]
      /** Whether anything was open. */
      readonly isChosen: boolean
    }
  | { readonly kind: 'refused'; readonly why: SideRefusal }

/**
 * Merges a text and has one side where the merge stays open; whatever merges by itself is merged as ever. What comes out has to be
 * read as both sides are: no YAML that is none any more, and no setting twice.
 */
export function takeInText(path: string, sides: Sides<readonly string[]>, side: ConflictSide): TextTaken {
  if (sides.base.length === 0 && side === 'both') return bothWhole(path, sides)
  const isBound = boundOf(sides) !== undefined
  const merged = isBound ? mergeText(sides) : mergeFile(path, sides)
  if (merged.open.length === 0) return { kind: 'taken', lines: merged.lines, isChosen: false }
  const ends = withoutLineEnds(sides)
  const regions = regionsOf(path, ends.sides, isBound)
  const isOpen = regions.some(({ kind }) => kind === 'open')
  const { lines, why } = isOpen ? chosen(regions, side) : inSettings(path, ends.sides, { merged, side })
  return lines ? checked(path, ends.restore(lines), sides) : refused(why)
}

/** Two texts without a common origin are put together line by line: merged, one side's values would stand alone. */
function bothWhole(path: string, sides: Sides<readonly string[]>): TextTaken {
  const ends = withoutLineEnds(sides)
  const lines = bothOf(ends.sides)
  return lines ? checked(path, ends.restore(lines), sides) : refused({ code: 'one-side' })
}

/** The regions that a merge of this text leaves open, and those that it settles by what stands around them. */
export function regionsOf(
  path: string,
  sides: Sides<readonly string[]>,
  isBound: boolean,
): readonly Region[] {
  if (isBound) return threeWay(sides).regions
  const { regions } = threeWay({ ...sides, patch: withoutDone(sides).patch })
  return (hasOutline(path) ? settleInYaml(regions) : settleInText(regions)).regions
}

/** What is had, or why it cannot be. */
type Had =
  | { readonly lines: readonly string[]; readonly why?: undefined }
  | { readonly lines?: undefined; readonly why: SideRefusal }

function chosen(regions: readonly Region[], side: ConflictSide): Had {
  const lines: string[] = []
  for (const region of regions) {
    const taken = region.kind === 'open' ? ofRegion(region.lines, side) : region.lines
    if (!taken) return { why: { code: 'one-side' } }
    append(lines, taken)
  }
  return { lines }
}

function ofRegion(sides: Sides<readonly string[]>, side: ConflictSide): readonly string[] | undefined {
  if (side === 'both') return bothOf(sides)
  return side === 'mine' ? sides.patch : sides.upstream
}

/**
 * The lines merge and the settings do not: one is set at two places. To have one side is to merge as though the other had not touched
 * these settings.
 */
function inSettings(
  path: string,
  sides: Sides<readonly string[]>,
  { merged, side }: { readonly merged: FileMerge; readonly side: ConflictSide },
): Had {
  if (side === 'both')
    return { why: { code: 'stands-twice', names: merged.open.flatMap(({ key }) => key ?? []) } }
  const other = side === 'mine' ? 'upstream' : 'patch'
  const lines = asUntouched(sides[other], merged.open, other)
  const again = lines && mergeFile(path, { ...sides, [other]: lines })
  return again?.open.length === 0 ? { lines: again.lines } : { why: { code: 'place-unclear' } }
}

function asUntouched(
  lines: readonly string[],
  open: readonly OpenRegion[],
  side: 'upstream' | 'patch',
): readonly string[] | undefined {
  let text: readonly string[] | undefined = lines
  for (const { sides } of open)
    text = text && replacedOnce(text, splitLines(sides[side]), splitLines(sides.base))
  return text
}

function replacedOnce(
  lines: readonly string[],
  what: readonly string[],
  by: readonly string[],
): readonly string[] | undefined {
  if (what.length === 0) return undefined
  const isThere = (at: number): boolean => sameLines(lines.slice(at, at + what.length), what)
  const [at, ...more] = lines.flatMap((_, from) => (isThere(from) ? [from] : []))
  if (at === undefined || more.length > 0) return undefined
  return [...lines.slice(0, at), ...by, ...lines.slice(at + what.length)]
}

/** What came out has to be read as both sides are: no YAML that is none any more, and no setting twice. */
export function checked(path: string, lines: readonly string[], sides: Sides<readonly string[]>): TextTaken {
  const kind = textKind(path)
  if (kind === 'outline') {
    // A template is no YAML yet, and may hold one key in two branches of a condition.
    const { upstream, patch } = eachSide(sides, isYaml)
    if (!upstream || !patch) return { kind: 'taken', lines, isChosen: true }
    if (!isYaml(lines)) return refused({ code: 'unreadable' })
  }
  const twice = standsTwice(lines, sides, kind).filter((each) => each.kind === 'key')
  if (twice.length > 0) return refused({ code: 'stands-twice', names: twice.map(({ name }) => name) })
  return { kind: 'taken', lines, isChosen: true }
}

function isYaml(lines: readonly string[]): boolean {
  return parseYaml(lines.join('')).kind === 'parsed'
}

function refused(why: SideRefusal): TextTaken {
  return { kind: 'refused', why }
}

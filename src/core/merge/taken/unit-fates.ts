import { defined, optional } from '../../model/defined.ts'
import { grouped } from '../../model/collections/grouped.ts'
import type { LoggedCommit } from '../../model/commit.ts'
import { lineWeight } from '../../text/line-weight.ts'
import { bagOf, type LineBag } from '../line-bag.ts'
import { isProse, namesIn, settingIn } from '../spelled.ts'
import type { LineMatch } from '../match-lines.ts'
import { namesKnown } from './names-known.ts'
import type { OwnFile, OwnHunk, Unit } from './own-files.ts'
import type { FileLines } from '../file-lines.ts'
import { isAtItsPlace, neighboursThere, stoodThere } from './is-at-its-place.ts'
import type { Candidates } from './find-candidates.ts'

/** The reviewed form of some of the patch's lines: of all of them, or of those of one commit where the patch is many in sum. */
export interface Reviewed {
  readonly commit: LoggedCommit
  readonly undoneBy?: LoggedCommit
  readonly matches: ReadonlyMap<string, LineMatch>
  /** The lines it is asked about. */
  readonly of: LineBag
  /** What it took away itself. */
  readonly removed: LineBag
}

/** What is known of a unit: upstream has it, by which commit where one did it; or it is the patch's own. */
export interface UnitFate {
  readonly file: OwnFile
  readonly hunk: OwnHunk
  readonly unit: Unit
  readonly taken: boolean
  /** `reviewed`: in upstream's reviewed form of it; `same`: line by line. */
  readonly how?: 'same' | 'reviewed'
  readonly by?: LoggedCommit
  readonly undoneBy?: LoggedCommit
  /** How the reviewed form has its lines. */
  readonly matches?: ReadonlyMap<string, LineMatch>
  /** Of what it puts in, and how much of that the reviewed form has. */
  readonly weight: number
  readonly has: number
  /** Names that it brings, that neither the base nor the release has, in lines that upstream has in no form. */
  readonly names: readonly string[]
  /** It takes the place of lines that an earlier patch of the series brought. */
  readonly pending: boolean
}

interface FateAsked extends Candidates {
  readonly reviewed: readonly Reviewed[]
  readonly lines: FileLines
  /** Lines that earlier patches of the series brought and that still stand: taking them away is still to be done. */
  readonly brought: LineBag
}

/** As much of a block as a diff may show at the wrong end of it. */
const FEW = 3

/** A unit of whose lines a reviewed form has at least this share is there in that form. */
const REVIEWED_UNIT = 0.5

/** Decides piece by piece what of a patch upstream has. */
export function unitFates(files: readonly OwnFile[], asked: FateAsked): readonly UnitFate[] {
  const isKnown = namesKnown([asked.lines.base, asked.lines.release])
  const known: Known = (name) => isKnown(name.replace(STAGE, ''))
  const removed = files.flatMap(({ hunks }) =>
    hunks.flatMap((hunk) => hunk.removed.map((line) => ({ line, hunk }))),
  )
  const takenAway = grouped(removed, ({ line }) => line)
  const fates = files.flatMap((file) =>
    file.hunks.flatMap((hunk) => {
      const pending = stillToGo(hunk, asked)
      return hunk.units.map((unit): UnitFate => {
        return fateOf({ file, hunk, unit }, { ...asked, known, takenAway, pending: pending.has(unit) })
      })
    }),
  )
  return asOftenAsThere(fates, asked.lines)
}

/**
 * A patch may put the same lines in at several places, and upstream have them at one: as many of such pieces are taken as upstream has,
 * those first that stand where it has them. The others are still to be carried.
 */
function asOftenAsThere(fates: readonly UnitFate[], lines: FileLines): readonly UnitFate[] {
  const taken = fates.filter((fate) => fate.taken && !fate.matches)
  const wanted = bagOf(taken.flatMap(tellingIn))
  const left = new Map(
    [...wanted].flatMap(([line, times]): [string, number][] => {
      const there = (lines.release.get(line) ?? 0) - (lines.base.get(line) ?? 0)
      return times > there ? [[line, there]] : []
    }),
  )
  if (left.size === 0) return fates
  const near = new Map(taken.map((fate) => [fate, neighboursThere(fate, lines.texts)]))
  const nearness = (fate: UnitFate): number => near.get(fate) ?? 0
  const over = new Set<UnitFate>()
  for (const fate of taken.toSorted((a, b) => nearness(b) - nearness(a))) {
    const telling = tellingIn(fate)
    if (telling.length > 0 && telling.every((line) => (left.get(line) ?? 1) <= 0)) over.add(fate)
    else for (const line of telling) if (left.has(line)) left.set(line, (left.get(line) ?? 0) - 1)
  }
  return fates.map((fate) => (over.has(fate) ? asOwn(fate) : fate))
}

function tellingIn({ unit }: UnitFate): readonly string[] {
  return unit.lines.filter((line) => lineWeight(line) === 1)
}

function asOwn({ file, hunk, unit, weight, has, names, pending }: UnitFate): UnitFate {
  return { file, hunk, unit, weight, has, names, pending, taken: false }
}

/** Whether the base or the release has a name, in whatever it stands. */
type Known = (name: string) => boolean

/** Kubernetes drops these from a name once it is stable. */
const STAGE = /^(?:alpha|beta)\./

interface Asked extends FateAsked {
  readonly known: Known
  /** Whether it takes the place of lines that still stand where they did. */
  readonly pending: boolean
  /** Where the patch takes lines away, by the line. */
  readonly takenAway: ReadonlyMap<string, readonly { readonly hunk: OwnHunk }[]>
}

type Piece = Pick<UnitFate, 'file' | 'hunk' | 'unit'>

function fateOf(piece: Piece, asked: Asked): UnitFate {
  const { wanted, reviewed } = asked
  const needs = piece.unit.lines.filter((line) => wanted.added.has(line) && lineWeight(line) > 0)
  const form = reviewed.find(({ of }) => needs.some((line) => of.has(line)))
  const own = needs.filter((line) => !form?.matches.has(line) && !isNew(line, asked.lines))
  const path = piece.file.change.to
  // A name is a veto against a reviewed form, and against nothing else.
  const isAsked = reviewed.length > 0 && !isProse(path)
  const names = isAsked ? newNames(needs, { own, form, known: asked.known }) : []
  const weight = needs.reduce((sum, line) => sum + lineWeight(line), 0)
  const share = (line: string): number => form?.matches.get(line)?.share ?? 0
  const has = needs.reduce((sum, line) => sum + lineWeight(line) * share(line), 0)
  const state = { ...piece, weight, has, names, pending: asked.pending }
  if (needs.length === 0 || asked.pending) return { ...state, taken: false }
  if (needs.length < FEW && stoodThere(piece)) return { ...state, taken: false }
  if (isMoved(piece, needs, asked)) return { ...state, taken: false }
  if (form && names.length === 0) {
    const { commit, undoneBy, matches } = form
    const by = { by: commit, matches, ...defined({ undoneBy }) }
    if (needs.every((line) => form.matches.get(line)?.how === 'same'))
      return { ...state, taken: true, how: 'same', ...by }
    if (has >= REVIEWED_UNIT * weight || isReplaced(piece, form))
      return { ...state, taken: true, how: 'reviewed', ...by }
  }
  return { ...state, ...takenAsItIs(piece, needs, asked) }
}

/**
 * Whether the unit has what the patch takes away elsewhere: that goes there with the patch, so that leaving it out here would leave it
 * nowhere. What upstream has of the few other lines says nothing of it.
 */
function isMoved({ hunk, unit }: Piece, needs: readonly string[], { takenAway }: Asked): boolean {
  const needed = new Set(needs)
  return unit.lines.some((line) => {
    if (lineWeight(line) < 1 || needed.has(line)) return false
    return takenAway.get(line)?.some((each) => each.hunk !== hunk) ?? false
  })
}

/** Whether the form took away the very lines that the patch replaces here: it settled the place in its own words. */
function isReplaced({ hunk: { removed } }: Piece, form: Reviewed): boolean {
  const telling = removed.filter((line) => lineWeight(line) > 0)
  return telling.length > 0 && telling.every((line) => form.removed.has(line))
}

/** The names that lines bring which upstream has in no form, or in a form that puts no other name in their place. */
function newNames(
  needs: readonly string[],
  { own, form, known }: { own: readonly string[]; form: Reviewed | undefined; known: Known },
): readonly string[] {
  const isOwn = new Set(own)
  const found = needs.flatMap((line) => {
    const match = isOwn.has(line) ? undefined : form?.matches.get(line)
    if (!isOwn.has(line) && match?.how !== 'words') return []
    const ours = namesIn(line)
    const names = ours.filter((name) => !known(name))
    if (match?.other === undefined) return isOwn.has(line) ? names : []
    const theirs = namesIn(match.other)
    const given = theirs.filter((name) => !ours.includes(name)).length
    return names.filter((name) => !theirs.includes(name)).slice(given)
  })
  return [...new Set(found)]
}

/**
 * Whether the release has all lines of a unit by now, which the base had not: at its place, or so that there is but one place.
 * One commit that put all of them in is named.
 */
function takenAsItIs(
  piece: Piece,
  needs: readonly string[],
  { candidates, lines }: Asked,
): Pick<UnitFate, 'taken' | 'how' | 'by'> {
  if (!needs.every((line) => isNew(line, lines))) return { taken: false }
  if (!isAtItsPlace(piece, needs, lines.texts)) return { taken: false }
  const isTelling = needs.some((line) => lineWeight(line) >= 1)
  const { path, to } = piece.file.change
  const touches = ({ changes }: LoggedCommit): boolean =>
    changes.some((change) => change.path === path || change.path === to)
  const candidate = candidates.find(
    ({ commit, effect }) => (isTelling || touches(commit)) && needs.every((line) => effect.added.has(line)),
  )
  // `done` and `rules:` stand everywhere: that the release has one more of them says nothing of this file's.
  if (!isTelling && !candidate) return { taken: false }
  return { taken: true, how: 'same', ...optional(candidate, (candidate) => ({ by: candidate.commit })) }
}

function isNew(line: string, { base, release }: FileLines): boolean {
  return (release.get(line) ?? 0) > (base.get(line) ?? 0)
}

/**
 * The units of a hunk that take the place of what an earlier patch of the series brought, and what stands only because of it:
 * those that set the same, or all where none does.
 */
function stillToGo({ removed, units }: OwnHunk, { brought }: FateAsked): ReadonlySet<Unit> {
  const standing = removed.filter((line) => lineWeight(line) > 0 && brought.has(line))
  if (standing.length === 0) return new Set()
  const keys = new Set(standing.flatMap((line) => settingIn(line)?.key ?? []))
  const sets = (line: string | undefined): boolean => keys.has(settingIn(line ?? '')?.key ?? '')
  const heads = units.filter(({ lines }) => sets(lines.find((line) => lineWeight(line) > 0)))
  const same = heads.length > 0 ? heads : units.filter(({ lines }) => lines.some(sets))
  return new Set(same.length > 0 ? same : units)
}

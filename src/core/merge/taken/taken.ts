import { defined } from '../../model/defined.ts'
import type { PathChange } from '../../model/commit.ts'
import { namedCommit, type MergeReason } from '../../model/merge-reason.ts'
import type { Oid } from '../../model/oid.ts'
import { broughtSince } from './brought-since.ts'
import type { Conversation } from '../conversation.ts'
import type { FileHistory } from '../file-history.ts'
import { sharedWeight, type LineBag } from '../line-bag.ts'
import type { Effect } from '../delta-of.ts'
import { matchLines, tellingKey } from '../match-lines.ts'
import { restOf } from './rest-of.ts'
import { type PatchChange } from '../patch-changes.ts'
import { blobsOf } from '../../model/is-file.ts'
import { lineWeight } from '../../text/line-weight.ts'
import { ownFiles, type OwnFile } from './own-files.ts'
import type { FileLines } from '../file-lines.ts'
import { reviewedForm, type Tie, type Written } from './reviewed-form.ts'
import { unitFates, type Reviewed, type UnitFate } from './unit-fates.ts'
import { findCandidates, type Candidate, type Candidates } from './find-candidates.ts'
import type { Workspace } from '../workspace.ts'

/** One commit of those that a patch is the sum of. */
export interface Part extends Written {
  readonly changes: readonly PathChange[]
}

interface TakenAsked {
  readonly changes: readonly PatchChange[]
  /** `undefined`: nobody is known to have written it, as of a bare tree. */
  readonly written: Written | undefined
  /** The commits that the patch is the sum of; absent where it is one change. */
  readonly parts?: readonly Part[]
  readonly history: FileHistory
  readonly lines: FileLines
  /** What later patches of the series take away again, and what earlier ones brought. */
  readonly later: LineBag
  readonly brought: LineBag
}

/** What upstream has of a patch. */
export interface Taken {
  /** Upstream's reviewed form ends the patch, with all that it does without. */
  readonly whole?: Whole
  readonly files: readonly OwnFile[]
  readonly fates: readonly UnitFate[]
  /** Upstream has a part of it in its reviewed form. */
  readonly isReviewed: boolean
  /** The share of what is left out that upstream has in some form; 1: all of it. */
  readonly share: number
}

export interface Whole {
  readonly by: Candidate
  readonly tie: Tie
  readonly commits: readonly Oid[]
  readonly verdict: 'upstreamed' | 'obsolete'
  readonly reason: MergeReason
  /** Small files that the commit leaves alone. */
  readonly rest: ReadonlySet<string>
  readonly reviewed: Reviewed
}

/** Below this share a reviewed form is another patch enough for a person to look at what it does without. */
export const LOOK_BELOW = 0.9
/** From here on two changes are one: what is missing are lines that say next to nothing. */
const SAME = 0.98
/** A rest of this share is a change of its own, which review did not leave out by the way. */
const OWN_CHANGE = 1 / 3
/** Of a bare tree nothing but the lines says what it is: it ends unless the half of it is its own. */
const OWN_HALF = 1 / 2
/** With this share in one commit a patch is there, and what is missing was left out on purpose, names and all. */
const MOST = 0.75
/** Of a shorter patch boilerplate may be three quarters. */
const LONG = 8

/** Looks in upstream's history for what it has of a patch: of the whole in its reviewed form, else piece by piece. */
export function* findTaken(asked: TakenAsked, workspace: Workspace): Conversation<Taken | undefined> {
  const { changes, parts, written, history, lines } = asked
  if (history.commits.length === 0) return undefined
  const found = yield* findCandidates(changes, asked, workspace)
  const tied = parts ? undefined : reviewedForm(found.candidates, written)
  const isReviewed = tied !== undefined && broughtSince(changes, lines, workspace)
  const ofWhole = isReviewed ? { ...tied, form: reviewedBy(tied.by, found.wanted.added) } : undefined
  const forms = parts ? yield* reviewedParts(parts, asked, workspace) : [ofWhole?.form]
  const reviewed = forms.flatMap((form) => form ?? [])
  // What history was compared with may have gone again.
  yield* workspace.load(changes.flatMap(({ before, after }) => blobsOf(before, after)))
  const files = ownFiles(changes, workspace)
  const fates = unitFates(files, { ...asked, ...found, reviewed })
  if (ofWhole) {
    const { by, tie, form } = ofWhole
    const rest = restOf(changes, by, workspace)
    const share = shareOf(found, form, by)
    const takesAway = takesBrought(files, asked.brought)
    if (
      !takesAway &&
      endsWhole(fates, {
        tie,
        share,
        all: found.wanted.weight,
        toGo: removalsLeft(found.wanted, by, lines),
        rest: rest.isLarge,
      })
    )
      return { whole: wholeBy(by, { tie, share, form, rest: rest.paths }), files, fates, share, isReviewed }
    if (rest.isLarge) return { ...partOf(files, asOwn(fates, rest.paths)), isReviewed }
  }
  return fates.some(({ taken }) => taken) ? { ...partOf(files, fates), isReviewed } : undefined
}

function* reviewedParts(
  parts: readonly Part[],
  asked: TakenAsked,
  workspace: Workspace,
): Conversation<readonly Reviewed[]> {
  const paths = new Set(asked.changes.flatMap(({ path, to }) => [path, to]))
  const found: Reviewed[] = []
  for (const part of parts) {
    const changes = part.changes
      .filter(({ path }) => paths.has(path))
      .map((change) => ({ ...change, to: change.path }))
    const { wanted, candidates } = yield* findCandidates(changes, asked, workspace)
    const tied = reviewedForm(candidates, part)
    if (tied) found.push(reviewedBy(tied.by, wanted.added))
  }
  return found
}

function reviewedBy({ commit, effect, undoneBy }: Candidate, wanted: LineBag): Reviewed {
  const matches = matchLines(wanted, effect.added)
  return { commit, ...defined({ undoneBy }), matches, of: wanted, removed: effect.removed }
}

/** The share of the patch that its reviewed form has, a setting with another value counted as had. */
function shareOf({ wanted }: Candidates, { matches }: Reviewed, by: Candidate): number {
  let has = sharedWeight(wanted.dropped, by.effect.removed)
  for (const [line, times] of wanted.added) has += lineWeight(line) * times * (matches.get(line)?.share ?? 0)
  return Math.min(1, Math.max(has / wanted.weight, by.cover))
}

/**
 * Whether the reviewed form ends the patch. What it has no line of is carried instead where it is a third of the patch, where
 * it brings a name of its own, and wherever only the author ties the two: then the commit may be a part of it.
 */
function endsWhole(
  fates: readonly UnitFate[],
  { tie, share, all, rest, toGo }: { tie: Tie; share: number; all: number; rest: boolean; toGo: number },
): boolean {
  const own = fates.filter(({ taken, weight }) => !taken && weight > 0)
  if (rest || own.some(({ pending }) => pending)) return false
  if (own.length === 0 && toGo === 0) return true
  const weight = own.reduce((sum, each) => sum + (each.has === 0 ? each.weight : 0), toGo)
  const hasNames = own.some(({ names }) => names.length > 0)
  if (tie === 'author' || (hasNames && share < MOST)) return false
  if (tie === 'lines' && hasNames && all < LONG) return false
  return weight < (tie === 'lines' ? OWN_HALF : OWN_CHANGE) * all
}

/** The weight of what a patch takes away, a commit does not, and the release still has, be it with another value. */
function removalsLeft({ dropped }: Effect, { effect }: Candidate, { release }: FileLines): number {
  const open = [...dropped.keys()].filter((line) => !effect.removed.has(line))
  if (open.length === 0) return 0
  const keys = new Set([...release.keys()].map(tellingKey))
  const stands = (line: string): boolean => {
    const key = tellingKey(line)
    return release.has(line) || (key !== undefined && keys.has(key))
  }
  return open.reduce((sum, line) => sum + (stands(line) ? lineWeight(line) : 0), 0)
}

/** Whether a hunk only takes away what earlier patches of the series brought: that no upstream can have done. */
function takesBrought(files: readonly OwnFile[], brought: LineBag): boolean {
  return files.some(({ hunks }) =>
    hunks.some(
      ({ units, removed }) =>
        units.length === 0 && removed.some((line) => lineWeight(line) > 0 && brought.has(line)),
    ),
  )
}

function asOwn(fates: readonly UnitFate[], paths: ReadonlySet<string>): readonly UnitFate[] {
  return fates.map((fate) => (paths.has(fate.file.change.path) ? { ...fate, taken: false } : fate))
}

function partOf(files: readonly OwnFile[], fates: readonly UnitFate[]): Omit<Taken, 'isReviewed'> {
  let all = 0
  let has = 0
  for (const { taken, how, unit, matches } of fates) {
    if (!taken) continue
    for (const line of unit.lines) {
      all += lineWeight(line)
      has += lineWeight(line) * (how === 'reviewed' ? (matches?.get(line)?.share ?? 0) : 1)
    }
  }
  return { files, fates, share: all === 0 ? 1 : has / all }
}

function wholeBy(
  by: Candidate,
  { tie, share, form, rest }: { tie: Tie; share: number; form: Reviewed; rest: ReadonlySet<string> },
): Whole {
  const { commit, undoneBy } = by
  const state = { by, tie, rest, reviewed: form }
  if (undoneBy)
    return {
      ...state,
      verdict: 'obsolete',
      commits: [commit.oid, undoneBy.oid],
      reason: { code: 'taken-back', commit: namedCommit(commit), by: namedCommit(undoneBy) },
    }
  const named = namedCommit(commit)
  const reason: MergeReason =
    share >= SAME
      ? { code: 'taken-as', commits: [named] }
      : { code: 'taken-in-form', commit: named, byTitle: tie === 'title', share }
  return { ...state, verdict: 'upstreamed', commits: [commit.oid], reason }
}

/** 1 where nothing that says anything is missing. */
export function asConfidence(share: number): number {
  return share >= SAME ? 1 : share
}

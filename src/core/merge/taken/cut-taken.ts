import { addTo } from '../../model/collections/grouped.ts'
import type { Oid } from '../../model/oid.ts'
import type { FileOutcome, Verdict } from '../../model/verdict.ts'
import type { Entry } from '../../model/tree.ts'
import type { Conversation } from '../conversation.ts'
import { deltaOf, effectOf } from '../delta-of.ts'
import { mergeTree, type MergeSides, type TreeMerge } from '../merge-tree.ts'
import type { PatchChange } from '../patch-changes.ts'
import type { Unit } from './own-files.ts'
import type { FileLines } from '../file-lines.ts'
import type { Taken, Whole } from './taken.ts'
import { namedCommit, type MergeReason, type NamedCommit } from '../../model/merge-reason.ts'
import type { UnitFate } from './unit-fates.ts'
import { withoutUnits } from './without-units.ts'
import type { Workspace } from '../workspace.ts'

/** A patch without what upstream has of it. */
interface Cut {
  readonly merged: TreeMerge
  /** What is left to carry. */
  readonly changes: readonly PatchChange[]
}

/**
 * Ends a patch that upstream has in its reviewed form. Files that the commit leaves alone, and of whose change no line tells whether it has
 * that (a deletion, a new name, what is no text), stay as they merged.
 */
export function endWhole(
  merged: TreeMerge,
  whole: Whole,
  { changes, workspace }: { readonly changes: readonly PatchChange[]; readonly workspace: Workspace },
): TreeMerge {
  const put = new Map<string, Entry | undefined>()
  const { paths } = whole.by
  const outcomes = merged.outcomes.map((outcome): FileOutcome => {
    const { path, to } = outcome
    const change = changes.find((each) => each.path === path)
    const places = [path, to, change?.to ?? path]
    if (change && !places.some((place) => paths.has(place)) && isOfWholeFile(change, workspace)) {
      for (const place of places) if (merged.changes.has(place)) put.set(place, merged.changes.get(place))
      return outcome
    }
    const told = { path, to, upstream: whole.commits }
    if (whole.verdict === 'upstreamed' && whole.rest.has(path)) {
      return { ...told, verdict: 'obsolete', reasons: [whole.reason, { code: 'form-without-file' }] }
    }
    return { ...told, verdict: whole.verdict, reasons: [whole.reason] }
  })
  return { changes: put, outcomes }
}

function isOfWholeFile({ before, after }: PatchChange, workspace: Workspace): boolean {
  return !after || effectOf([deltaOf(before, after, workspace)]).weight === 0
}

interface CutAsked {
  readonly sides: MergeSides
  readonly merged: TreeMerge
  readonly changes: readonly PatchChange[]
  readonly taken: Taken
  readonly lines: FileLines
}

/** Carries what is left of a patch once the pieces that upstream has are taken out; files without such pieces stay as they merged. */
export function* cutTaken(
  { sides, merged, changes, taken, lines }: CutAsked,
  workspace: Workspace,
): Conversation<Cut> {
  const units = new Set(taken.fates.filter((fate) => fate.taken).map(({ unit }) => unit))
  const rests = new Map<string, PatchChange | undefined>()
  for (const file of taken.files) {
    const here = file.hunks.flatMap((hunk) => hunk.units).filter((unit) => units.has(unit))
    if (here.length > 0) rests.set(file.change.path, restOfFile(file, units, { lines, workspace }))
  }
  // Where upstream has this very patch reviewed, the user's value of a setting that both put in is the older form of it.
  if (taken.isReviewed)
    for (const change of changes)
      if (!rests.has(change.path) && keepsValue(merged, change)) rests.set(change.path, change)
  const left = [...rests.values()].filter((change) => change !== undefined)
  const again = yield* mergeTree({ ...sides, isReviewed: taken.isReviewed }, left, workspace)
  const put = new Map(merged.changes)
  const takenAt = takenByPath(taken)
  const anew = new Map(again.outcomes.map((outcome) => [outcome.path, outcome]))
  const outcomes = merged.outcomes.map((outcome): FileOutcome => {
    if (!rests.has(outcome.path)) return outcome
    put.delete(outcome.to)
    return anew.get(outcome.path) ?? allTaken(outcome, takenAt.get(outcome.path) ?? [])
  })
  for (const [path, entry] of again.changes) put.set(path, entry)
  const carried = changes.flatMap((change) =>
    rests.has(change.path) ? (rests.get(change.path) ?? []) : [change],
  )
  return { merged: { changes: put, outcomes }, changes: carried }
}

function takenByPath({ fates }: Pick<Taken, 'fates'>): ReadonlyMap<string, readonly UnitFate[]> {
  const found = new Map<string, UnitFate[]>()
  for (const fate of fates) {
    if (!fate.taken) continue
    addTo(found, fate.file.change.path, fate)
  }
  return found
}

function keepsValue({ outcomes }: TreeMerge, { path }: PatchChange): boolean {
  const outcome = outcomes.find((each) => each.path === path)
  return outcome?.told?.some(({ code }) => code === 'value-kept') ?? false
}

/** A file that the patch adds goes as a whole or stays as a whole. */
function restOfFile(
  file: Taken['files'][number],
  units: ReadonlySet<Unit>,
  known: { readonly lines: FileLines; readonly workspace: Workspace },
): PatchChange | undefined {
  const { before, after } = file.change
  if (before && after) return withoutUnits(file, units, known)
  return file.hunks.every((hunk) => hunk.units.every((unit) => units.has(unit))) ? undefined : file.change
}

function allTaken({ path, to }: FileOutcome, fates: readonly UnitFate[]): FileOutcome {
  const undone = fates.find((fate) => fate.by && fate.undoneBy)
  const upstream = commitsOf(fates)
  if (undone?.by && undone.undoneBy && fates.every(({ undoneBy }) => undoneBy)) {
    const [commit, by] = [namedCommit(undone.by), namedCommit(undone.undoneBy)]
    return { path, to, verdict: 'obsolete', reasons: [{ code: 'taken-back', commit, by }], upstream }
  }
  const commits = takersOf(fates)
  const reason: MergeReason = commits.length === 0 ? { code: 'all-there' } : { code: 'taken-as', commits }
  return { path, to, verdict: 'upstreamed', reasons: [reason], upstream }
}

/** Says of each file of which something was left to carry what upstream has of it, once it is known what became of the rest. */
export function tellParts(merged: TreeMerge, taken: Taken, rest: readonly PatchChange[]): TreeMerge {
  const left = new Set(rest.map(({ path }) => path))
  const takenAt = takenByPath(taken)
  const outcomes = merged.outcomes.map((outcome) => {
    const here = takenAt.get(outcome.path)
    return here && left.has(outcome.path) ? withPart(outcome, here) : outcome
  })
  return { ...merged, outcomes }
}

function withPart(outcome: FileOutcome, fates: readonly UnitFate[]): FileOutcome {
  const { verdict } = outcome
  return {
    ...outcome,
    // A setting that is gone leaves nothing but what the release has; a matter settled in another way stays so.
    verdict: verdict === 'obsolete' && !outcome.gone ? verdict : PARTLY[verdict],
    reasons: [{ code: 'part-taken', commits: takersOf(fates) }, ...outcome.reasons],
    upstream: [...new Set([...commitsOf(fates), ...outcome.upstream])],
  }
}

/** What is left of a file makes it another patch; where nothing is left, the release has the rest. */
const PARTLY: Readonly<Record<Verdict, Verdict>> = {
  clean: 'adapted',
  moved: 'adapted',
  adapted: 'adapted',
  upstreamed: 'upstreamed',
  obsolete: 'upstreamed',
  conflict: 'conflict',
}

function commitsOf(fates: readonly UnitFate[]): readonly Oid[] {
  return [...new Set(fates.flatMap(({ by, undoneBy }) => [by, undoneBy]))].flatMap((commit) =>
    commit ? [commit.oid] : [],
  )
}

function takersOf(fates: readonly UnitFate[]): readonly NamedCommit[] {
  return [...new Map(fates.flatMap(({ by }) => (by ? [[by.oid, namedCommit(by)]] : []))).values()]
}

import { defined, optional } from '../../model/defined.ts'
import { namedCommit, type MergeReason } from '../../model/merge-reason.ts'
import { nameOf } from '../../model/parent-of.ts'
import type { Entry, Tree } from '../../model/tree.ts'
import type { FileOutcome } from '../../model/verdict.ts'
import type { Conversation } from '../conversation.ts'
import type { FileHistory } from '../file-history.ts'
import type { TreeMerge } from '../merge-tree.ts'
import { nothingLeft } from '../nothing-left.ts'
import { type PatchChange } from '../patch-changes.ts'
import { blobsOf, isFile } from '../../model/is-file.ts'
import { textKind } from '../text-kind.ts'
import { standsTwice, twiceNotes, type Twice } from '../stands-twice.ts'
import { climb, type Climb } from './climb.ts'
import { standsAgain } from './stands-again.ts'
import { openInRelease } from './open-in-release.ts'
import type { Workspace } from '../workspace.ts'

/**
 * Takes the files that one jump did not settle and carries them up upstream's history instead, commit by commit. What that
 * does not settle either stays as the jump left it, with the commit that collides named.
 */
export function* climbFiles(
  jump: TreeMerge,
  patch: readonly PatchChange[],
  { history, onto }: { history: FileHistory; onto: Tree },
  workspace: Workspace,
): Conversation<TreeMerge> {
  if (history.commits.length === 0) return jump
  const changes = new Map(jump.changes)
  const outcomes: FileOutcome[] = []
  for (const outcome of jump.outcomes) {
    const change = patch.find(({ path }) => path === outcome.path)
    if (!change || !isWorthIt(outcome)) {
      outcomes.push(outcome)
      continue
    }
    const way = yield* climb(change, { history, onto }, workspace)
    const { twice, isBack } = way.collision
      ? NO_FAULT
      : yield* faultsAbove(change, way, { outcome, onto }, workspace)
    if (isBack) outcomes.push(outcome)
    else if (twice.some(({ place, kind }) => kind === 'key' && place !== undefined))
      outcomes.push(twiceThere(outcome, way, twice))
    else if (way.collision) {
      const place = placeAfter(outcome, way, { history, onto })
      const there = yield* textOf(onto.get(place ?? outcome.to), workspace)
      outcomes.push(collided(outcome, way, { place, there }))
    } else if (way.fronts.some(({ path }) => changes.has(path) && path !== outcome.to)) outcomes.push(outcome)
    else {
      changes.delete(outcome.to)
      for (const front of way.fronts) changes.set(front.path, written(front.patch, workspace))
      outcomes.push(arrived(outcome, way, twice))
    }
  }
  return { changes, outcomes }
}

function isWorthIt({ verdict, gone = [] }: FileOutcome): boolean {
  return verdict === 'conflict' || verdict === 'obsolete' || gone.length > 0
}

/** The climb works with texts of its own; what stays becomes one of the patch's. */
function written(entry: Entry, workspace: Workspace): Entry {
  const lines = workspace.lines(entry.oid)
  return lines ? { ...entry, oid: workspace.put(lines) } : entry
}

const NO_FAULT = { twice: [], isBack: false }

/**
 * What stands twice in the files that a climb came to, and neither in the release nor in what the patch makes of the file; and whether
 * something stands in them that the patch takes away.
 */
function* faultsAbove(
  { before, after }: PatchChange,
  { fronts }: Climb,
  { outcome, onto }: { readonly outcome: FileOutcome; readonly onto: Tree },
  workspace: Workspace,
): Conversation<{ readonly twice: readonly Twice[]; readonly isBack: boolean }> {
  const ways = fronts.map(({ path, patch }) => ({ path, made: patch, there: onto.get(path) }))
  const rest = onto.get(outcome.to)
  yield* workspace.load(blobsOf(before, after, rest, ...ways.map(({ there }) => there)))
  const textOf = (entry: Entry | undefined): readonly string[] =>
    (entry && isFile(entry) && workspace.has(entry.oid) && workspace.lines(entry.oid)) || []
  const [base, patch] = [textOf(before), textOf(after)]
  const twice = ways.flatMap(({ path, made, there }) =>
    standsTwice(textOf(made), { base, upstream: textOf(there), patch }, textKind(path)),
  )
  const made = ways.length > 0 ? ways.map((way) => textOf(way.made)) : [textOf(rest)]
  const upstream = ways.length > 0 ? ways.flatMap(({ there }) => textOf(there)) : textOf(rest)
  return { twice, isBack: standsAgain(made, { base, upstream, patch }) }
}

/** A key that a climb put in twice is a collision: the file stays as the release has it. */
function twiceThere(
  outcome: FileOutcome,
  { fronts: [front], bound }: Climb,
  twice: readonly Twice[],
): FileOutcome {
  const { path, upstream, regions = [] } = outcome
  const told = twiceNotes(twice)
  const reasons = [{ code: 'twice-by-commits' } as const]
  const to = front?.path ?? outcome.to
  return { path, to, verdict: 'conflict', reasons, told, upstream, regions, ...defined({ bound }) }
}

const BY_COMMITS: MergeReason = { code: 'by-commits' }
const NOTHING_LEFT = { verdict: 'upstreamed', reasons: [{ code: 'nothing-left' }] } as const

function arrived(
  outcome: FileOutcome,
  { fronts, notes, told: onTheWay, gone, taken, met, bound = outcome.bound }: Climb,
  twice: readonly Twice[],
): FileOutcome {
  const upstream = met.map(({ oid }) => oid)
  const by: readonly MergeReason[] =
    met.length > 0 ? [{ code: 'commits-met', commits: met.slice(-3).map(namedCommit) }] : []
  if (fronts.length === 0) {
    const isGone = outcome.verdict === 'obsolete' && !taken
    const none = isGone ? { verdict: outcome.verdict, reasons: outcome.reasons } : NOTHING_LEFT
    const left = gone.length > 0 ? { ...nothingLeft(taken, gone), ...defined({ bound }) } : none
    return { ...outcome, ...left, reasons: [...left.reasons, ...by], upstream }
  }
  const to = fronts.map(({ path }) => path).join(', ')
  const why = [...notes, ...gone]
  const told = [...onTheWay, ...twiceNotes(twice)]
  const moved = !bound && notes.length + gone.length + told.length === 0 && to !== outcome.path
  const verdict = moved ? 'moved' : 'adapted'
  return {
    path: outcome.path,
    to,
    verdict,
    reasons: [...(why.length > 0 ? why : [BY_COMMITS]), ...by],
    ...optional(told.length || undefined, () => ({ told })),
    upstream,
    ...defined({ bound }),
    ...optional(gone.length || undefined, () => ({ gone })),
  }
}

/** Where history says that a file went which the two ends alone do not show to be one: no other patch may be told otherwise. */
function placeAfter(
  { path, to, verdict }: FileOutcome,
  { fronts }: Climb,
  { history, onto }: { history: FileHistory; onto: Tree },
): string | undefined {
  if (verdict !== 'obsolete' || onto.has(to)) return undefined
  const known = [...fronts.map((front) => front.path), ...[...history.paths].filter(isNamesakeOf(path))]
  return known.find((each) => each !== path && onto.has(each))
}

function isNamesakeOf(path: string): (other: string) => boolean {
  return (other) => nameOf(other) === nameOf(path)
}

/** The lines of a file of the release; none of what is no text or not there. */
function* textOf(entry: Entry | undefined, workspace: Workspace): Conversation<readonly string[]> {
  if (!entry || !isFile(entry)) return []
  yield* workspace.load([entry.oid])
  return (workspace.has(entry.oid) && workspace.lines(entry.oid)) || []
}

function collided(
  outcome: FileOutcome,
  { collision, bound }: Climb,
  { place, there }: { readonly place: string | undefined; readonly there: readonly string[] },
): FileOutcome {
  const commit = collision?.commit
  if (!commit || (outcome.verdict !== 'conflict' && place === undefined)) return outcome
  // What is no text has no sides to show.
  const open = collision.open.filter(
    ({ sides }) => sides.base !== '' || sides.upstream !== '' || sides.patch !== '',
  )
  const regions = openInRelease(open, outcome.regions ?? [], { there, commit: commit.oid })
  const where: readonly MergeReason[] =
    place === undefined ? outcome.reasons : [{ code: 'now-at', to: place }]
  return {
    ...outcome,
    ...optional(place, (place) => ({ to: place, verdict: 'conflict' as const })),
    reasons: [...where, { code: 'collides-with', commit: namedCommit(commit) }],
    upstream: [...outcome.upstream, commit.oid],
    ...defined({ bound: outcome.bound ?? bound }),
    ...optional(Boolean(open.length || place !== undefined), () => ({ regions })),
  }
}

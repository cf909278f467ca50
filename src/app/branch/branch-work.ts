import type { LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { forkCommitIn, TRAILER } from '../../core/series/trailer.ts'
import type { History } from '../../ports/object-store.ts'
import { COMMITTER_EMAIL } from '../repository/committer-at.ts'
import type { StepName } from './step-name.ts'

/** Whose work the commits of a step's branch are. */
export interface BranchWork {
  readonly tip: Oid
  /** Our commits, the newest first; the last of them is where the step begins. Empty where none is left. */
  readonly ours: readonly LoggedCommit[]
  /** What people put on top of them, oldest first, merges included. */
  readonly persons: readonly LoggedCommit[]
  /** Whether people changed or took out commits of ours, so that what lies on top of what cannot be told any more. */
  readonly rewritten: boolean
}

interface BranchQuestion {
  readonly tip: Oid
  /** Commits that belong to the fork or to upstream, with all below them. */
  readonly below: readonly Oid[]
  readonly kind: StepName['kind']
}

/**
 * Tells our commits on a branch from people's. Ours have our committer and our trailers: a person who amends one keeps its
 * author and its trailers, and becomes its committer. Where the fork's own branch was rewritten since, its old commits lie
 * below ours and are no one's work on this branch.
 */
export async function readBranchWork(
  store: History,
  { tip, below, kind }: BranchQuestion,
): Promise<BranchWork> {
  return workIn(await store.log({ to: tip, not: below }), { tip, kind })
}

/** The same of a history that is read already. */
export function workIn(
  log: readonly LoggedCommit[],
  { tip, kind }: Pick<BranchQuestion, 'tip' | 'kind'>,
): BranchWork {
  // All of it is in the fork's own branch, as after a merge: there is nothing on it to be kept or mixed up.
  if (log.length === 0) return { tip, ours: [], persons: [], rewritten: false }
  const byOid = new Map(log.map((commit) => [commit.oid, commit]))
  const line = firstParents(byOid, tip)
  const bottom = line.findIndex((commit) => isOurs(commit) && beginsStep(commit, kind))
  const start = kind === 'kubespray' ? bottom : lastOfRun(line, kind)
  if (start < 0) return { tip, ours: [], persons: log.toReversed(), rewritten: true }
  const ours = line.slice(0, start + 1).filter(isOurs)
  const [top] = ours
  const above = line.slice(0, line.indexOf(top as LoggedCommit))
  const mixed = line.slice(above.length, start + 1).some((commit) => !isOurs(commit))
  const mine = new Set(line.slice(above.length).map(({ oid }) => oid))
  const reachable = reachableFrom(byOid, tip, mine)
  return {
    tip,
    ours,
    persons: log.filter(({ oid }) => reachable.has(oid)).toReversed(),
    rewritten: mixed || above.some(hasOurTrailers),
  }
}

/** The commit of the fork's own branch that a step was made on. */
export function madeOn({ ours }: Pick<BranchWork, 'ours'>): Oid | undefined {
  const start = ours.at(-1)
  return start && forkCommitIn(start)
}

/** Whether anything on a branch is not from us. */
export function isTouched({ persons, rewritten }: BranchWork): boolean {
  return persons.length > 0 || rewritten
}

function isOurs({ committer, message }: LoggedCommit): boolean {
  return committer.email === COMMITTER_EMAIL && hasOurTrailers({ message })
}

function hasOurTrailers({ message }: Pick<LoggedCommit, 'message'>): boolean {
  return /^Multiarch-(?:Step|Patch): /m.test(message)
}

function beginsStep({ message }: LoggedCommit, kind: StepName['kind']): boolean {
  return message.includes(`${TRAILER.step}: ${kind} `)
}

/** A step of inventories alone is a run of commits that all say which step they are part of; it begins with the lowest. */
function lastOfRun(line: readonly LoggedCommit[], kind: StepName['kind']): number {
  const top = line.findIndex((commit) => isOurs(commit) && beginsStep(commit, kind))
  if (top < 0) return -1
  const rest = line.slice(top)
  const end = rest.findIndex((commit) => !(isOurs(commit) && beginsStep(commit, kind)))
  // What lies below a person's commit in between is the same run.
  const more = end < 0 ? -1 : lastOfRun(rest.slice(end), kind)
  return more < 0 ? top + (end < 0 ? rest.length : end) - 1 : top + end + more
}

function firstParents(commits: ReadonlyMap<Oid, LoggedCommit>, tip: Oid): readonly LoggedCommit[] {
  const line: LoggedCommit[] = []
  for (let at = commits.get(tip); at; at = at.parents[0] && commits.get(at.parents[0])) line.push(at)
  return line
}

/** Everything that a person's commits bring, down to ours. */
function reachableFrom(
  commits: ReadonlyMap<Oid, LoggedCommit>,
  tip: Oid,
  stop: ReadonlySet<Oid>,
): ReadonlySet<Oid> {
  const found = new Set<Oid>()
  const open = [tip]
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    if (found.has(oid) || stop.has(oid)) continue
    const commit = commits.get(oid)
    if (!commit) continue
    found.add(oid)
    open.push(...commit.parents)
  }
  return found
}

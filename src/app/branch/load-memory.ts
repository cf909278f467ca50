import { forgottenIn, givenIn, NOTHING_REMEMBERED, type Memory } from '../../core/series/memory/answer.ts'
import { answersOn, forgottenOn, type StepRun } from '../../core/series/memory/answers-on.ts'
import { defined } from '../../core/model/defined.ts'
import type { LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { toldConflictsIn } from '../../core/series/memory/told-conflict.ts'
import { settlementsIn } from '../../core/series/settlement.ts'
import { stepRecordedIn } from '../../core/series/trailer.ts'
import type { History } from '../../ports/object-store.ts'
import { readBranchWork, workIn, type BranchWork } from './branch-work.ts'
import { readStepName } from './step-name.ts'
import type { Remembering } from '../carry/recollection.ts'
import { COMMITTER_EMAIL } from '../repository/committer-at.ts'
import type { ReadFork } from '../repository/read-fork.ts'
import type { Repository } from '../repository/read-repository.ts'

interface MemoryQuestion {
  readonly repository: Pick<Repository, 'branches' | 'defaultBranch' | 'branchAtHead' | 'upstreamTips'>
  /** The head of the branch that the step goes to. */
  readonly head: Oid
  /** The folder that has Kubespray's files, with a slash at its end; empty at the top. */
  readonly folder: string
  readonly own?: OwnBranch | undefined
}

/** The branch of the step that is worked out, where it is there. */
export interface OwnBranch {
  readonly name: string
  readonly work: BranchWork
  /**
   * `remember`: what people did on it is remembered, since their commits will be there no more · `leave`: their commits stay on top ·
   * `judge`: so they do, and nothing is settled by memory but what was when the branch was written.
   */
  readonly persons: 'remember' | 'leave' | 'judge'
  /** A patch of which nothing is to be remembered. */
  readonly forget?: string | undefined
}

/**
 * What a repository remembers of conflicts that people settled: on the branches of steps as they stand, and in the history of the
 * branch that steps go to, however they were merged. Of a step merged with a merge commit all is known; of one that was squashed or
 * rebased, what its commits say of themselves.
 */
export async function loadMemory(
  store: History,
  { repository, fork }: Pick<ReadFork, 'repository' | 'fork'>,
  own?: OwnBranch,
): Promise<Remembering> {
  const { layout } = fork.standing
  // Elsewhere the repository has no such files, and nothing that could be remembered.
  if (layout.kind !== 'root' && layout.kind !== 'folder') return NOTHING_REMEMBERED
  const folder = layout.kind === 'folder' ? `${layout.path}/` : ''
  const question = { repository, head: fork.head.oid, folder, own }
  const memories = [
    ...(await onBranches(store, question)),
    ...(await inHistory(store, question)),
    ...(own ? [onOwn(own, question)] : []),
  ]
  const answers = memories.flatMap((each) => each.answers)
  const forgotten = [
    ...memories.flatMap((each) => each.forgotten),
    ...(own?.forget === undefined ? [] : [{ patch: own.forget, time: Infinity }]),
  ]
  const only = own?.persons === 'judge' ? recordedOn(own) : undefined
  return { answers, forgotten, ...defined({ only }) }
}

async function onBranches(
  store: History,
  { repository, head, folder, own }: MemoryQuestion,
): Promise<readonly Memory[]> {
  const below = [head, ...repository.upstreamTips]
  const found: Memory[] = []
  for (const [name, tip] of repository.branches) {
    if (name === own?.name || readStepName(name, '')?.kind !== 'kubespray') continue
    found.push(memoryOf(await readBranchWork(store, { tip, below, kind: 'kubespray' }), folder))
  }
  return found
}

function onOwn({ work, persons }: OwnBranch, { folder }: MemoryQuestion): Memory {
  if (persons === 'remember') return memoryOf(work, folder)
  const { answers } = memoryOf({ ...work, persons: [] }, folder)
  return { answers, forgotten: forgottenOn(work) }
}

function memoryOf({ ours, persons }: Pick<BranchWork, 'ours' | 'persons'>, folder: string): Memory {
  const release = [...ours, ...persons].map(({ message }) => stepRecordedIn(message)).find(isThere)
  if (!release) return NOTHING_REMEMBERED
  return answersOn({ release, ours: ours.toReversed(), persons, isAtWord, isFile: fileIn(folder) })
}

function fileIn(folder: string): StepRun['isFile'] {
  return (path, seen) => path === folder + seen
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined
}

function isAtWord({ committer, message }: LoggedCommit): boolean {
  return committer.email === COMMITTER_EMAIL && settlementsIn(message).length > 0
}

/** Names of the conflicts that our commits settled by an answer of before. */
function recordedOn({ work }: OwnBranch): ReadonlySet<string> {
  return new Set(work.ours.flatMap(({ message }) => [...givenIn(message).keys()]))
}

async function inHistory(store: History, question: MemoryQuestion): Promise<readonly Memory[]> {
  const { repository, head, folder } = question
  const main = repository.branches.get(repository.defaultBranch ?? repository.branchAtHead ?? '')
  const found: Memory[] = []
  for (const to of new Set([head, main ?? head])) {
    const log = await store.log({ to, not: repository.upstreamTips })
    found.push(...mergedIn(log).map((work) => memoryOf(work, folder)), ...alongLine(log, to, folder))
  }
  return found
}

/** Branches of steps that were merged with a merge commit: they are there as they were. */
function mergedIn(log: readonly LoggedCommit[]): readonly BranchWork[] {
  const byOid = new Map(log.map((commit) => [commit.oid, commit]))
  return log.flatMap(({ message, parents }): readonly BranchWork[] => {
    const [first, tip, ...more] = parents
    // A step's own first commit has the release as its second parent.
    if (!first || !tip || more.length > 0 || !byOid.has(tip) || stepRecordedIn(message)) return []
    const below = reachable(byOid, first)
    const work = workIn(
      log.filter(({ oid }) => !below.has(oid)),
      { tip, kind: 'kubespray' },
    )
    return work.ours.length > 0 ? [work] : []
  })
}

function reachable(commits: ReadonlyMap<Oid, LoggedCommit>, from: Oid): ReadonlySet<Oid> {
  const found = new Set<Oid>()
  const open = [from]
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    const commit = found.has(oid) ? undefined : commits.get(oid)
    if (!commit) continue
    found.add(oid)
    open.push(...commit.parents)
  }
  return found
}

/**
 * Steps whose commits were squashed or put on top of the branch one by one: nothing tells where the step ends and other work begins, so
 * that only what is said in so many words counts.
 */
function alongLine(log: readonly LoggedCommit[], tip: Oid, folder: string): readonly Memory[] {
  const byOid = new Map(log.map((commit) => [commit.oid, commit]))
  const line: LoggedCommit[] = []
  for (let at = byOid.get(tip); at; at = at.parents[0] && byOid.get(at.parents[0])) line.unshift(at)
  const starts = line.flatMap(({ message }, at) => (stepRecordedIn(message) ? [at] : []))
  return starts.map((start, index) => {
    const persons = line.slice(start, starts[index + 1]).filter(speaks)
    const release = stepRecordedIn(line[start]?.message ?? '')
    if (!release) return NOTHING_REMEMBERED
    return answersOn({ release, ours: [], persons, isAtWord: () => true, isFile: fileIn(folder) })
  })
}

function speaks({ message }: LoggedCommit): boolean {
  return toldConflictsIn(message).length + settlementsIn(message).length + forgottenIn(message).length > 0
}

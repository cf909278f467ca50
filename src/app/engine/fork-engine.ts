import { defined, optional } from '../../core/model/defined.ts'
import { problemOn } from '../../core/explain/refusal-of.ts'
import type { SideOutcome } from '../../core/explain/settling/say-side-outcome.ts'
import { pathTrouble } from '../../core/explain/trouble/git-trouble.ts'
import type { Oid } from '../../core/model/oid.ts'
import { UnusablePath } from '../../core/model/parent-of.ts'
import { Refusal } from '../../core/model/problem.ts'
import { isTouched, madeOn, type BranchWork } from '../branch/branch-work.ts'
import { loadMemory } from '../branch/load-memory.ts'
import type { ForgetOutcome } from '../../core/explain/memory/say-forgotten.ts'
import { forgetAnswer, type ForgetRequest } from '../settle/forget-answer.ts'
import type { Built, BuildManner, Engine, Survey, Work } from './engine.ts'
import { type Proposal, proposalOf } from '../step/proposal-of.ts'
import { keepCommits, type NewTop } from '../branch/keep-commits.ts'
import { mayBeForWorkflows } from '../branch/write-branch.ts'
import { readWork, type ReadingWorld, type WorkReading } from './read-work.ts'
import { refuseGone, refuseMovedTag } from '../step/refuse-gone.ts'
import { Remembered } from './remembered.ts'
import { confirmRefusal, confirmRefusals } from './confirm-refusals.ts'
import { seenBranch } from '../settle/seen-branch.ts'
import { surveyFork } from './survey-fork.ts'
import {
  asWritten,
  findTip,
  inputsOf,
  nameOf,
  nameOfStep,
  remembered,
  workOn,
  type Kept,
  type Task,
} from './task.ts'
import { settleConflicts, type SideRequest } from '../settle/settle-conflicts.ts'
import type { RepositoryName } from '../../ports/forge.ts'
import { takeStep } from '../step/take-step.ts'
import { codeSpan } from '../../core/model/code-span.ts'

/**
 * The engine of the bot: what `multiarch upgrade` and `multiarch bump` do on a clone, on repositories of a forge. Nothing of
 * it is stored; what it remembers it would compute again.
 */
export function forkEngine(given: ReadingWorld): Engine {
  const world = confirmedWorld(given)
  const proposals = new Remembered<Kept>(REMEMBERED)
  const surveys = new Remembered<Survey>(REMEMBERED)
  const readings = new WeakMap<object, Map<string, WorkReading>>()
  /** One job asks several times about one repository: what was read for the first question answers the next. */
  const open = async (work: Work): Promise<WorkReading> => {
    const reading = await readWork(work, world)
    const ofPlace = readings.get(work.place) ?? new Map<string, WorkReading>()
    const known = ofPlace.get(nameOf(work))
    if (known?.inputs === reading.inputs) return known
    readings.set(work.place, ofPlace.set(nameOf(work), reading))
    return reading
  }
  return {
    survey: (work) =>
      refusedOnForge(async () => {
        const reading = await open(work)
        const known = surveys.recall(nameOf(work), reading.inputs)
        const survey = known ?? (await surveyFork(reading))
        surveys.keep(nameOf(work), reading.inputs, survey)
        return survey
      }),
    build: (work, step, manner, stoodAt) =>
      refusedOnForge(async () => build({ reading: await open(work), step, proposals }, manner, stoodAt)),
    judge: (work, step) =>
      refusedOnForge(async () => {
        const task = { reading: await open(work), step, proposals }
        const tip = await findTip(task)
        if (!tip) throw refuseGone(step)
        return judge(task, await workOn(task, tip))
      }),
    settle: (work, step, request) =>
      refusedOnForge(async () => settle({ reading: await open(work), step, proposals }, request)),
    forget: (work, step, request) =>
      refusedOnForge(async () => forget({ reading: await open(work), step, proposals }, request)),
  }
}

/** What is refused in another repository stands in the way of this one, so that it is believed no sooner than what is refused here. */
function confirmedWorld(world: ReadingWorld): ReadingWorld {
  const { published, open } = world
  return {
    ...world,
    published: (tag) => confirmRefusal(() => published(tag)),
    ...defined({
      open: open && (async (name: RepositoryName) => confirmRefusals(await confirmRefusal(() => open(name)))),
    }),
  }
}

/** Whatever the engine refuses it says as for a command line; here nobody has one. */
async function refusedOnForge<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof UnusablePath) throw new Refusal(pathTrouble(error))
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(error.problems.map((each) => problemOn(each, 'pull-request')))
  }
}

/** Texts of about 20 kB each, so that a sweep over what has not changed computes nothing anew. */
const REMEMBERED = 2000

async function build(task: Task, manner: BuildManner, stoodAt: Oid | undefined): Promise<Built> {
  const { reading, step, proposals } = task
  const tip = await findTip(task)
  const known = tip && manner === 'update' && proposals.recall(nameOfStep(task), inputsOf(task, tip))
  if (known) return asItIs(known.proposal, known.touched ? 'kept' : 'unchanged')
  const work = tip ? await workOn(task, tip) : undefined
  if (work && manner !== 'recreate') refuseMovedTag(reading, step, work)
  const gone = stoodAt === undefined ? [] : await goneSince(task, stoodAt, work)
  const why = work && reasonToLeave(work, manner)
  const built =
    work && why !== undefined
      ? { ...asItIs(await judge(task, work), 'kept'), why }
      : await write(task, work, manner)
  return { ...built, thrownAway: [...gone, ...built.thrownAway] }
}

/** What people had on a branch where it stood, and have there no more; nothing, where nobody has that commit any more. */
async function goneSince(task: Task, stoodAt: Oid, now: BranchWork | undefined): Promise<readonly Oid[]> {
  const there = await task.reading.store.objects.resolve(stoodAt)
  if (there?.type !== 'commit') return []
  const kept = new Set(now?.persons.map(({ oid }) => oid))
  const { persons } = await workOn(task, stoodAt)
  return persons.map(({ oid }) => oid).filter((oid) => !kept.has(oid))
}

function asItIs(proposal: Proposal, change: Built['change']): Built {
  return { proposal, change, onTop: [], thrownAway: [] }
}

/** Why a branch that people worked on is left alone; `undefined` where it may be built anew. */
function reasonToLeave(work: BranchWork, manner: BuildManner): string | undefined {
  if (!isTouched(work) || manner === 'recreate') return undefined
  if (work.rewritten)
    return 'Commits of mine were changed or removed on the branch, so I cannot tell what to put where.'
  return manner === 'update' ? 'People worked on the branch.' : undefined
}

/** Where GitHub refuses the branch for the workflow files that it brings, those stay as the fork has them. */
async function write(task: Task, work: BranchWork | undefined, manner: BuildManner): Promise<Built> {
  const own =
    work && manner !== 'recreate' && task.reading.workflows === 'try' ? await asWritten(task, work) : task
  try {
    return await writeAs(own, work, manner)
  } catch (error) {
    if (own.reading.workflows === 'leave' || own.step.kind !== 'kubespray' || !mayBeForWorkflows(error))
      throw error
    return writeAs({ ...own, reading: own.reading.leaving() }, work, manner)
  }
}

async function writeAs(task: Task, work: BranchWork | undefined, manner: BuildManner): Promise<Built> {
  const { reading, step } = task
  const { objects } = reading.store
  const persons = work?.persons.map(({ oid }) => oid) ?? []
  const keep = manner === 'rebase' && work && persons.length > 0
  const stays = manner === 'recreate' ? ('remember' as const) : ('leave' as const)
  const taken = await takeStep(reading, step, { own: work && { name: step.branch, work, persons: stays } })
  let collision: string | undefined
  const onTop = async (ours: NewTop): Promise<Oid> => {
    if (!work || ours.tip === work.ours[0]?.oid) return work?.tip ?? ours.tip
    const kept = await keepCommits(objects, work, ours)
    if (kept.kind === 'kept') return kept.tip
    collision = collidesSentence(kept)
    return work.tip
  }
  const written = await unlessChanged(
    taken.write({
      name: step.branch,
      persons: manner === 'update' ? 'keep' : 'replace',
      ...defined({ form: work && manner === 'update' ? formOf(work) : undefined }),
      ...optional(keep, () => ({ onTop })),
    }),
  )
  if (!written) return { ...(await asOthersLeftIt(task)), why: FASTER }
  if (work && collision !== undefined) return { ...asItIs(await judge(task, work), 'kept'), why: collision }
  const proposal = keep
    ? await judge(task, await workOn(task, written.tip))
    : await remembered(task, { tip: written.tip, touched: false }, () =>
        proposalOf({ reading, step, taken, tip: written.tip, commits: written.commits ?? new Map() }),
      )
  const isMoved = written.change !== 'unchanged'
  return {
    proposal,
    change: written.change,
    onTop: keep ? persons : [],
    thrownAway: isMoved && !keep ? persons : [],
  }
}

const FASTER = 'Somebody pushed to the branch while I built it.'

/** What was written; `undefined` where somebody changed the branch meanwhile, whose work that is. */
async function unlessChanged<T>(written: Promise<T>): Promise<T | undefined> {
  try {
    return await written
  } catch (error) {
    const codes = error instanceof Refusal ? error.problems.map(({ code }) => code) : []
    if (codes.includes('branch-changed')) return undefined
    throw error
  }
}

async function asOthersLeftIt(task: Task): Promise<Built> {
  const tip = await findTip(task)
  if (!tip) throw refuseGone(task.step)
  return asItIs(await judge(task, await workOn(task, tip)), 'kept')
}

/** A branch that once could not have the release's history is not tried with it again at every look. */
function formOf({ ours }: BranchWork): 'joined' | 'snapshot' {
  return ours.at(-1)?.parents.length === 1 ? 'snapshot' : 'joined'
}

function collidesSentence({ commit, files }: { commit: { oid: Oid }; files: readonly string[] }): string {
  const where = files.map((path) => `${codeSpan(path)}`).join(', ')
  return `The commit ${commit.oid} does not go onto the new branch by itself: it collides in ${where}.`
}

async function judge(task: Task, work: BranchWork): Promise<Proposal> {
  const { step } = task
  return remembered(task, { tip: work.tip, touched: isTouched(work) }, async () => {
    refuseMovedTag(task.reading, step, work)
    const { reading } = await asWritten(task, work)
    // A branch of people's is judged on what it was made from: the fork's branch may hold more by now.
    const head = isTouched(work) ? madeOn(work) : undefined
    const own = { name: step.branch, work, persons: 'judge' as const }
    const taken = await takeStep(reading, step, { at: head, own })
    return proposalOf({ reading, step, taken, tip: work.tip, work })
  })
}

async function settle(task: Task, request: SideRequest): Promise<SideOutcome> {
  const { objects } = task.reading.store
  const { reading, tip, work, at, own } = await asMade(task)
  const { carried, ...taken } = await takeStep(reading, task.step, { at, own })
  if (!carried) return { kind: 'nothing-open' }
  const seen = await seenBranch(objects, taken, { tip, work })
  const words = reading.work.config.commits
  return settleConflicts(objects, { ...seen, name: own.name, head: tip, carried, words }, request)
}

async function forget(task: Task, request: ForgetRequest): Promise<ForgetOutcome> {
  const { objects } = task.reading.store
  const { reading, tip, work, at, own } = await asMade(task)
  const { carried, ...taken } = await takeStep(reading, task.step, { at, own })
  const { carried: without } = await takeStep(reading, task.step, {
    at,
    own: { ...own, forget: request.patch },
  })
  if (!carried || !without) return { kind: 'nothing-remembered' }
  const memory = await loadMemory(objects, await reading.fork(at), { ...own, persons: 'remember' })
  const seen = await seenBranch(objects, taken, { tip, work })
  const words = reading.work.config.commits
  const branch = { ...seen, work, name: own.name, head: tip, memory, carried, without, words }
  return forgetAnswer(objects, branch, request)
}

/** A step's branch, read as it was made, whoever has worked on it since. */
async function asMade(task: Task) {
  const tip = await findTip(task)
  if (!tip) throw refuseGone(task.step)
  const work = await workOn(task, tip)
  refuseMovedTag(task.reading, task.step, work)
  const { reading } = await asWritten(task, work)
  const own = { name: task.step.branch, work, persons: 'judge' as const }
  return { reading, tip, work, at: madeOn(work), own }
}

import { defined, optional } from '../../core/model/defined.ts'
import { problemOn } from '../../core/explain/refusal-of.ts'
import { pathTrouble } from '../../core/explain/trouble/git-trouble.ts'
import type { Oid } from '../../core/model/oid.ts'
import { UnusablePath } from '../../core/model/parent-of.ts'
import { Refusal } from '../../core/model/problem.ts'
import { repositoryKey } from '../../core/model/repository-key.ts'
import { isTouched, readBranchWork, type BranchWork } from '../branch/branch-work.ts'
import type { Built, BuildManner, Engine, Survey, Work } from './engine.ts'
import { type Proposal, proposalOf } from '../step/proposal-of.ts'
import { hasLeftWorkflows } from '../../core/series/leave-workflows.ts'
import { keepCommits, type NewTop } from '../branch/keep-commits.ts'
import { mayBeForWorkflows } from '../branch/write-branch.ts'
import { readWork, type ReadingWorld, type WorkReading } from './read-work.ts'
import { refuseGone, refuseMovedTag } from '../step/refuse-gone.ts'
import { Remembered } from './remembered.ts'
import type { StepName } from '../branch/step-name.ts'
import { surveyFork } from './survey-fork.ts'
import { settleConflicts, type SideOutcome, type SideRequest } from '../settle/settle-conflicts.ts'
import { takeStep } from '../step/take-step.ts'
import { codeSpan } from '../../core/model/code-span.ts'

/**
 * The engine of the bot: what `multiarch upgrade` and `multiarch bump` do on a clone, on repositories of a forge. Nothing of
 * it is stored; what it remembers it would compute again.
 */
export function forkEngine(world: ReadingWorld): Engine {
  const proposals = new Remembered<Kept>(REMEMBERED)
  const surveys = new Remembered<Survey>(REMEMBERED)
  const readings = new WeakMap<object, WorkReading>()
  /** One job asks several times about one repository: what was read for the first question answers the next. */
  const open = async (work: Work): Promise<WorkReading> => {
    const reading = await readWork(work, world)
    const known = readings.get(work.place)
    if (known?.inputs === reading.inputs) return known
    readings.set(work.place, reading)
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
    build: (work, step, manner) =>
      refusedOnForge(async () => build({ reading: await open(work), step, proposals }, manner)),
    judge: (work, step) =>
      refusedOnForge(async () => {
        const task = { reading: await open(work), step, proposals }
        const tip = await findTip(task)
        if (!tip) throw refuseGone(step)
        return judge(task, await workOn(task, tip))
      }),
    settle: (work, step, request) =>
      refusedOnForge(async () => settle({ reading: await open(work), step, proposals }, request)),
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

interface Kept {
  readonly proposal: Proposal
  readonly touched: boolean
}

interface Task {
  readonly reading: WorkReading
  readonly step: StepName
  readonly proposals: Remembered<Kept>
}

async function build(task: Task, manner: BuildManner): Promise<Built> {
  const { reading, step, proposals } = task
  const tip = await findTip(task)
  const known = tip && manner === 'update' && proposals.recall(nameOfStep(task), inputsOf(task, tip))
  if (known) return asItIs(known.proposal, known.touched ? 'kept' : 'unchanged')
  const work = tip ? await workOn(task, tip) : undefined
  if (work && manner !== 'recreate') refuseMovedTag(reading, step, work)
  const why = work && reasonToLeave(work, manner)
  if (work && why !== undefined) return { ...asItIs(await judge(task, work), 'kept'), why }
  return write(task, work, manner)
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

/** The same task as it was when the branch was written: GitHub may have refused the release's workflow files then. */
async function asWritten(task: Task, { ours }: BranchWork): Promise<Task> {
  const { reading, step } = task
  const [top] = ours
  const commit = step.kind === 'kubespray' ? reading.repository.releases.get(step.release) : undefined
  if (reading.workflows === 'leave' || !top || !commit) return task
  const { objects } = reading.store
  const { fork } = await reading.fork()
  const sides = { fork: fork.headTree, release: await objects.readTree(commit) }
  const isLeft = hasLeftWorkflows(await objects.readTree(top.oid), sides)
  return isLeft ? { ...task, reading: reading.leaving() } : task
}

async function writeAs(task: Task, work: BranchWork | undefined, manner: BuildManner): Promise<Built> {
  const { reading, step } = task
  const { objects } = reading.store
  const taken = await takeStep(reading, step)
  const persons = work?.persons.map(({ oid }) => oid) ?? []
  const keep = manner === 'rebase' && work && persons.length > 0
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
    const head = isTouched(work) ? work.ours.at(-1)?.parents[0] : undefined
    const taken = await takeStep(reading, step, head)
    return proposalOf({ reading, step, taken, tip: work.tip, work })
  })
}

/** On what the branch was made from, whoever has worked on it since. */
async function settle(task: Task, request: SideRequest): Promise<SideOutcome> {
  const { step } = task
  const { objects } = task.reading.store
  const tip = await findTip(task)
  if (!tip) throw refuseGone(step)
  const work = await workOn(task, tip)
  refuseMovedTag(task.reading, step, work)
  const { reading } = await asWritten(task, work)
  const { carried, ...taken } = await takeStep(reading, step, work.ours.at(-1)?.parents[0])
  if (!carried) return { kind: 'nothing-open' }
  const repository = await objects.readTree(tip)
  const { see, put = same } = taken
  const branch = {
    name: step.branch,
    head: tip,
    tip: repository,
    view: see ? await see(repository) : repository,
    work,
    carried,
    put,
  }
  return settleConflicts(objects, branch, request)
}

function same<T>(what: T): T {
  return what
}

async function remembered(
  task: Task,
  { tip, touched }: { readonly tip: Oid; readonly touched: boolean },
  make: () => Promise<Proposal>,
): Promise<Proposal> {
  const inputs = inputsOf(task, tip)
  const known = task.proposals.recall(nameOfStep(task), inputs)
  if (known) return known.proposal
  const proposal = await make()
  task.proposals.keep(nameOfStep(task), inputs, { proposal, touched })
  return proposal
}

async function findTip({ reading, step }: Task): Promise<Oid | undefined> {
  const ref = `refs/heads/${step.branch}`
  return (await reading.store.objects.listRefs(ref)).get(ref)
}

async function workOn({ reading, step }: Task, tip: Oid): Promise<BranchWork> {
  const { branch } = await reading.fork()
  const below = [branch.head, ...reading.repository.upstreamTips]
  return readBranchWork(reading.store.objects, { tip, below, kind: step.kind })
}

function inputsOf({ reading }: Task, tip: Oid): string {
  return `${tip} ${reading.inputs}`
}

function nameOf({ place: { repository } }: Work): string {
  return repositoryKey(repository)
}

function nameOfStep({ reading, step }: Task): string {
  return `${nameOf(reading.work)} ${step.branch}`
}

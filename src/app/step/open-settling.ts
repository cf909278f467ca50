import { defined } from '../../core/model/defined.ts'
import {
  noSuchStep,
  nothingToSettle,
  stepElsewhere,
  stepRewritten,
} from '../../core/explain/trouble/no-such-step.ts'
import type { PatchDetail } from '../../core/explain/sections/render-patch.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { Tree } from '../../core/model/tree.ts'
import { forkCommitIn, stepRecordedIn } from '../../core/series/trailer.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { isTouched, readBranchWork, type BranchWork } from '../branch/branch-work.ts'
import { loadMemory } from '../branch/load-memory.ts'
import { refuseCheckedOut } from '../branch/move-step-branch.ts'
import { readStepName } from '../branch/step-name.ts'
import { cacheOfRun } from '../plan/catalogue-of-tree.ts'
import type { ForkPlan, PlanRequest } from '../plan/plan-fork.ts'
import { planTarget } from '../plan/plan-target.ts'
import { readFork, type ReadFork } from '../repository/read-fork.ts'
import { readStanding } from '../repository/read-standing.ts'
import { readConflicts, type Conflict } from '../settle/read-conflicts.ts'
import { pathIn } from '../settle/suggested-lines.ts'
import { seenBranch } from '../settle/seen-branch.ts'
import { takeRelease, type TakenRelease } from './take-release.ts'

interface SettlingRequest extends Omit<PlanRequest, 'target'> {
  /** The step's branch; the only one that there is where none is named. */
  readonly as?: string
}

/** What is open on a step's branch, for a person to settle in files. */
export interface OpenSettling {
  /** Without `refs/heads/`. */
  readonly branch: string
  readonly tip: Oid
  /** The release that it goes to, and the one that the patches were written on. */
  readonly release: ReleaseTag
  readonly base: ReleaseTag
  readonly conflicts: readonly OpenConflict[]
  /** The tree that they are in, as it is seen. */
  readonly view: Tree
}

interface OpenConflict extends Conflict {
  /** Where the repository has the file. */
  readonly path: string
  readonly detail: PatchDetail
}

/** A step's branch in a clone, and the step as it was worked out when the branch was written. */
interface OpenedStep {
  /** Without `refs/heads/`. */
  readonly branch: string
  readonly tip: Oid
  readonly release: ReleaseTag
  readonly work: BranchWork
  readonly plan: ForkPlan
  readonly taken: TakenRelease
  /** The same as it would be without any memory of how conflicts of a patch were settled. */
  without(this: void, patch: string): Promise<TakenRelease>
}

/** Finds a step's branch, and works its step out again. */
export async function openStepBranch(objects: ObjectStore, request: SettlingRequest): Promise<OpenedStep> {
  const store = { objects, cache: cacheOfRun(request.cache) }
  const cluster = request.cluster ?? (await clusterOf(objects, request.as))
  const read = await readFork(objects, { ...request, ...defined({ cluster }) })
  const { branch, tip } = await findStep(objects, request.as, cluster)
  const below = [read.branch.head, ...read.repository.upstreamTips]
  const work = await readBranchWork(objects, { tip, below, kind: 'kubespray' })
  const start = work.ours.at(-1)
  const release = start && stepRecordedIn(start.message)
  if (!start || !release) throw new Refusal(isTouched(work) ? stepRewritten(branch) : noSuchStep(branch, []))
  const { plan, target } = await planTarget(objects, await asItWas(objects, read, forkCommitIn(start)), {
    ...request,
    onto: release,
    cache: store.cache,
  })
  if (target.kind !== 'release') throw new Refusal(nothingToSettle(branch))
  const take = (forget?: string): Promise<TakenRelease> => {
    const own = { name: branch, work, persons: 'judge' as const, forget }
    const remember = () => loadMemory(objects, plan, own)
    return takeRelease(store, { plan, target, surface: 'terminal', remember })
  }
  return { branch, tip, release, work, plan, taken: await take(), without: take }
}

/** Finds a step's branch, and everything on it that is in conflict still. */
export async function openSettling(objects: ObjectStore, request: SettlingRequest): Promise<OpenSettling> {
  const { branch, tip, release, work, plan, taken } = await openStepBranch(objects, request)
  const { carried, facts } = taken
  const seen = await seenBranch(objects, taken, { tip, work })
  const { view, put } = seen
  const all = await readConflicts(objects, carried, seen)
  const open = all.filter(({ state }) => state.kind === 'open')
  if (open.length === 0) throw new Refusal(nothingToSettle(branch))
  const conflicts = open.map((conflict): OpenConflict => {
    const number = carried.patches.indexOf(conflict.carried) + 1
    const diffs = facts.carry?.diffs.get(conflict.carried.patch.id) ?? []
    const detail = { carried: conflict.carried, number, diffs, upstream: facts.carry?.upstream ?? new Map() }
    return { ...conflict, path: pathIn(conflict.at, view, put), detail }
  })
  return { branch, tip, release, base: plan.fork.base.release, conflicts, view }
}

/** The fork as it was when the step was made from it. */
async function asItWas(objects: ObjectStore, read: ReadFork, at: Oid | undefined): Promise<ReadFork> {
  if (at === undefined || at === read.branch.head) return read
  const { repository, config } = read
  const { fork } = await readStanding(objects, repository, { branch: read.branch.name, at, config })
  return { ...read, fork }
}

/** Whose step it is says the name of its branch. */
async function clusterOf(objects: ObjectStore, wanted: string | undefined): Promise<string | undefined> {
  const [only, ...others] = wanted === undefined ? await releaseSteps(objects) : [wanted]
  return others.length > 0 ? undefined : readStepName(only ?? '', '')?.cluster
}

async function releaseSteps(objects: ObjectStore): Promise<readonly string[]> {
  const heads = await objects.listRefs('refs/heads/')
  return [...heads.keys()].map((name) => name.slice('refs/heads/'.length)).filter(isRelease)
}

async function findStep(
  objects: ObjectStore,
  wanted: string | undefined,
  cluster: string | undefined,
): Promise<{ readonly branch: string; readonly tip: Oid }> {
  const heads = await objects.listRefs('refs/heads/')
  const all = await releaseSteps(objects)
  const steps = all.filter((name) => readStepName(name, '')?.cluster === cluster)
  const branch = wanted ?? (steps.length === 1 ? steps[0] : undefined)
  const tip = branch === undefined ? undefined : heads.get(`refs/heads/${branch}`)
  if (branch !== undefined && tip) {
    await refuseCheckedOut(objects, branch)
    return { branch, tip }
  }
  const remote = [...(await objects.listRefs('refs/remotes/')).keys()].find((name) => {
    const short = name.split('/').slice(3).join('/')
    return branch === undefined ? steps.length === 0 && isRelease(short) : short === branch
  })
  if (remote !== undefined) throw new Refusal(stepElsewhere(remote.slice('refs/remotes/'.length)))
  throw new Refusal(noSuchStep(branch, steps))
}

function isRelease(branch: string): boolean {
  return readStepName(branch, '')?.kind === 'kubespray'
}

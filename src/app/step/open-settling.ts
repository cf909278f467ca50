import { refusalOf } from '../../core/explain/refusal-of.ts'
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
import { stepRecordedIn } from '../../core/series/trailer.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { isTouched, readBranchWork } from '../branch/branch-work.ts'
import { readStepName } from '../branch/step-name.ts'
import { cacheOfRun } from '../plan/catalogue-of-tree.ts'
import type { PlanRequest } from '../plan/plan-fork.ts'
import { planTarget } from '../plan/plan-target.ts'
import { readFork, type ReadFork } from '../repository/read-fork.ts'
import { readStanding } from '../repository/read-standing.ts'
import { readConflicts, type Conflict } from '../settle/read-conflicts.ts'
import { pathIn } from '../settle/suggested-lines.ts'
import { takeRelease } from './take-release.ts'

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

/** Finds a step's branch, and everything on it that is in conflict still. */
export async function openSettling(objects: ObjectStore, request: SettlingRequest): Promise<OpenSettling> {
  const store = { objects, cache: cacheOfRun(request.cache) }
  const read = await readFork(objects, request)
  const { branch, tip } = await findStep(objects, request.as)
  const below = [read.branch.head, ...read.repository.upstreamTips]
  const work = await readBranchWork(objects, { tip, below, kind: 'kubespray' })
  const start = work.ours.at(-1)
  const release = start && stepRecordedIn(start.message)
  if (!start || !release) throw new Refusal(isTouched(work) ? stepRewritten(branch) : noSuchStep(branch, []))
  const { plan, target } = await planTarget(objects, await asItWas(objects, read, start.parents[0]), {
    ...request,
    onto: release,
    cache: store.cache,
  })
  if (target.kind !== 'release') throw new Refusal(nothingToSettle(branch))
  const { carried, facts, see, put = same } = await takeRelease(store, { plan, target, surface: 'terminal' })
  const repository = await objects.readTree(tip)
  const view = see ? await see(repository) : repository
  const all = await readConflicts(objects, carried, { view, tip: repository, work })
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

function same<T>(what: T): T {
  return what
}

/** The fork as it was when the step was made from it. */
async function asItWas(objects: ObjectStore, read: ReadFork, at: Oid | undefined): Promise<ReadFork> {
  if (at === undefined || at === read.branch.head) return read
  const { repository, config } = read
  const { fork } = await readStanding(objects, repository, { branch: read.branch.name, at, config })
  return { ...read, fork }
}

async function findStep(
  objects: ObjectStore,
  wanted: string | undefined,
): Promise<{ readonly branch: string; readonly tip: Oid }> {
  const heads = await objects.listRefs('refs/heads/')
  const steps = [...heads.keys()].map((name) => name.slice('refs/heads/'.length)).filter(isRelease)
  const branch = wanted ?? (steps.length === 1 ? steps[0] : undefined)
  const tip = branch === undefined ? undefined : heads.get(`refs/heads/${branch}`)
  if (branch !== undefined && tip) {
    if ((await objects.defaultBranch()) === `refs/heads/${branch}`)
      throw new Refusal(refusalOf({ code: 'branch-checked-out', branch }))
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

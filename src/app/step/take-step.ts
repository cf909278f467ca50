import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import { bareVersion } from '../../core/model/release-tag.ts'
import type { CarriedSeries } from '../../core/series/carried-series.ts'
import { planHop } from '../plan/plan-hop.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'
import { writeBranch, type BranchRequest, type StepBranch } from './write-branch.ts'
import {
  addonTrailer,
  kubernetesTrailer,
  writeInventoryBranch,
  type InventoryBranchRequest,
} from './write-inventory-branch.ts'
import type { WorkReading } from '../bot/read-work.ts'
import { refuseOther } from '../bot/refuse-gone.ts'
import type { AddonStep, KubernetesStep, ReleaseStep, StepName } from './step-name.ts'
import { takeAddons } from './take-addons.ts'
import { takeKubernetes, type TakenEdits } from './take-kubernetes.ts'
import { takeRelease } from './take-release.ts'

/** A step of any kind, worked out and not written yet. */
export interface TakenStep {
  readonly plan: ForkPlan
  readonly facts: PullRequestFacts
  /** Only for a step to a release. */
  readonly carried?: CarriedSeries
  readonly release?: Tree
  write(this: void, how: WriteManner): Promise<Pick<StepBranch, 'tip' | 'change'> & Partial<StepBranch>>
}

export type WriteManner = Pick<BranchRequest, 'persons' | 'onTop' | 'form'>

/** Works out a step on a fork as it is, or as it was at an older commit of its branch. Refuses one that is not due any more. */
export function takeStep(reading: WorkReading, step: StepName, at?: Oid): Promise<TakenStep> {
  switch (step.kind) {
    case 'kubespray':
      return toRelease(reading, step, at)
    case 'kubernetes':
      return toKubernetes(reading, step, at)
    case 'addon':
      return toAddons(reading, step, at)
  }
}

async function toRelease(reading: WorkReading, step: ReleaseStep, at: Oid | undefined): Promise<TakenStep> {
  const { store, workflows, work } = reading
  const releases = reading.repository.releases
  if (!releases.has(step.release)) throw refuseOther(step, 'upstream has no such release any more.')
  const known = await reading.plan(at)
  const [first] = known.route.steps
  const isNext = first?.kind === 'kubespray' && first.kubespray.to === step.release
  const { plan, hop } = isNext
    ? { plan: known, hop: hopTo(known, step) }
    : await planHop(store.objects, await reading.fork(at), {
        ...{ onto: step.release, cache: store.cache, depth: 'defaults' as const },
      })
  if (hop.kind !== 'release')
    throw refuseOther(step, `\`${plan.branch.name}\` stands on that release already.`)
  const kept = new Set(work.decisions.kept)
  const taken = await takeRelease(store, {
    ...{ plan, hop, kept, depth: 'defaults', surface: 'pull-request' },
    workflows: workflows === 'leave' ? 'leave' : 'carry',
  })
  const { facts, carried, release, branch } = taken
  const write = (how: WriteManner) => writeBranch(store.objects, { ...branch, ...how, name: step.branch })
  return { plan, facts, carried, release, write }
}

function hopTo(plan: ForkPlan, { release }: ReleaseStep) {
  const [step] = plan.route.steps
  const commit = plan.repository.releases.get(release) as Oid
  return {
    ...{ kind: 'release' as const, release: { tag: release, commit }, against: [] },
    ...(step && { step }),
  }
}

async function toKubernetes(
  reading: WorkReading,
  step: KubernetesStep,
  at: Oid | undefined,
): Promise<TakenStep> {
  const { store } = reading
  const plan = await reading.plan(at)
  const [next] = plan.route.steps
  if (next?.kind !== 'kubernetes' || bareVersion(next.kubernetes.to) !== step.kubernetes)
    throw refuseOther(step, 'the way up from where the fork stands begins with another one, or with none.')
  const taken = await takeKubernetes(store, { plan, step: next, surface: 'pull-request' })
  const branch = edited(plan, taken, step)
  const write = (how: WriteManner) =>
    writeInventoryBranch(store.objects, { ...branch, ...withoutForm(how), step: kubernetesTrailer(next) })
  return { plan, facts: taken.facts, write }
}

async function toAddons(reading: WorkReading, step: AddonStep, at: Oid | undefined): Promise<TakenStep> {
  const { store } = reading
  const plan = await reading.plan(at)
  const { release } = plan.fork.base
  if (release !== step.release) throw refuseOther(step, `the fork stands on \`${release}\` by now.`)
  const taken = await takeAddons(store, { plan, surface: 'pull-request', questions: 'leave' })
  const branch = edited(plan, taken, step)
  const write = (how: WriteManner) =>
    writeInventoryBranch(store.objects, { ...branch, ...withoutForm(how), step: addonTrailer(release) })
  return { plan, facts: taken.facts, write }
}

/** What a branch of edits alone is made from. Refuses one that would hold nothing. */
function edited(
  { branch, fork }: ForkPlan,
  { edits, inventories }: TakenEdits,
  step: StepName,
): Omit<InventoryBranchRequest, 'step' | 'persons' | 'onTop'> {
  if (edits.length > 0) return { source: branch.name, head: fork.head, edits, name: step.branch }
  const problems = inventories.flatMap((each) => each.problems)
  if (problems.length > 0) throw new Refusal(problems)
  throw refuseOther(step, 'the inventories need no change for it.')
}

function withoutForm({ persons, onTop }: WriteManner): Pick<InventoryBranchRequest, 'persons' | 'onTop'> {
  return { ...(persons && { persons }), ...(onTop && { onTop }) }
}

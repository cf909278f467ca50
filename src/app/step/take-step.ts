import { defined } from '../../core/model/defined.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Oid } from '../../core/model/oid.ts'
import { bareVersion } from '../../core/model/release-tag.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'
import { planTarget } from '../plan/plan-target.ts'
import type { StepReading } from './step-reading.ts'
import { refuseOther } from './refuse-gone.ts'
import type { AddonStep, KubernetesStep, ReleaseStep, StepName } from '../branch/step-name.ts'
import { loadMemory, type OwnBranch } from '../branch/load-memory.ts'
import { takeAddons } from './take-addons.ts'
import { takeKubernetes } from './take-kubernetes.ts'
import { takeRelease } from './take-release.ts'
import type { TakenStep } from './taken-step.ts'

/** Works out a step on a fork as it is, or as it was at an older commit of its branch. Refuses one that is not due any more. */
export function takeStep(
  reading: StepReading,
  step: StepName,
  { at, own }: { readonly at?: Oid | undefined; readonly own?: OwnBranch | undefined },
): Promise<TakenStep> {
  switch (step.kind) {
    case 'kubespray':
      return toRelease(reading, step, { at, own })
    case 'kubernetes':
      return toKubernetes(reading, step, at)
    case 'addon':
      return toAddons(reading, step, at)
  }
}

async function toRelease(
  reading: StepReading,
  step: ReleaseStep,
  { at, own }: { readonly at: Oid | undefined; readonly own: OwnBranch | undefined },
): Promise<TakenStep> {
  const { store, workflows, kept } = reading
  const releases = reading.repository.releases
  if (!releases.has(step.release)) throw refuseOther(step, 'upstream has no such release any more.')
  const known = await reading.plan(at)
  const [first] = known.route.steps
  const isNext = first?.kind === 'kubespray' && first.kubespray.to === step.release
  const { plan, target } = isNext
    ? { plan: known, target: targetOf(known, step) }
    : await planTarget(store.objects, await reading.fork(at), {
        onto: step.release,
        cache: store.cache,
        depth: 'defaults' as const,
      })
  if (target.kind !== 'release')
    throw refuseOther(step, `\`${plan.branch.name}\` stands on that release already.`)
  return takeRelease(store, {
    plan,
    target,
    kept,
    depth: 'defaults',
    surface: 'pull-request',
    workflows: workflows === 'leave' ? 'leave' : 'carry',
    remember: () => loadMemory(store.objects, plan, own),
  })
}

function targetOf(plan: ForkPlan, { release }: ReleaseStep) {
  const [step] = plan.route.steps
  const commit = plan.repository.releases.get(release) as Oid
  return {
    kind: 'release' as const,
    release: { tag: release, commit },
    against: [],
    ...defined({ step }),
  }
}

async function toKubernetes(
  reading: StepReading,
  step: KubernetesStep,
  at: Oid | undefined,
): Promise<TakenStep> {
  const { store } = reading
  const plan = await reading.plan(at)
  const [next] = plan.route.steps
  if (next?.kind !== 'kubernetes' || bareVersion(next.kubernetes.to) !== step.kubernetes)
    throw refuseOther(step, 'the way up from where the fork stands begins with another one, or with none.')
  return notEmpty(await takeKubernetes(store, { plan, step: next, surface: 'pull-request' }), step)
}

async function toAddons(reading: StepReading, step: AddonStep, at: Oid | undefined): Promise<TakenStep> {
  const { store } = reading
  const plan = await reading.plan(at)
  const { release } = plan.fork.base
  if (release !== step.release) throw refuseOther(step, `the fork stands on \`${release}\` by now.`)
  return notEmpty(await takeAddons(store, { plan, surface: 'pull-request', questions: 'leave' }), step)
}

/** Refuses a step whose branch would hold nothing. */
function notEmpty(taken: TakenStep, step: StepName): TakenStep {
  if (!taken.isEmpty) return taken
  const problems = taken.inventories.flatMap((each) => each.problems)
  if (problems.length > 0) throw new Refusal(problems)
  throw refuseOther(step, 'the inventories need no change for it.')
}

import { defined } from '../../core/model/defined.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { Step } from '../../core/plan/step.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { ImageRegistry } from '../../ports/image-registry.ts'
import type { ForkPlan, PlanRequest } from '../plan/plan-fork.ts'
import { cacheOfRun } from '../plan/catalogue-of-tree.ts'
import { planTarget } from '../plan/plan-target.ts'
import { readFork } from '../repository/read-fork.ts'
import { finishStep, refuseEnding, type FinishedStep, type StepEnding } from './finish-step.ts'
import { loadMemory } from '../branch/load-memory.ts'
import { branchNameFor } from '../branch/step-name.ts'
import { takeRelease, type TakenRelease } from './take-release.ts'
import type { StepBranch } from '../branch/write-branch.ts'

export interface UpgradeRequest extends Omit<PlanRequest, 'target'>, StepEnding {
  /** The release to go to; the plan's next step where none is named. */
  readonly onto?: string
  /** Who is asked which architectures images exist for; nobody where it is absent. */
  readonly registry?: ImageRegistry
}

/** A step to a release, carried out. */
export type Upgrade = FinishedStep<TakenRelease, StepBranch> & {
  readonly kind: 'upgraded'
  readonly to: ReleaseTag
  /** The plan's step; absent where the plan knows none that goes there. */
  readonly step?: Step
}

/** There is nothing to move to, or nothing yet. */
export interface NothingNewer {
  readonly kind: 'nothing'
  readonly young: ForkPlan['young']
}

/** Kubernetes has to go up before the next release; nothing was written. */
export interface KubernetesFirst {
  readonly kind: 'kubernetes-first'
  readonly plan: ForkPlan
  readonly step: Step
}

/** Moves a fork to a release: the whole story of one step, top to bottom; docs/architecture.md has its rows as a table. */
export async function upgrade(
  objects: ObjectStore,
  request: UpgradeRequest,
): Promise<Upgrade | KubernetesFirst | NothingNewer> {
  const store = { objects, cache: cacheOfRun(request.cache) }
  const read = await readFork(objects, request)
  refuseEnding(request, read.branch.name)
  const { plan, target } = await planTarget(objects, read, { ...request, cache: store.cache })
  if (target.kind === 'nothing') return { kind: 'nothing', young: plan.young }
  if (target.kind === 'kubernetes-first') return { ...target, plan }
  const { depth, registry, progress } = request
  const question = {
    plan,
    target,
    surface: 'terminal' as const,
    registry,
    progress,
    remember: () => loadMemory(objects, plan),
    ...defined({ depth }),
  }
  const to = target.release.tag
  const done = await finishStep(await takeRelease(store, question), {
    ...request,
    name: branchNameFor(to, plan.config),
  })
  return { kind: 'upgraded', ...done, to, ...defined({ step: target.step }) }
}

import { unreadInventory } from '../../core/explain/trouble/unread-inventory.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { planRead, type ForkPlan, type PlanRequest } from '../plan/plan-fork.ts'
import { cacheOfRun } from '../plan/catalogue-of-tree.ts'
import { readFork } from '../repository/read-fork.ts'
import { finishStep, refuseEnding, type FinishedStep, type StepEnding } from './finish-step.ts'
import { kubernetesBranchName } from '../branch/step-name.ts'
import { takeKubernetes, type TakenKubernetes } from './take-kubernetes.ts'

interface BumpRequest extends Omit<PlanRequest, 'target'>, StepEnding {}

/** A step of Kubernetes alone, carried out. */
export type Bump = FinishedStep<TakenKubernetes> & { readonly kind: 'bumped' }

/** There is no such step to take now: the way ends, or Kubernetes is where this release can bring it. */
export interface NoBump {
  readonly kind: 'none'
  readonly plan: ForkPlan
}

/** Moves Kubernetes up in the release the fork stands on, as far as one step goes: edits of the inventories and nothing else. */
export async function bump(objects: ObjectStore, request: BumpRequest): Promise<Bump | NoBump> {
  const store = { objects, cache: cacheOfRun(request.cache) }
  const plan = await planWithin(objects, { ...request, cache: store.cache })
  refuseEnding(request, plan.branch.name)
  const [step] = plan.route.steps
  if (step?.kind !== 'kubernetes') return { kind: 'none', plan }
  refuseWithoutInventory(plan)
  const taken = await takeKubernetes(store, { plan, step, surface: 'terminal' })
  refuseHeld(taken)
  const name = kubernetesBranchName(step.kubernetes.to, plan.config)
  return { kind: 'bumped', ...(await finishStep(taken, { ...request, name })) }
}

/** The plan; where its next step is a release, as far as Kubernetes goes in the present one. */
async function planWithin(objects: ObjectStore, request: BumpRequest): Promise<ForkPlan> {
  const read = await readFork(objects, request)
  const plan = await planRead(objects, read, request)
  const isKubernetes = plan.route.steps[0]?.kind === 'kubernetes'
  return isKubernetes ? plan : planRead(objects, read, { ...request, target: read.fork.base.release })
}

/** Where commands hand in the version and nothing else is left to change, there is no step to take before somebody changes them. */
function refuseHeld({ isEmpty, inventories }: TakenKubernetes): void {
  const isHeld = inventories.some(({ held }) => held.length > 0)
  if (isEmpty && isHeld) throw new Refusal(inventories.flatMap(({ problems }) => problems))
}

function refuseWithoutInventory({ clusters, unread, fork }: ForkPlan): void {
  if (clusters.some(({ inventory }) => !inventory.isSample)) return
  if (unread.length > 0) throw new Refusal(unread.map(unreadInventory))
  throw new Refusal({
    code: 'no-inventory',
    message: `I found no inventory of your own in this repository, so there is no \`kube_version\` to change; \`multiarch release ${fork.base.release}\` says what that release can run.`,
  })
}

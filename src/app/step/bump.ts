import { unreadInventory } from '../../core/explain/trouble/unread-inventory.ts'
import { renderPullRequest, type PullRequestText } from '../../core/explain/texts/render-pull-request.ts'
import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import { judgeFacts } from '../../core/explain/judge-facts.ts'
import type { Remark } from '../../core/judge/judge-step.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Step } from '../../core/plan/step.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { planRead, type ForkPlan, type PlanRequest } from '../plan/plan-fork.ts'
import { cacheOfRun } from '../plan/catalogue-of-tree.ts'
import { refuseSource } from './move-step-branch.ts'
import type { WrittenBranch } from './write-branch.ts'
import { kubernetesTrailer, writeInventoryBranch } from './write-inventory-branch.ts'
import { readFork } from '../repository/read-fork.ts'
import { kubernetesBranchName } from './step-name.ts'
import type { StepInventory } from './edit-for-step.ts'
import { takeKubernetes } from './take-kubernetes.ts'
import { withBranch } from './upgrade.ts'

export interface BumpRequest extends Omit<PlanRequest, 'target'> {
  /** The name of the branch to write, without `refs/heads/`. */
  readonly as?: string
  /** `nothing` computes everything and leaves the repository as it is. */
  readonly write: 'branch' | 'nothing'
}

/** A step of Kubernetes alone, carried out. */
export interface Bump {
  readonly kind: 'bumped'
  readonly plan: ForkPlan
  readonly step: Step
  readonly inventories: readonly StepInventory[]
  readonly findings: readonly Remark[]
  /** Everything that the proposal says. */
  readonly facts: PullRequestFacts
  /** Absent after a run that writes nothing, or that found nothing to change. */
  readonly written?: WrittenBranch
  readonly text: PullRequestText
}

/** There is no such step to take now: the way ends, or Kubernetes is where this release can bring it. */
export interface NoBump {
  readonly kind: 'none'
  readonly plan: ForkPlan
}

/** Moves Kubernetes up in the release the fork stands on, as far as one step goes: edits of the inventories and nothing else. */
export async function bump(objects: ObjectStore, request: BumpRequest): Promise<Bump | NoBump> {
  const store = { objects, cache: cacheOfRun(request.cache) }
  const plan = await planWithin(objects, { ...request, cache: store.cache })
  if (request.as !== undefined) refuseSource(request.as, plan.branch.name)
  const [step] = plan.route.steps
  if (step?.kind !== 'kubernetes') return { kind: 'none', plan }
  refuseWithoutInventory(plan)
  const taken = await takeKubernetes(store, { plan, step, surface: 'terminal' })
  const { inventories, edits } = taken
  const name = request.as ?? kubernetesBranchName(step.kubernetes.to)
  const written =
    request.write === 'branch' && edits.length > 0
      ? await writeInventoryBranch(objects, {
          ...{ source: plan.branch.name, head: plan.fork.head, step: kubernetesTrailer(step), edits, name },
        })
      : undefined
  const facts = written ? withBranch(taken.facts, written) : taken.facts
  const done = { plan, step, inventories, facts, findings: judgeFacts(facts).remarks }
  return { kind: 'bumped', ...done, text: renderPullRequest(facts), ...(written && { written }) }
}

/** The plan; where its next step is a release, as far as Kubernetes goes in the present one. */
async function planWithin(objects: ObjectStore, request: BumpRequest): Promise<ForkPlan> {
  const read = await readFork(objects, request)
  const plan = await planRead(objects, read, request)
  const isKubernetes = plan.route.steps[0]?.kind === 'kubernetes'
  return isKubernetes ? plan : planRead(objects, read, { ...request, target: read.fork.base.release })
}

function refuseWithoutInventory({ clusters, unread, fork }: ForkPlan): void {
  if (clusters.some(({ inventory }) => !inventory.isSample)) return
  if (unread.length > 0) throw new Refusal(unread.map(unreadInventory))
  throw new Refusal({
    code: 'no-inventory',
    message: `This fork has no inventory of its own, so there is no \`kube_version\` to change; \`multiarch release ${fork.base.release}\` says what that release can run.`,
  })
}

import { defined, optional } from '../../core/model/defined.ts'
import { unreadInventory } from '../../core/explain/trouble/unread-inventory.ts'
import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import type { Step } from '../../core/plan/step.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { auditStep } from './audit-step.ts'
import type { CatalogueStore } from '../plan/load-catalogue.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'
import { editForStep, inventoryFacts } from './edit-for-step.ts'
import { placeFacts, shownAfter } from './place-facts.ts'
import { takenEdits } from './taken-edits.ts'
import type { TakenStep } from './taken-step.ts'
import { kubernetesTrailer } from '../branch/write-inventory-branch.ts'
import { kubernetesFactsOf, stillNamed } from './kubernetes-facts-of.ts'

interface KubernetesQuestion {
  readonly plan: ForkPlan
  readonly step: Step
  readonly surface: PullRequestFacts['surface']
}

/** A step of Kubernetes alone. */
export interface TakenKubernetes extends TakenStep {
  readonly plan: ForkPlan
  readonly step: Step
}

/** Works out a step of Kubernetes in the release the fork stands on. */
export async function takeKubernetes(
  store: CatalogueStore & { readonly objects: ObjectStore },
  { plan, step, surface }: KubernetesQuestion,
): Promise<TakenKubernetes> {
  const { branch, fork, route } = plan
  const release = step.kubespray.to
  const inventories = await editForStep(store, store.objects, {
    plan,
    step,
    to: release,
    lint: [],
    tree: fork.headTree,
    releaseTree: fork.baseTree,
    ...defined({ shownAt: shownAfter(fork.standing) }),
  })
  const edits = inventories.flatMap((each) => each.edits)
  const result = {
    tree: edits.at(-1)?.tree ?? fork.headTree,
    newBlobs: new Map(edits.flatMap((each) => [...each.newBlobs])),
  }
  const { findings } = await auditStep(store, { plan, inventories, result, release: fork.baseTree })
  const repository = fork.standing.view.put(result.tree)
  const named = await stillNamed(store.objects, fork.standing, step, { ...result, repository })
  const facts: PullRequestFacts = {
    kind: 'kubernetes',
    ...defined({ prefix: plan.config.commits.prefix }),
    surface,
    branch: branch.name,
    release,
    ...placeFacts(fork.standing),
    step,
    kubernetes: kubernetesFactsOf(plan, step, inventories, named.kubernetes),
    route: { ...route, at: 0 },
    // What is good to know of the whole tree was said with the release, and is no news of this step.
    findings: findings.filter(({ severity }) => severity !== 'notice'),
    ...optional(plan.unread.length > 0, () => ({ against: plan.unread.map(unreadInventory) })),
    inventories: inventories.map((each) => inventoryFacts({ ...each, addons: [], notes: [] })),
  }
  return {
    ...takenEdits(store.objects, { plan, facts, inventories, trailer: kubernetesTrailer(step) }),
    plan,
    step,
  }
}

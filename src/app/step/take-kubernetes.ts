import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import type { Step } from '../../core/plan/step.ts'
import type { ObjectStore } from '../../ports/objects.ts'
import type { InventoryEdit } from './edit-inventories.ts'
import type { CatalogueStore } from '../plan/load-catalogue.ts'
import type { ForkPlan } from '../plan/plan.ts'
import { editForStep, inventoryFacts, type StepInventory } from './step-inventories.ts'
import { kubernetesFactsOf } from './step-kubernetes.ts'

/** A step of inventories alone, worked out and not written yet. */
export interface TakenEdits {
  readonly inventories: readonly StepInventory[]
  readonly edits: readonly InventoryEdit[]
  /** Everything that the proposal says, but for what was written. */
  readonly facts: PullRequestFacts
}

export interface KubernetesQuestion {
  readonly plan: ForkPlan
  readonly step: Step
  readonly surface: PullRequestFacts['surface']
}

/** Works out a step of Kubernetes in the release the fork stands on. */
export async function takeKubernetes(
  store: CatalogueStore & { readonly objects: ObjectStore },
  { plan, step, surface }: KubernetesQuestion,
): Promise<TakenEdits> {
  const { branch, fork, route } = plan
  const release = step.kubespray.to
  const inventories = await editForStep(store, store.objects, {
    ...{ plan, step, to: release, lint: [] },
    ...{ tree: fork.headTree, releaseTree: fork.baseTree },
  })
  const carried = { tree: fork.headTree, newBlobs: new Map() }
  const kubernetes = await kubernetesFactsOf(store.objects, { plan, step, carried })
  const facts: PullRequestFacts = {
    ...{ kind: 'kubernetes', surface, branch: branch.name, release, step, kubernetes },
    route: { ...route, at: 0 },
    inventories: inventories.map((each) => inventoryFacts({ ...each, addons: [], notes: [] })),
  }
  return { inventories, edits: inventories.flatMap((each) => each.edits), facts }
}

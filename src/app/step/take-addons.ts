import { runFacts } from '../../core/inventory/as-run/run-facts.ts'
import { defined, optional } from '../../core/model/defined.ts'
import { adviseOnAddons, type AddonAdvice } from '../../core/advice/addon-advice.ts'
import { addonChanges } from '../../core/advice/addon-changes.ts'
import { unreadInventory } from '../../core/explain/trouble/unread-inventory.ts'
import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { clusterAfter, editCluster } from '../carry/edit-cluster.ts'
import { loadCatalogue, type CatalogueStore } from '../plan/load-catalogue.ts'
import { inventoryFacts, type StepInventory } from './edit-for-step.ts'
import { placeFacts, shownAfter } from './place-facts.ts'
import { takenEdits } from './taken-edits.ts'
import type { StepPlan, TakenStep } from './taken-step.ts'
import { addonTrailer } from '../branch/write-inventory-branch.ts'

interface AddonQuestion {
  /** The fork, its clusters and what is wished of them; no way has to be planned for it. */
  readonly plan: StepPlan
  readonly surface: PullRequestFacts['surface']
  /** `leave`: what a person is only asked about, which belongs to a step that changes the release. */
  readonly questions: 'tell' | 'leave'
}

/** Works out which add-ons to switch off on the release the fork stands on; no edit where there is nothing to switch off. */
export async function takeAddons(
  store: CatalogueStore & { readonly objects: ObjectStore },
  { plan, surface, questions }: AddonQuestion,
): Promise<TakenStep> {
  const { branch, fork, clusters, config } = plan
  const { release } = fork.base
  const catalogue = await loadCatalogue(store, fork.kubespray)
  const inventories: StepInventory[] = []
  let tree = fork.headTree
  for (const cluster of clusters.filter(({ inventory }) => !inventory.isSample)) {
    const advised = adviseOnAddons({
      settings: cluster.settings,
      architectures: plan.architectures.architectures,
      release,
      catalogue,
      policies: config.addons,
    })
    const addons = questions === 'tell' ? advised : advised.filter(({ changes }) => changes.length > 0)
    const before = inventories.flatMap(({ edits }) => edits)
    const edited = editCluster(
      tree,
      clusterAfter(cluster, before),
      addons.flatMap(addonChanges),
      shownAfter(fork.standing),
    )
    tree = edited.edits.at(-1)?.tree ?? tree
    inventories.push({
      ...edited,
      path: cluster.inventory.path,
      run: runFacts(cluster.inventory),
      addons,
      notes: [],
    })
  }
  const facts: PullRequestFacts = {
    kind: 'addon',
    ...defined({ prefix: config.commits.prefix }),
    surface,
    branch: branch.name,
    release,
    ...placeFacts(fork.standing),
    ...optional(plan.unread.length > 0, () => ({ against: plan.unread.map(unreadInventory) })),
    inventories: inventories.map(inventoryFacts),
  }
  return takenEdits(store.objects, { plan, facts, inventories, trailer: addonTrailer(release) })
}

/** What is switched off, by the names people know. */
export function titlesOf(
  inventories: readonly { readonly addons: readonly AddonAdvice[] }[],
): readonly string[] {
  const off = inventories.flatMap(({ addons }) => addons.filter(({ changes }) => changes.length > 0))
  return [...new Set(off.map(({ addon }) => addon.title))]
}

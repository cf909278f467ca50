import { adviseOnAddons, type AddonAdvice } from '../core/audit/addons/addon-advice.ts'
import type { ObjectStore } from '../ports/objects.ts'
import { editCluster } from './edit-inventories.ts'
import { loadCatalogue, type CatalogueStore } from './load-catalogue.ts'
import type { ForkPlan } from './plan.ts'
import { addonChanges, type StepInventory } from './step-inventories.ts'
import type { TakenEdits } from './take-kubernetes.ts'

/** Works out which add-ons to switch off on the release the fork stands on; no edit where there is nothing to switch off. */
export async function takeAddons(
  store: CatalogueStore & { readonly objects: ObjectStore },
  plan: ForkPlan,
): Promise<TakenEdits> {
  const { branch, fork, clusters, config } = plan
  const { release } = fork.base
  const catalogue = await loadCatalogue(store, fork.head.tree)
  const inventories: StepInventory[] = []
  let tree = fork.headTree
  for (const cluster of clusters.filter(({ inventory }) => !inventory.isSample)) {
    const addons = adviseOnAddons({
      ...{ settings: cluster.settings, architectures: plan.architectures.architectures },
      ...{ release, catalogue, policies: config.addons },
    })
    const edited = editCluster(tree, cluster, addons.flatMap(addonChanges))
    tree = edited.edits.at(-1)?.tree ?? tree
    inventories.push({ ...edited, path: cluster.inventory.path, addons, notes: [] })
  }
  return {
    inventories,
    edits: inventories.flatMap(({ edits }) => edits),
    facts: {
      ...{ kind: 'addon', surface: 'pull-request', branch: branch.name, release },
      inventories: inventories.map(({ edits, addons, ...each }) => ({
        ...each,
        // What a person is only asked about belongs to a step that changes the release.
        addons: addons.filter(({ changes }) => changes.length > 0),
        changed: edits.flatMap(({ changed }) => changed),
      })),
    },
  }
}

/** What is switched off, by the names people know. */
export function titlesOf(
  inventories: readonly { readonly addons: readonly AddonAdvice[] }[],
): readonly string[] {
  const off = inventories.flatMap(({ addons }) => addons.filter(({ changes }) => changes.length > 0))
  return [...new Set(off.map(({ addon }) => addon.title))]
}

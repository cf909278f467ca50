import { unreadInventory } from '../../core/explain/trouble/unread-inventory.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { ValueCache } from '../../ports/value-cache.ts'
import { loadCatalogue, type CatalogueStore } from '../plan/load-catalogue.ts'
import { cacheOfRun } from '../plan/catalogue-of-tree.ts'
import { findClusterArchitectures } from '../repository/find-cluster-architectures.ts'
import { readClusters } from '../repository/read-clusters.ts'
import { readFork, type ForkRequest, type ReadFork } from '../repository/read-fork.ts'
import { finishStep, refuseEnding, type FinishedStep, type StepEnding } from './finish-step.ts'
import { addonBranchName } from '../branch/step-name.ts'
import { takeAddons } from './take-addons.ts'
import type { StepPlan, TakenStep } from './taken-step.ts'

interface SettleAddonsRequest extends ForkRequest, StepEnding {
  /** Keeps what releases were found to hold. */
  readonly cache?: ValueCache
}

/** A step about add-ons alone: nothing else moves. */
export type SettledAddons = FinishedStep<TakenStep> & { readonly release: ReleaseTag }

/** Settles the add-ons of the release that the fork stands on, as the settings or our advice have it. */
export async function settleAddons(
  objects: ObjectStore,
  { cache, ...request }: SettleAddonsRequest,
): Promise<SettledAddons> {
  const store = { objects, cache: cacheOfRun(cache) }
  const read = await readFork(objects, request)
  refuseEnding(request, read.branch.name)
  const { release } = read.fork.base
  const plan = await readCluster(store, read)
  const taken = await takeAddons(store, { plan, surface: 'terminal', questions: 'tell' })
  return {
    ...(await finishStep(onlyTold(taken), { ...request, name: addonBranchName(release, read.config) })),
    release,
  }
}

/** Inventories of whose add-ons there is nothing to say are not spoken of. */
function onlyTold(taken: TakenStep): TakenStep {
  const isTold = ({ addons }: { readonly addons: readonly unknown[] }): boolean => addons.length > 0
  return {
    ...taken,
    inventories: taken.inventories.filter(isTold),
    facts: { ...taken.facts, inventories: (taken.facts.inventories ?? []).filter(isTold) },
  }
}

/** The clusters and their architectures; which way goes up from there is not asked. */
async function readCluster(
  store: CatalogueStore & { readonly objects: ObjectStore },
  read: ReadFork,
): Promise<StepPlan> {
  const { fork, config } = read
  const catalogue = await loadCatalogue(store, fork.kubespray)
  const trees = { tree: fork.headTree, base: fork.baseTree }
  const { clusters, unread } = await readClusters(store.objects, {
    ...trees,
    catalogue,
    folders: config.inventories,
  })
  const isOnlySample = clusters.every(({ inventory }) => inventory.isSample)
  if (isOnlySample && unread.length > 0) throw new Refusal(unread.map(unreadInventory))
  if (isOnlySample)
    throw new Refusal({
      code: 'no-inventory',
      message: 'I found no inventory of your own in this repository, so nothing says which add-ons are on.',
    })
  const architectures = await findClusterArchitectures(store.objects, {
    config,
    clusters,
    series: fork.series,
  })
  return { ...read, clusters, unread, architectures }
}

import { unreadInventory } from '../../core/explain/trouble/unread-inventory.ts'
import { renderPullRequest, type PullRequestText } from '../../core/explain/texts/render-pull-request.ts'
import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { ValueCache } from '../../ports/value-cache.ts'
import { loadCatalogue, type CatalogueStore } from '../plan/load-catalogue.ts'
import { findClusterArchitectures } from '../plan/find-cluster-architectures.ts'
import { cacheOfRun } from '../plan/catalogue-of-tree.ts'
import { readClusters } from '../plan/read-clusters.ts'
import { refuseSource } from './move-step-branch.ts'
import type { WrittenBranch } from './write-branch.ts'
import { addonTrailer, writeInventoryBranch } from './write-inventory-branch.ts'
import { readFork, type ForkRequest, type ReadFork } from '../repository/read-fork.ts'
import type { StepInventory } from './edit-for-step.ts'
import { addonBranchName } from './step-name.ts'
import { takeAddons, type AddonQuestion } from './take-addons.ts'
import { withBranch } from './upgrade.ts'

export interface SettleAddonsRequest extends ForkRequest {
  /** Keeps what releases were found to hold. */
  readonly cache?: ValueCache
  /** The name of the branch to write, without `refs/heads/`. */
  readonly as?: string
  /** `nothing` computes everything and leaves the repository as it is. */
  readonly write: 'branch' | 'nothing'
}

/** A step about add-ons alone: nothing else moves. */
export interface SettledAddons {
  readonly read: ReadFork
  readonly release: ReleaseTag
  /** Those of which there is something to say. */
  readonly inventories: readonly StepInventory[]
  readonly facts: PullRequestFacts
  /** Absent after a run that writes nothing, or that had nothing to change. */
  readonly written?: WrittenBranch
  readonly text: PullRequestText
}

/** Settles the add-ons of the release that the fork stands on, as the settings or our advice have it. */
export async function settleAddons(
  objects: ObjectStore,
  { cache, as, write, ...request }: SettleAddonsRequest,
): Promise<SettledAddons> {
  const store = { objects, cache: cacheOfRun(cache) }
  const read = await readFork(objects, request)
  const { fork, branch: chosen } = read
  if (as !== undefined) refuseSource(as, chosen.name)
  const release = fork.base.release
  const plan = await readCluster(store, read)
  const taken = await takeAddons(store, { plan, surface: 'terminal', questions: 'tell' })
  const { edits } = taken
  const branch = {
    ...{ source: chosen.name, head: fork.head, step: addonTrailer(release), edits },
    name: as ?? addonBranchName(release),
  }
  const written =
    write === 'branch' && edits.length > 0 ? await writeInventoryBranch(objects, branch) : undefined
  const isTold = ({ addons }: { readonly addons: readonly unknown[] }): boolean => addons.length > 0
  const told = { ...taken.facts, inventories: (taken.facts.inventories ?? []).filter(isTold) }
  const facts = written ? withBranch(told, written) : told
  const done = { read, release, facts, inventories: taken.inventories.filter(isTold) }
  return { ...done, text: renderPullRequest(facts), ...(written && { written }) }
}

/** The clusters and their architectures; which way goes up from there is not asked. */
async function readCluster(
  store: CatalogueStore & { readonly objects: ObjectStore },
  read: ReadFork,
): Promise<AddonQuestion['plan']> {
  const { fork, config } = read
  const catalogue = await loadCatalogue(store, fork.head.tree)
  const trees = { tree: fork.headTree, base: fork.baseTree }
  const { clusters, unread } = await readClusters(store.objects, {
    ...{ ...trees, catalogue, folders: config.inventories },
  })
  const isOnlySample = clusters.every(({ inventory }) => inventory.isSample)
  if (isOnlySample && unread.length > 0) throw new Refusal(unread.map(unreadInventory))
  if (isOnlySample)
    throw new Refusal({
      code: 'no-inventory',
      message: 'This fork has no inventory of its own, so nothing says which add-ons are on.',
    })
  const architectures = await findClusterArchitectures(store.objects, {
    ...{ config, clusters, series: fork.series },
  })
  return { ...read, clusters, unread, architectures }
}

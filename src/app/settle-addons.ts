import { adviseOnAddons, type AddonAdvice } from '../core/audit/addons/addon-advice.ts'
import { addonChanges } from '../core/audit/addons/addon-changes.ts'
import { renderPullRequest, type PullRequestText } from '../core/explain/pull-request.ts'
import type { PullRequestFacts } from '../core/explain/pull-request-facts.ts'
import { Refusal, type Problem } from '../core/model/problem.ts'
import type { ReleaseTag } from '../core/model/version.ts'
import type { ObjectStore } from '../ports/objects.ts'
import type { ValueCache } from '../ports/value-cache.ts'
import { editCluster, type InventoryEdit } from './edit-inventories.ts'
import { loadCatalogue } from './load-catalogue.ts'
import { findClusterArchitectures } from './plan-architectures.ts'
import { cacheOfRun } from './plan-catalogues.ts'
import { readClusters } from './plan-clusters.ts'
import type { WrittenBranch } from './propose.ts'
import { writeInventoryBranch } from './propose-inventory.ts'
import { readFork, type ForkRequest, type ReadFork } from './read-fork.ts'

export interface SettleAddonsRequest extends ForkRequest {
  /** Keeps what releases were found to hold. */
  readonly cache?: ValueCache
  /** The name of the branch to write, without `refs/heads/`. */
  readonly as?: string
  /** `nothing` computes everything and leaves the repository as it is. */
  readonly write: 'branch' | 'nothing'
}

/** What is said and done about the add-ons of one inventory. */
export interface AddonInventory {
  readonly path: string
  readonly addons: readonly AddonAdvice[]
  readonly edits: readonly InventoryEdit[]
  readonly problems: readonly Problem[]
}

/** A step about add-ons alone: nothing else moves. */
export interface AddonStep {
  readonly read: ReadFork
  readonly release: ReleaseTag
  /** Those of which there is something to say. */
  readonly inventories: readonly AddonInventory[]
  readonly facts: PullRequestFacts
  /** Absent after a run that writes nothing, or that had nothing to change. */
  readonly written?: WrittenBranch
  readonly text: PullRequestText
}

/** The branch of such a step, unless another name is asked for. */
export const ADDON_BRANCH = 'multiarch/addons'

/** Settles the add-ons of the release that the fork stands on, as the settings or our advice have it. */
export async function settleAddons(
  objects: ObjectStore,
  { cache, as = ADDON_BRANCH, write, ...request }: SettleAddonsRequest,
): Promise<AddonStep> {
  const read = await readFork(objects, request)
  const { fork, branch } = read
  const release = fork.base.release
  const inventories = await adviseOnEach(objects, read, cache)
  const edits = inventories.flatMap((each) => each.edits)
  const written =
    write === 'branch' && edits.length > 0
      ? await writeInventoryBranch(objects, { head: fork.head, step: `addon ${release}`, edits, name: as })
      : undefined
  const facts: PullRequestFacts = {
    ...{ kind: 'addon', surface: 'terminal', branch: branch.name, release },
    inventories: inventories.map(({ edits: own, ...each }) => ({
      ...each,
      changed: own.flatMap(({ changed }) => changed),
    })),
    ...(written && { written }),
  }
  const text = renderPullRequest(facts)
  return { read, release, inventories, facts, text, ...(written && { written }) }
}

/** Each inventory from the tree that the one before it left. */
async function adviseOnEach(
  objects: ObjectStore,
  { config, fork }: ReadFork,
  cache: ValueCache | undefined,
): Promise<readonly AddonInventory[]> {
  const catalogue = await loadCatalogue({ objects, cache: cacheOfRun(cache) }, fork.head.tree)
  const trees = { tree: fork.headTree, base: fork.baseTree }
  const clusters = await readClusters(objects, { ...trees, catalogue, folders: config.inventories })
  const own = clusters.filter(({ inventory }) => !inventory.isSample)
  if (own.length === 0)
    throw new Refusal({
      code: 'no-inventory',
      message: 'This fork has no inventory of its own, so nothing says which add-ons are on.',
    })
  const { architectures } = await findClusterArchitectures(objects, { config, clusters, series: fork.series })
  const done: AddonInventory[] = []
  let tree = fork.headTree
  for (const cluster of own) {
    const { settings, inventory } = cluster
    const addons = adviseOnAddons({
      ...{ settings, architectures, catalogue, release: fork.base.release },
      policies: config.addons,
    })
    const { edits, problems } = editCluster(tree, cluster, addons.flatMap(addonChanges))
    tree = edits.at(-1)?.tree ?? tree
    if (addons.length > 0) done.push({ path: inventory.path, addons, edits, problems })
  }
  return done
}

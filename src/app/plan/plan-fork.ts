import type { YoungRelease } from '../../core/explain/found/young-release.ts'
import type { UnreadInventory } from '../../core/explain/trouble/unread-inventory.ts'
import type { Problem } from '../../core/model/problem.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { LintFinding } from '../../core/plan/lint-finding.ts'
import type { Route } from '../../core/plan/step.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { Progress } from '../../ports/progress.ts'
import type { ValueCache } from '../../ports/value-cache.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { loadCatalogue, loadOffers, type CatalogueStore } from './load-catalogue.ts'
import {
  findClusterArchitectures,
  type ArchitecturesFound,
} from '../repository/find-cluster-architectures.ts'
import { aboutRunning, lookAhead, withoutSettled, type AboveRelease, type StepAhead } from './look-ahead.ts'
import { cacheOfRun } from './catalogue-of-tree.ts'
import { readClusters, type Cluster } from '../repository/read-clusters.ts'
import { inventoryUnreadable } from './kubernetes-unknown.ts'
import { lintForStep } from './lint-for-step.ts'
import { releasesOnTheWay } from './route-from.ts'
import { planRouteTogether } from './plan-route-together.ts'
import { oldEnough, type AgeQuestion } from './old-enough.ts'
import { lastToFollow } from './plan-route.ts'
import { namingCluster } from '../repository/cluster/naming-cluster.ts'
import { readFork, type ForkRequest, type ReadFork } from '../repository/read-fork.ts'

export interface PlanRequest extends ForkRequest, PlanOptions {}

export interface PlanOptions {
  /** The Kubernetes that runs, where the inventory is elsewhere or says something else. */
  readonly kubernetes?: string
  /** The release to end at; the newest, or as far as the config follows, where it is not given. */
  readonly target?: ReleaseTag
  /** Keeps what releases were found to hold. */
  readonly cache?: ValueCache
  /** How closely the next step is looked at: `defaults` where reading a thousand files costs much, as over an API. */
  readonly depth?: 'mentions' | 'defaults'
  /** What upstream published of a release; nobody is asked where it is absent. */
  readonly published?: AgeQuestion['published']
  /** By whose clock a release is young. */
  readonly clock?: Clock
  readonly progress?: Progress
}

/** Where a fork stands, what it carries, and the whole way up. */
export interface ForkPlan extends ReadFork {
  readonly clusters: readonly Cluster[]
  /** Inventories that could not be read; the way is planned without them. */
  readonly unread: readonly UnreadInventory[]
  /** What looks like an inventory and does not count, each with the reason. */
  readonly leftOutInventories: readonly Problem[]
  /** Releases that are not offered yet. */
  readonly young: readonly YoungRelease[]
  /** The Kubernetes that was said to run, whatever the inventories say. */
  readonly told: string | undefined
  readonly architectures: ArchitecturesFound
  readonly route: Route
  /** What the next step changes for the inventories. */
  readonly lint: readonly LintFinding[]
  /** What each step of the way to another release has in store, the next one first. */
  readonly ahead: readonly StepAhead[]
  /** Clusters whose Kubernetes is above the minor that the fork's release was made for. */
  readonly above: readonly AboveRelease[]
}

/** Reads a fork and plans its way to the newest release; nothing is written. */
export async function planFork(objects: ObjectStore, request: PlanRequest): Promise<ForkPlan> {
  return planRead(objects, await readFork(objects, request), request)
}

/** The same for forks that are read already, as each of several clusters in the repository has it. */
export async function planForks(
  objects: ObjectStore,
  forks: readonly ReadFork[],
  options: PlanOptions,
): Promise<readonly ForkPlan[]> {
  const plans: ForkPlan[] = []
  for (const read of forks)
    plans.push(await namingCluster(read.config, () => planRead(objects, read, options)))
  return plans
}

/** Plans for a fork that is read already. */
export async function planRead(
  objects: ObjectStore,
  known: ReadFork,
  { kubernetes, target, cache, depth = 'mentions', progress, published, clock = Date }: PlanOptions,
): Promise<ForkPlan> {
  progress?.({ code: 'reading-releases' })
  const { read, young } = await oldEnough(objects, known, { now: clock.now(), target, published })
  const { config, fork, repository } = read
  const store = { objects, cache: cacheOfRun(cache) }
  const catalogue = await loadAhead(store, read, target)
  const trees = { tree: fork.headTree, base: fork.baseTree }
  const { clusters, unread, leftOut } = await readClusters(objects, {
    ...trees,
    catalogue,
    folders: config.inventories,
    running: kubernetes,
  })
  const architectures = await findClusterArchitectures(objects, { config, clusters, series: fork.series })
  const question = { read, clusters, architectures, catalogue, target, told: kubernetes }
  const isBlind = clusters.length === 0 && unread.length > 0
  const route = isBlind
    ? { steps: [], stopped: inventoryUnreadable(unread) }
    : await planRouteTogether(store, question)
  const [next] = route.steps
  // Over an API a plan alone reads no tasks; the step that is taken does, since its audit needs them anyway.
  const shapes = depth === 'mentions' ? { memory: new Map() } : undefined
  const linted = next ? await lintForStep(store, { fork, clusters, repository, depth, shapes }, next) : []
  const lint = withoutSettled(linted, clusters)
  const ahead = await lookAhead(
    store,
    { fork, clusters, repository, depth, shapes, architectures, lint },
    route.steps,
  )
  const above = aboutRunning(clusters, catalogue)
  return {
    ...read,
    clusters,
    unread,
    leftOutInventories: leftOut,
    architectures,
    route,
    lint,
    ahead,
    above,
    young,
    told: kubernetes,
  }
}

/** What the fork's own tree holds; what the releases on its way hold is read with it, and is at hand when the way is planned. */
async function loadAhead(
  store: CatalogueStore,
  { fork, config, repository }: ReadFork,
  target: ReleaseTag | undefined,
): Promise<Catalogue> {
  const { release } = fork.base
  const way = releasesOnTheWay(repository.releases, {
    from: { release },
    target: target ?? lastToFollow(release, config, repository.releases.keys()),
  })
  const commits = await store.objects.readCommits([...way.values()])
  const trees = [fork.kubespray, ...[...commits.values()].map(({ tree }) => tree)]
  await loadOffers(store, new Map(trees.map((tree) => [tree, tree])))
  return loadCatalogue(store, fork.kubespray)
}

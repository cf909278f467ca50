import { defaultConfig } from '../../core/config/read-config.ts'
import type { Config, RepositoryConfig } from '../../core/config/resolve-config.ts'
import { clustersElsewhere } from '../../core/explain/trouble/which-cluster.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { Progress } from '../../ports/progress.ts'
import { namingCluster } from './cluster/naming-cluster.ts'
import { chooseCluster, eachCluster } from './cluster/choose-cluster.ts'
import type { ChosenBranch } from './choose-branch.ts'
import type { Fork } from './find-series.ts'
import { configAt } from './read-config-at.ts'
import type { FindFork } from './own-fork.ts'
import { readStanding } from './read-standing.ts'
import { withSeen } from './standing.ts'
import { readRepository, type Repository } from './read-repository.ts'

export interface ForkRequest {
  /** Remotes of the clone that are upstream's, not the fork's. */
  readonly upstreamRemotes: readonly string[]
  /** The branch that holds the patches; where it is not given, the config's, the default one, or the one found. */
  readonly branch?: string
  /** Which of several clusters in the repository is meant. */
  readonly cluster?: string
  readonly progress?: Progress
  /** Opens a fork of the user's own in another repository. */
  readonly forkOf?: FindFork
}

/** A fork with what its people wish and what its history says. */
export interface ReadFork {
  readonly repository: Repository
  readonly config: Config
  readonly branch: ChosenBranch
  readonly fork: Fork
}

/** Reads a clone: the config of its default branch, the branch that holds the patches, and the series on it. */
export async function readFork(store: ObjectStore, request: ForkRequest): Promise<ReadFork> {
  const found = await readWishes(store, request)
  return readOne(store, { ...found, config: chooseCluster(found.config, request.cluster) }, request)
}

/** The same of each of several clusters, where none is named. */
export async function readForks(store: ObjectStore, request: ForkRequest): Promise<readonly ReadFork[]> {
  const found = await readWishes(store, request)
  const read: ReadFork[] = []
  for (const config of eachCluster(found.config, request.cluster))
    read.push(await namingCluster(config, () => readOne(store, { ...found, config }, request)))
  return read
}

/** The repository, and what the settings on its default branch say. */
interface Wishes<C extends Config> {
  readonly repository: Repository
  /** The head of the default branch. */
  readonly main: Oid | undefined
  readonly config: C
}

async function readWishes(
  store: ObjectStore,
  { upstreamRemotes, progress }: ForkRequest,
): Promise<Wishes<RepositoryConfig>> {
  progress?.({ code: 'reading-fork' })
  const repository = await readRepository(store, upstreamRemotes)
  const main = repository.branches.get(repository.defaultBranch ?? repository.branchAtHead ?? '')
  const config = main ? await configAt(store, main, factsOf(repository)) : defaultConfig()
  return { repository, main, config }
}

function factsOf({ releases }: Repository): { readonly releases: readonly string[] } {
  return { releases: [...releases.keys()] }
}

async function readOne(
  store: ObjectStore,
  { repository, main, config }: Wishes<Config>,
  request: ForkRequest,
): Promise<ReadFork> {
  const { branch, fork } = await readStanding(store, repository, {
    branch: request.branch ?? config.branch,
    config,
    forkOf: request.forkOf,
  })
  // A mirror of upstream as the default branch has no config of ours; the branch with the patches may.
  const isOwn = branch.head !== main && (main === undefined || branch.insteadOf !== undefined)
  if (!isOwn || config.cluster) return { repository, config: withSeen(config, fork), branch, fork }
  const { clusters, ...own } = await configAt(store, branch.head, factsOf(repository))
  if (clusters.length > 0) throw new Refusal(clustersElsewhere(branch.name))
  return { repository, config: withSeen(own, fork), branch, fork }
}

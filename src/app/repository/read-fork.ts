import { defaultConfig } from '../../core/config/read-config.ts'
import type { Config } from '../../core/config/resolve-config.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { Progress } from '../../ports/progress.ts'
import type { ChosenBranch } from './choose-branch.ts'
import type { Fork } from './find-series.ts'
import { configAt } from './read-config-at.ts'
import type { FindFork } from './own-fork.ts'
import { readStanding } from './read-standing.ts'
import { readRepository, type Repository } from './read-repository.ts'

export interface ForkRequest {
  /** Remotes of the clone that are upstream's, not the fork's. */
  readonly upstreamRemotes: readonly string[]
  /** The branch that holds the patches; where it is not given, the config's, the default one, or the one found. */
  readonly branch?: string
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
  request.progress?.({ code: 'reading-fork' })
  const repository = await readRepository(store, request.upstreamRemotes)
  const facts = { releases: [...repository.releases.keys()] }
  const main = repository.branches.get(repository.defaultBranch ?? '')
  const first = main && (await configAt(store, main, facts))
  const { branch, fork } = await readStanding(store, repository, {
    branch: request.branch ?? first?.branch,
    config: first ?? defaultConfig(),
    forkOf: request.forkOf,
  })
  // A mirror of upstream as the default branch has no config of ours; the branch with the patches may.
  const isMain = branch.head === main
  const second = isMain || !branch.insteadOf ? undefined : await configAt(store, branch.head, facts)
  return { repository, config: second ?? first ?? (await configAt(store, branch.head, facts)), branch, fork }
}

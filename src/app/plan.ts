import type { ReleaseTag } from '../core/model/version.ts'
import { releasesAhead } from '../core/series/next-release.ts'
import type { ObjectStore } from '../ports/objects.ts'
import { chooseBranch, type ChosenBranch } from './choose-branch.ts'
import { findSeries, type Fork } from './find-series.ts'
import { readRepository } from './read-repository.ts'

export interface PlanRequest {
  readonly upstreamRemotes: readonly string[]
  readonly branch?: string
}

/** Where a fork stands, what it carries, and which releases lie ahead. */
export interface ForkPlan {
  readonly branch: ChosenBranch
  readonly fork: Fork
  /** Every release to stop at on the way to the newest, nearest first. */
  readonly ahead: readonly ReleaseTag[]
}

/** Reads a fork and looks ahead; nothing is written. */
export async function planFork(store: ObjectStore, request: PlanRequest): Promise<ForkPlan> {
  const repository = await readRepository(store, request.upstreamRemotes)
  const branch = await chooseBranch(store, repository, request.branch)
  const fork = await findSeries(store, { ...repository, head: branch.head })
  return { branch, fork, ahead: releasesAhead(fork.base.release, repository.releases.keys()) }
}

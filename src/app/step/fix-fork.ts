import { defined } from '../../core/model/defined.ts'
import type { Architecture } from '../../core/model/architecture.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { Progress } from '../../ports/progress.ts'
import { withSeen } from '../repository/standing.ts'
import { wishesAt } from '../audit/audit.ts'
import { checksumReleases } from '../carry/make-fixes.ts'
import { writeFixes, type Fixed } from '../carry/write-fixes.ts'
import { refuseWithoutKubespray } from '../audit/refuse-without-kubespray.ts'
import { patchedArchitectures } from '../repository/find-cluster-architectures.ts'
import { freeTarget, moveStepBranch, refuseSource, type WrittenBranch } from '../branch/move-step-branch.ts'
import { layoutPhrase } from '../../core/explain/layout-sentence.ts'
import type { Fork } from '../repository/find-series.ts'
import { holdsFiles } from '../repository/standing.ts'
import { readFork } from '../repository/read-fork.ts'

interface FixForkRequest {
  /** Remotes of the clone that are upstream's, not the fork's. */
  readonly upstreamRemotes: readonly string[]
  /** The branch to mend, where it is not the one that holds the patches. */
  readonly branch?: string
  /** Which of several clusters in the repository is meant. */
  readonly cluster?: string
  readonly architectures?: readonly Architecture[]
  readonly inventories?: readonly string[]
  /** The branch to write, without `refs/heads/`. */
  readonly as?: string
  readonly write: 'branch' | 'nothing'
  readonly progress?: Progress
}

/** What an audit's recipes came to on a fork. */
export interface FixedFork extends Fixed {
  /** The branch that was mended. */
  readonly of: string
  readonly release: ReleaseTag
  /** What stands before the title of its pull request. */
  readonly prefix?: string
  /** The branch written; absent where nothing was to be done, or nothing to be written. */
  readonly branch?: string
  readonly change?: WrittenBranch['change']
}

/** The branch of fixes, unless another name is asked for. */
function fixBranchOf(cluster: string | undefined): string {
  return cluster === undefined ? 'multiarch/audit' : `multiarch/${cluster}/audit`
}

/** Makes the patches that the audit of a fork asks for, on a branch of their own. Refuses to overwrite a person's commits. */
export async function fixFork(store: ObjectStore, request: FixForkRequest): Promise<FixedFork> {
  const { repository, branch: chosen, fork, config } = await readFork(store, request)
  const { name } = chosen
  refuseWithoutFiles(fork)
  await refuseWithoutKubespray(store, fork.headTree)
  const branch = request.as ?? fixBranchOf(request.cluster)
  if (request.as !== undefined) refuseSource(branch, name)
  request.progress?.({ code: 'mending' })
  const fix = await writeFixes(store, {
    head: fork.head,
    view: fork.standing.view,
    words: config.commits,
    releases: checksumReleases(repository.releases, fork.base.release),
    release: fork.baseTree,
    patched: await patchedArchitectures(store, fork.series),
    ...withSeen(await wishesAt(store, fork.head.oid, request), fork),
  })
  const { prefix } = config.commits
  const done = { ...fix, of: name, release: fork.base.release, ...defined({ prefix }) }
  if (fix.commits.length === 0 || request.write === 'nothing') return done
  const target = await freeTarget(store, {
    name: branch,
    source: name,
    below: [fork.head.oid],
    step: 'audit',
  })
  return { ...done, branch, change: await moveStepBranch(store, target, fix.tip) }
}

/** A patch of ours is a change of Kubespray's files; where the repository holds but their name, it has no place. */
function refuseWithoutFiles({ standing: { layout } }: Fork): void {
  if (holdsFiles(layout)) return
  throw new Refusal({
    code: 'no-files-to-mend',
    message: `Kubespray is used here ${layoutPhrase(layout)}, so its files are upstream’s and none of them can be fixed in this repository. The audit says what to set instead, where there is something.`,
  })
}

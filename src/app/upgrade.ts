import { subjectOf } from '../core/model/commit.ts'
import type { Oid } from '../core/model/oid.ts'
import { Refusal } from '../core/model/problem.ts'
import { compareReleases, type ReleaseTag } from '../core/model/version.ts'
import { renderProposal } from '../core/explain/proposal.ts'
import type { PullRequestText } from '../core/explain/pull-request.ts'
import type { CarriedSeries } from '../core/series/carried.ts'
import { nextRelease } from '../core/series/next-release.ts'
import type { Base } from '../core/series/series.ts'
import type { ObjectStore } from '../ports/objects.ts'
import { carrySeries } from './carry-series.ts'
import { chooseBranch, type ChosenBranch } from './choose-branch.ts'
import { diffPatches } from './diff-patches.ts'
import { findSeries, type Fork } from './find-series.ts'
import { branchNameFor, writeBranch, type StepBranch } from './propose.ts'
import { findRelease, readRepository, type Repository } from './read-repository.ts'

export interface UpgradeRequest {
  /** Remotes of the clone that are upstream's, not the fork's. */
  readonly upstreamRemotes: readonly string[]
  /** The branch that holds the patches, where it is not the default one. */
  readonly branch?: string
  /** The release to go to; the next one where none is named. */
  readonly onto?: string
  /** The name of the branch to write, without `refs/heads/`. */
  readonly as?: string
  /** `nothing` computes everything and leaves the repository as it is. */
  readonly write: 'branch' | 'nothing'
}

/** One step, carried out. */
export interface Upgrade {
  readonly branch: ChosenBranch
  readonly fork: Fork
  readonly to: ReleaseTag
  readonly carried: CarriedSeries
  /** Absent after a run that writes nothing. */
  readonly written?: StepBranch
  readonly text: PullRequestText
}

/** Moves a fork to a release: the whole story of one step, top to bottom. Says `undefined` where there is no newer release. */
export async function upgrade(store: ObjectStore, request: UpgradeRequest): Promise<Upgrade | undefined> {
  const repository = await readRepository(store, request.upstreamRemotes)
  const branch = await chooseBranch(store, repository, request.branch)
  const fork = await findSeries(store, { ...repository, head: branch.head })
  const target = chooseTarget(repository, fork.base, request.onto)
  if (!target) return undefined
  refuseEmpty(fork, branch)
  const tree = await store.readTree(target.commit)
  const carried = await carrySeries(store, fork, { commit: target.commit, tree })
  const written =
    request.write === 'branch'
      ? await writeBranch(store, {
          head: fork.head,
          from: fork.base.release,
          release: target,
          carried,
          name: request.as ?? branchNameFor(target.tag),
        })
      : undefined
  const text = renderProposal({
    branch: branch.name,
    ...(branch.insteadOf && { insteadOf: branch.insteadOf }),
    base: fork.base,
    to: target.tag,
    series: fork.series,
    carried,
    diffs: await diffPatches(store, carried),
    upstream: await readTitles(store, carried),
    ...(written && { written: { name: written.name, commits: written.commits } }),
  })
  return { branch, fork, to: target.tag, carried, ...(written && { written }), text }
}

/** The release that was asked for, else the next one; `undefined` where the fork stands on the newest. */
function chooseTarget(
  repository: Repository,
  base: Base,
  onto: string | undefined,
): { tag: ReleaseTag; commit: Oid } | undefined {
  if (onto === undefined) {
    const tag = nextRelease(base.release, repository.releases.keys())
    return tag && { tag, commit: repository.releases.get(tag) as Oid }
  }
  const target = findRelease(repository, onto)
  const order = compareReleases(target.tag, base.release)
  if (order === 0 && base.exact) return undefined
  if (order > 0) return target
  throw new Refusal({
    code: 'release-behind',
    message: `The fork stands on \`${base.release}\`${base.exact ? '' : ' and upstream commits after it'}, so \`${target.tag}\` is behind it. I do not go back to an older release.`,
  })
}

function refuseEmpty({ series }: Fork, { name }: ChosenBranch): void {
  if (series.patches.length > 0 || series.ownFiles.size > 0) return
  throw new Refusal({
    code: 'no-own-patches',
    message: `The branch \`${name}\` has no patches and no files of its own, so there is nothing to carry: check out the release itself.`,
  })
}

/** The titles of the upstream commits that are named as evidence. */
async function readTitles(store: ObjectStore, { patches }: CarriedSeries): Promise<ReadonlyMap<Oid, string>> {
  const oids = new Set(
    patches.flatMap(({ upstream, files }) => [...upstream, ...files.flatMap((file) => file.upstream)]),
  )
  const commits = await store.readCommits([...oids])
  return new Map([...commits].map(([oid, { message }]) => [oid, subjectOf(message)]))
}

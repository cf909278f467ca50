import { optional } from '../../core/model/defined.ts'
import { refusalOf } from '../../core/explain/refusal-of.ts'
import type { LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import { compareReleases, type ReleaseTag } from '../../core/model/release-tag.ts'
import { closest, distance, fitsContent, isSmall, LEAST_LIKENESS } from '../../core/series/closest.ts'
import type { Base, BaseEvidence } from '../../core/series/series.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'

interface BaseRequest {
  readonly headTree: Tree
  readonly releases: ReadonlyMap<ReleaseTag, Oid>
  /** A step commit of ours in the fork's history, newest first choice, with the release it recorded. */
  readonly step?: RecordedStep
  /** The upstream commits that the fork's own commits stand on. */
  readonly boundary: readonly Oid[]
}

export interface RecordedStep {
  readonly commit: LoggedCommit
  readonly release: ReleaseTag
  /** The commit that the release's tag pointed to at that time, where the step tells. */
  readonly moved?: Oid
}

/**
 * Finds what a fork stands on: by our own trailer, else by common history, else the release with the closest files. What history
 * says is checked against the files, because it can lie by many releases: upstream copied over, squashed, or vendored.
 */
export async function findBase(store: ObjectReader & History, request: BaseRequest): Promise<Base> {
  const claim = await claimOf(store, request)
  // So few differing files are a small series whatever the closest release is; that spares reading all releases.
  if (claim && isSmall(claim.distance, claim.tree)) return claim.base
  const trees = new Map<ReleaseTag, Tree>()
  for (const [tag, oid] of [...request.releases].reverse()) trees.set(tag, await store.readTree(oid))
  const best = closest(trees, request.headTree)
  if (!best) throw new Error('no release to compare with: the repository was read without any')
  if (claim && fitsContent(claim.distance, best.distance, claim.tree)) return claim.base
  if (best.likeness < LEAST_LIKENESS) throw new Refusal(refusalOf({ code: 'not-kubespray' }))
  const base = {
    release: best.key,
    commit: request.releases.get(best.key) as Oid,
    exact: true,
    found: 'content' as const,
  }
  if (!claim || claim.base.release === best.key) return base
  return { ...base, disagreement: { says: claim.base.found, release: claim.base.release } }
}

interface Claim {
  readonly base: Base
  /** Files in which the fork differs from what the claim says it stands on. */
  readonly distance: number
  readonly tree: Tree
}

async function claimOf(store: ObjectReader & History, request: BaseRequest): Promise<Claim | undefined> {
  const { step, releases, headTree } = request
  const tagged = step && releases.get(step.release)
  if (step && tagged) {
    // A tag that moved since would make upstream's changes between the two look like the fork's own.
    const recorded = step.moved ?? tagged
    const base: Base = {
      ...baseOf(step.release, recorded, { exact: true, found: 'trailer' }),
      ...optional(recorded !== tagged, () => ({ tagMoved: tagged })),
    }
    const tree = await store.readTree(recorded)
    return { base, tree, distance: distance(tree, headTree) }
  }
  const commit = await closestCommit(store, request)
  if (!commit) return undefined
  const release = await newestContained(store, commit.key, releases)
  if (!release) return undefined
  const exact = releases.get(release) === commit.key
  const tree = await store.readTree(commit.key)
  return { base: baseOf(release, commit.key, { exact, found: 'ancestry' }), tree, distance: commit.distance }
}

function baseOf(
  release: ReleaseTag,
  commit: Oid,
  how: { readonly exact: boolean; readonly found: BaseEvidence },
): Base {
  return { release, commit, ...how }
}

/** A branch that merged upstream several times stands on several commits; the one with the closest files is the newest. */
async function closestCommit(
  store: ObjectReader,
  { boundary, headTree }: BaseRequest,
): Promise<{ key: Oid; distance: number } | undefined> {
  const commits = [...(await store.readCommits(boundary)).values()]
  // Older ones cannot be closer than the newest eight together; reading all trees of a long merge history would take seconds.
  const newest = commits.toSorted((a, b) => b.committer.time - a.committer.time).slice(0, 8)
  const trees: [Oid, Tree][] = []
  for (const { oid } of newest) trees.push([oid, await store.readTree(oid)])
  return closest(trees, headTree)
}

/** The newest release, by version, that a commit contains. */
export async function newestContained(
  store: ObjectReader & History,
  commit: Oid,
  releases: ReadonlyMap<ReleaseTag, Oid>,
): Promise<ReleaseTag | undefined> {
  const newestFirst = [...releases].sort(([a], [b]) => compareReleases(b, a))
  const exact = newestFirst.find(([, oid]) => oid === commit)
  if (exact) return exact[0]
  const commits = await store.readCommits([commit, ...releases.values()])
  const time = (commits.get(commit) as { committer: { time: number } }).committer.time
  for (const [tag, oid] of newestFirst) {
    // A commit made later cannot be contained; a day is spared for clocks that were wrong.
    if ((commits.get(oid)?.committer.time ?? 0) > time + 86_400) continue
    if ((await store.mergeBase(oid, commit)) === oid) return tag
  }
  return undefined
}

import { optional } from '../../core/model/defined.ts'
import { refusalOf } from '../../core/explain/refusal-of.ts'
import type { LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import { compareVersions, minorOf, type ReleaseTag } from '../../core/model/release-tag.ts'
import {
  closest,
  closestMoment,
  distance,
  fitsContent,
  isFrom,
  isSmall,
  LEAST_LIKENESS,
  setBack,
  unexplained,
  type Compared,
} from '../../core/series/closest.ts'
import type { Base, BaseEvidence } from '../../core/series/series.ts'
import { newestContained } from './upstream/newest-contained.ts'
import type { History, LogRange, ObjectReader } from '../../ports/object-store.ts'

interface BaseRequest {
  readonly headTree: Tree
  readonly releases: ReadonlyMap<ReleaseTag, Oid>
  /** Upstream's branches and tags, as far as they are known. */
  readonly upstreamTips: readonly Oid[]
  /** A step commit of ours in the fork's history, newest first choice, with the release it recorded. */
  readonly step?: RecordedStep
  /** The upstream commits that the fork's own commits stand on. */
  readonly boundary: readonly Oid[]
  /** Whether somebody took something back on the branch: a step that was merged and reverted is still in the history. */
  readonly takesBack: boolean
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
  if (claim && !request.takesBack && isSmall(claim.distance, claim.tree)) return claim.base
  const trees = new Map<ReleaseTag, Tree>()
  for (const [tag, oid] of [...request.releases].reverse()) trees.set(tag, await store.readTree(oid))
  const best = closest(trees, request.headTree)
  if (!best) throw new Error('no release to compare with: the repository was read without any')
  const isTakenBack = claim !== undefined && request.takesBack && isBackAt(best, claim)
  if (claim && !isTakenBack && fitsContent(claim.distance, best.distance, claim.tree)) return claim.base
  if (best.likeness < LEAST_LIKENESS) throw new Refusal(refusalOf({ code: 'not-kubespray' }))
  const base = await baseByContent(store, request, { release: best.key, trees })
  if (!claim || claim.base.release === best.key) return base
  return { ...base, disagreement: { says: claim.base.found, release: claim.base.release } }
}

/** Backports bring a fork closer to a later release, never to an earlier one than it stands on. */
function isBackAt(best: { readonly key: ReleaseTag; readonly distance: number }, claim: Claim): boolean {
  return compareVersions(best.key, claim.base.release) < 0 && best.distance < claim.distance
}

/** By the files alone: the release, or the commit of upstream's between it and its neighbours that the files were copied from. */
async function baseByContent(
  store: ObjectReader & History,
  { headTree, releases, upstreamTips }: BaseRequest,
  { release, trees }: { readonly release: ReleaseTag; readonly trees: ReadonlyMap<ReleaseTag, Tree> },
): Promise<Base> {
  const tagged = baseOf(release, releases.get(release) as Oid, { exact: true, found: 'content' })
  const compared = { tree: headTree, release: trees.get(release) as Tree }
  const open = unexplained(compared.release, headTree)
  if (open.length === 0) return tagged
  for (const range of await rangesAround(store, release, { releases, upstreamTips })) {
    const commit = await copiedFrom(store, range, { ...compared, open })
    const contained = commit && (await newestContained(store, commit, releases))
    if (contained)
      return baseOf(contained, commit, { exact: releases.get(contained) === commit, found: 'content' })
  }
  return tagged
}

/** Files whose history is asked for: neighbouring minors differ in 265 to 527 (v2.10, v2.17, v2.23 and v2.27 with the next, by `git diff`). */
const MOST_ASKED = 500

/** The commit of this stretch that the tree was copied from, if it was from one; asked with the files that the release does not explain. */
async function copiedFrom(
  store: ObjectReader & History,
  { to, not }: LogRange,
  { open, ...compared }: Compared & { readonly open: readonly string[] },
): Promise<Oid | undefined> {
  const there = await store.readTree(to)
  const paths = open.filter((path) => compared.release.has(path) || there.has(path)).slice(0, MOST_ASKED)
  if (paths.length === 0) return undefined
  const last = closestMoment(await store.log({ to, not, paths }), compared)
  if (last === undefined) return undefined
  // The files that the release explains say whether it was that late, or that early.
  const against = setBack(await store.readTree(last), compared)
  const commit =
    against.length === 0
      ? last
      : closestMoment(await store.log({ to, not, paths: [...paths, ...against] }), compared)
  return commit && isFrom(await store.readTree(commit), compared) ? commit : undefined
}

/** The stretches of upstream's history that a copy may come from if its files are closest to this release: a minor to either side. */
async function rangesAround(
  store: ObjectReader & History,
  release: ReleaseTag,
  { releases, upstreamTips }: Pick<BaseRequest, 'releases' | 'upstreamTips'>,
): Promise<readonly LogRange[]> {
  const minors = [...releases.keys()].map(minorOf)
  const firsts = [...releases].filter((_, index) => minors.indexOf(minors[index] ?? '') === index)
  const at = firsts.findIndex(([tag]) => minorOf(tag) === minorOf(release))
  const from = firsts[at - 1]?.[1]
  const last = [...releases].findLast(([tag]) => minorOf(tag) === minorOf(release))?.[1]
  if (from === undefined || last === undefined) return []
  const tips = await laterTips(store, last, { releases, upstreamTips })
  const onwards: Oid[] = []
  for (const tip of tips) if ((await store.mergeBase(last, tip)) === last) onwards.push(tip)
  const next = firsts[at + 1]?.[1]
  const ahead = next ? [next] : tips.slice(0, NEWEST_TIPS)
  const ends = new Set([...ahead, ...(onwards.length > 0 ? onwards : [last])])
  return [...ends].map((to) => ({ to, not: [from] }))
}

/** Where no release came after, a copy may come from any branch of upstream's: its main branch is among the last that moved. */
const NEWEST_TIPS = 3

/** Upstream's branches that moved after this commit was made, the newest first. */
async function laterTips(
  store: ObjectReader,
  than: Oid,
  { releases, upstreamTips }: Pick<BaseRequest, 'releases' | 'upstreamTips'>,
): Promise<readonly Oid[]> {
  const tagged = new Set(releases.values())
  const tips = upstreamTips.filter((tip) => !tagged.has(tip))
  const commits = await store.readCommits([than, ...tips])
  const timeOf = (oid: Oid): number => commits.get(oid)?.committer.time ?? 0
  return tips.filter((tip) => timeOf(tip) > timeOf(than)).toSorted((a, b) => timeOf(b) - timeOf(a))
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

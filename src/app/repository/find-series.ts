import { defined } from '../../core/model/defined.ts'
import { refusalOf } from '../../core/explain/refusal-of.ts'
import type { Commit, LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import { collectSeries } from '../../core/series/collect-series.ts'
import { boundaryOf, commitsToCompare, findMainline, type Mainline } from '../../core/series/mainline.ts'
import { netTopics } from '../../core/series/net-topics.ts'
import { broughtBy } from '../../core/series/own-file-remark.ts'
import { ownFilesOf } from '../../core/series/own-files-of.ts'
import { takesBack, titleOf } from '../../core/series/find-reverted-pairs.ts'
import { replays } from '../../core/series/replays.ts'
import type { Base, Patch, Series } from '../../core/series/series.ts'
import { findStandPoint } from '../../core/series/find-stand-point.ts'
import { releaseCommitIn, stepRecordedIn } from '../../core/series/trailer.ts'
import { looksLikeUpstream } from '../../core/series/looks-like-upstream.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import { COMMITTER_EMAIL } from './committer-at.ts'
import { findBase, type RecordedStep } from './find-base.ts'
import type { Standing } from './standing.ts'
import { readOwn, type UpstreamRefs } from './read-own.ts'

interface SeriesRequest extends UpstreamRefs {
  readonly head: Oid
  readonly hasUpstreamHeads: boolean
}

/** A fork, and where in its repository it stands. */
export interface Fork extends FoundSeries {
  /** The tree that holds Kubespray as the fork has it, without what else the repository has. */
  readonly kubespray: Oid
  readonly standing: Standing
}

/** A fork as its history describes it. */
export interface FoundSeries {
  readonly head: Commit
  readonly headTree: Tree
  readonly base: Base
  readonly baseTree: Tree
  readonly series: Series
}

/** Reads a branch's history: what it stands on, and everything of its own above that. */
export async function findSeries(
  store: ObjectReader & History,
  request: SeriesRequest,
): Promise<FoundSeries> {
  const { head } = request
  const headTree = await store.readTree(head)
  const { own: all, releases, upstreamTips } = await readOwn(store, request, head)
  if (!request.hasUpstreamHeads && looksLikeUpstream(all)) {
    const newest = [...releases.keys()].at(-1) ?? ''
    throw new Refusal(refusalOf({ code: 'tags-too-old', commits: all.length, newest }))
  }
  const step = newestStep(all, releases)
  const own = byOid(step ? await store.log({ to: head, not: [...upstreamTips, step.commit.oid] }) : all)
  const base = await findBase(store, {
    headTree,
    releases,
    upstreamTips,
    boundary: boundaryOf(own, head),
    takesBack: all.some(({ message }) => takesBack(message)),
    ...defined({ step }),
  })
  const baseTree = await store.readTree(base.commit)
  const mainline = await readMainline(store, own, head)
  const start = startOf(base, step?.commit)
  const found = await seriesAbove(store, { own, head, mainline, headTree, baseTree, start })
  const commits = [...(start?.made ?? []), ...[...own.values()].reverse()]
  const brought = broughtBy(found.ownFiles, commits, { patches: found.patches, base: baseTree })
  const series = brought.size > 0 ? { ...found, broughtBy: brought } : found
  const commit = (await store.readCommits([head])).get(head) as Commit
  return { head: commit, headTree, base, baseTree, series }
}

function newestStep(
  log: readonly LoggedCommit[],
  releases: ReadonlyMap<ReleaseTag, Oid>,
): RecordedStep | undefined {
  for (const commit of log) {
    const release = stepRecordedIn(commit.message)
    if (!release || !releases.has(release)) continue
    const moved = commit.committer.email === COMMITTER_EMAIL ? releaseCommitIn(commit) : undefined
    return { commit, release, ...defined({ moved }) }
  }
  return undefined
}

async function readMainline(
  store: ObjectReader,
  own: ReadonlyMap<Oid, LoggedCommit>,
  head: Oid,
): Promise<Mainline | undefined> {
  const commits = await store.readCommits(commitsToCompare(own.values()))
  return findMainline(own, head, (oid) => commits.get(oid)?.tree as Oid)
}

/** Where the line of commits meets the base. */
interface Start {
  readonly commit: Oid
  /** The commit that brought the fork there, where it may have brought patches as well: our step, squashed with its patches. */
  readonly made: readonly LoggedCommit[]
}

/** At the base itself, at our own step commit, or nowhere (only the files tell). */
function startOf(base: Base, step: LoggedCommit | undefined): Start | undefined {
  if (base.found === 'ancestry') return { commit: base.commit, made: [] }
  return base.found === 'trailer' && step ? { commit: step.oid, made: [step] } : undefined
}

interface Above {
  readonly own: ReadonlyMap<Oid, LoggedCommit>
  readonly head: Oid
  readonly mainline: Mainline | undefined
  readonly headTree: Tree
  readonly baseTree: Tree
  readonly start: Start | undefined
}

async function seriesAbove(store: ObjectReader, above: Above): Promise<Series> {
  const { mainline, headTree, baseTree, start } = above
  if (!mainline || (start && mainline.below !== start.commit)) {
    return (await replayedSeries(store, above)) ?? netSeries(above)
  }
  const { tree, made, commits } = start
    ? { tree: await store.readTree(start.commit), made: start.made, commits: mainline.commits }
    : splitAtStandPoint(baseTree, headTree, mainline.commits)
  // What the branch had changed at that moment already has no commit of its own to carry.
  const residue = netTopics({ base: baseTree, now: tree, commits: made })
  const series = collectSeries({ commits, merges: mainline.passed, base: baseTree, head: headTree })
  return withResidue(series, residue, above)
}

function patchPaths(patches: readonly Patch[]): ReadonlySet<string> {
  return new Set(patches.flatMap(({ changes }) => changes.map(({ path }) => path)))
}

/**
 * Branches with real merges whose commits still explain the files one after another: work on the fork's branch went on while a
 * pull request was open, say. Where upstream was merged, the net change is the safer account.
 */
async function replayedSeries(store: ObjectReader, above: Above): Promise<Series | undefined> {
  const { own, head, baseTree, headTree, start } = above
  const mergedUpstream = !start?.made.length && boundaryOf(own, head).length > 1
  if (!start || mergedUpstream) return undefined
  const oldestFirst = [...own.values()].reverse()
  const commits = oldestFirst.filter(({ parents }) => parents.length < 2)
  const merges = oldestFirst.filter(({ parents }) => parents.length > 1)
  const tree = await store.readTree(start.commit)
  if (!replays(tree, commits, headTree)) return undefined
  const series = collectSeries({ commits, merges, base: baseTree, head: headTree })
  return withResidue(series, netTopics({ base: baseTree, now: tree, commits: start.made }), above)
}

function withResidue(series: Series, residue: readonly Patch[], { headTree, baseTree }: Above): Series {
  if (residue.length === 0) return series
  const patches = [...residue, ...series.patches]
  return { ...series, patches, ownFiles: ownFilesOf(headTree, baseTree, patchPaths(patches)), net: 'copied' }
}

function netSeries({ own, headTree, baseTree, start }: Above): Series {
  const commits = [...(start?.made ?? []), ...[...own.values()].reverse()]
  const merges = commits.filter(({ parents }) => parents.length > 1)
  const patches = netTopics({ base: baseTree, now: headTree, commits })
  return {
    patches,
    ownFiles: ownFilesOf(headTree, baseTree, patchPaths(patches)),
    leftOut: merges.map((merge) => ({ commit: merge.oid, title: titleOf(merge), why: 'merge' })),
    net: 'merges',
  }
}

function splitAtStandPoint(
  base: Tree,
  head: Tree,
  commits: readonly LoggedCommit[],
): { tree: Tree; made: readonly LoggedCommit[]; commits: readonly LoggedCommit[] } {
  const { before, tree } = findStandPoint(base, head, commits)
  return { tree, made: commits.slice(0, before), commits: commits.slice(before) }
}

function byOid(log: readonly LoggedCommit[]): ReadonlyMap<Oid, LoggedCommit> {
  return new Map(log.map((commit) => [commit.oid, commit]))
}

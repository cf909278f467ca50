import { branchesOfPattern } from '../../core/branches/branch-pattern.ts'
import { chooseLayout } from '../../core/layout/choose-layout.ts'
import type { LayoutChoice, LayoutFacts } from '../../core/layout/layout-choice.ts'
import { findPlaces } from '../../core/layout/find-places.ts'
import { filesThatMayTell, LARGEST_THAT_TELLS } from '../../core/layout/files-that-may-tell.ts'
import { howApplied } from '../../core/automation/how-applied.ts'
import { holdsKubespray } from '../../core/layout/holds-kubespray.ts'
import type { Gitlink, Layout, LayoutPlaces } from '../../core/layout/layout.ts'
import { refuseLayout, speaksOfKubespray, withoutReleases } from '../../core/explain/trouble/refuse-layout.ts'
import { clustersFound } from '../../core/layout/scope/clusters-found.ts'
import { placesOfCluster, treeOfCluster } from '../../core/layout/scope/places-of-cluster.ts'
import { ofCluster } from '../../core/explain/trouble/which-cluster.ts'
import type { Config } from '../../core/config/resolve-config.ts'
import { clusterStanding } from './cluster/cluster-standing.ts'
import type { Oid } from '../../core/model/oid.ts'
import { optional } from '../../core/model/defined.ts'
import { isInside } from '../../core/model/parent-of.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { Base } from '../../core/series/series.ts'
import type { History, ObjectReader, ObjectStore } from '../../ports/object-store.ts'
import { branchMeant } from '../branches/branch-meant.ts'
import { chooseBranch, type ChosenBranch } from './choose-branch.ts'
import { upstreamCommits } from './upstream/upstream-commits.ts'
import { findSeries, type Fork } from './find-series.ts'
import { folderFork } from './folder-fork.ts'
import type { FindFork, OwnFork } from './own-fork.ts'
import { refusalOf } from '../../core/explain/refusal-of.ts'
import { submoduleFork } from './submodule-fork.ts'
import { pinnedFork, type PinStore } from './pinned-fork.ts'
import { readOwnFiles } from './read-own-files.ts'
import { findBranch, findRelease, type Repository } from './read-repository.ts'
import { readTexts } from './read-texts.ts'
import { refuseEmptied } from './refuse-emptied.ts'
import { appliedAtRoot, hooksIn, pushedTo, rootStanding } from './standing.ts'

/** What the settings say of it. */
type WishedLayout = Pick<LayoutFacts, 'layout' | 'base'> & Pick<Config, 'cluster'>

interface StandingRequest {
  /** The branch that was asked for, by the command or the settings. */
  readonly branch?: string | undefined
  /** An older commit of that branch, where its head is not meant. */
  readonly at?: Oid | undefined
  readonly config: WishedLayout
  /** Opens a fork in another repository. */
  readonly forkOf?: FindFork | undefined
}

/** The branch that a repository is run from, and Kubespray as it stands there. */
interface FoundFork {
  readonly branch: ChosenBranch
  readonly fork: Fork
}

/**
 * Looks where Kubespray stands before any history is read: at the top of the branch, in a folder, or at a pin. Refuses a repository
 * that does not tell, with everything that was found and its place.
 */
export async function readStanding(
  store: ObjectStore,
  repository: Repository,
  { branch: written, at, config, forkOf }: StandingRequest,
): Promise<FoundFork> {
  const { name, pattern } = await branchMeant(store, repository, written)
  const found = await standingOn(store, repository, { branch: name, at, config, forkOf })
  if (!pattern) return found
  const branches = branchesOfPattern(pattern, repository.branches.keys())
  return { ...found, branch: { ...found.branch, perRelease: { pattern, from: 'settings', branches } } }
}

async function standingOn(
  store: ObjectStore,
  repository: Repository,
  { branch: wanted, at, config, forkOf }: StandingRequest,
): Promise<FoundFork> {
  const name = wanted ?? repository.defaultBranch ?? repository.branchAtHead
  const head = wanted === undefined ? repository.branches.get(name ?? '') : findBranch(repository, wanted)
  if (name === undefined || !head) return rootFork(store, repository, { wanted, at })
  const found = await standingAt(store, repository, { head: at ?? head, branch: name, config, forkOf })
  const isDetached = wanted === undefined && repository.defaultBranch === undefined
  const instead = optional(isDetached, () => ({ insteadOf: { branch: 'HEAD', why: 'detached' } as const }))
  if (found.kind === 'elsewhere') return { branch: { name, head, others: [], ...instead }, fork: found.fork }
  if (found.kind === 'root') return rootFork(store, repository, { wanted, at })
  const { choice, places } = found
  const { cluster } = config
  if (cluster) throw new Refusal(ofCluster(refuseLayout(choice, places), cluster.name))
  if (tellsNothing(choice) && (await isForkOf(store, repository, head)))
    return rootFork(store, repository, { wanted, at })
  const mayBeElsewhere = choice.kind === 'none' && wanted === undefined
  if (mayBeElsewhere && (await isOnOtherBranch(store, repository)))
    return rootFork(store, repository, { wanted, at })
  const isSeveral =
    choice.kind === 'question' && choice.question.code === 'disagree' && config.layout === undefined
  const clusters = isSeveral ? clustersFound(choice.question.claims, places) : []
  throw new Refusal(refuseLayout(choice, places, clusters))
}

function tellsNothing(choice: Exclude<LayoutChoice, { kind: 'layout' }>): boolean {
  if (choice.kind === 'none') return choice.why.code === 'nothing'
  return choice.question.code === 'which-release' && choice.question.pins.length === 0
}

/** A branch of a fork may have put something else in Kubespray's place; its history tells what it was. */
async function isForkOf(store: History, { releases }: Repository, head: Oid): Promise<boolean> {
  const [oldest] = releases.values()
  return oldest !== undefined && (await store.mergeBase(oldest, head)) !== undefined
}

/** What a commit holds of Kubespray. */
type StandingAt =
  | { readonly kind: 'root' }
  | { readonly kind: 'elsewhere'; readonly fork: Fork }
  | {
      readonly kind: 'unclear'
      readonly choice: Exclude<LayoutChoice, { kind: 'layout' }>
      readonly places: LayoutPlaces
    }

interface StandingQuestion {
  readonly head: Oid
  /** The branch that it is the head of; the default one where none is named. */
  readonly branch?: string | undefined
  readonly config: WishedLayout
  readonly forkOf?: FindFork | undefined
}

/** Looks at one commit; where Kubespray is not at its top, what it stands on is read as well. */
export async function standingAt(
  store: PinStore,
  repository: Repository,
  { head, branch, config, forkOf }: StandingQuestion,
): Promise<StandingAt> {
  const { cluster } = config
  const whole = await store.readTree(head)
  if (!cluster && holdsKubespray(whole) && config.layout === undefined) return { kind: 'root' }
  const tree = cluster ? treeOfCluster(whole, cluster) : whole
  const texts = await readTelling(store, tree)
  const places = placesIn({ tree, texts, cluster })
  if (repository.releases.size === 0 && speaksOfKubespray(places)) throw new Refusal(withoutReleases(places))
  const upstreams = await upstreamCommits(store, repository, places)
  const choice = chooseLayout(places, {
    ...config,
    releaseOf: (commit) => upstreams.get(commit) ?? 'unknown',
  })
  if (choice.kind === 'none' && choice.why.code === 'own-fork' && 'commit' in choice.why.at)
    return atFork(store, repository, {
      head,
      branch,
      config,
      whole,
      tree,
      texts,
      link: choice.why.at,
      forkOf,
    })
  if (choice.kind !== 'layout') return { kind: 'unclear', choice, places }
  const { layout } = choice
  if (layout.kind === 'root') return { kind: 'root' }
  const applied = howApplied(texts, { ...pushedTo(repository, branch), hooks: hooksIn(tree) })
  const own = await readOwnFiles(store, around(tree, layout), cluster)
  const where = { head, tree, texts, applied, own, cluster: cluster?.name }
  if (layout.kind === 'folder')
    return elsewhere(await folderFork(store, { ...where, repository, layout, whole }), { whole, cluster })
  const base = baseAt(repository, choice, config.base)
  return elsewhere(await pinnedFork(store, { ...where, layout, base, texts }), { whole, cluster })
}

interface Within {
  readonly whole: Tree
  readonly cluster: Config['cluster']
}

function elsewhere(fork: Fork, { whole, cluster }: Within): StandingAt {
  if (!cluster) return { kind: 'elsewhere', fork }
  return { kind: 'elsewhere', fork: { ...fork, standing: clusterStanding(fork.standing, whole, cluster) } }
}

function placesIn({
  tree,
  texts,
  cluster,
}: Pick<AtFork, 'tree' | 'texts'> & Pick<Within, 'cluster'>): LayoutPlaces {
  const places = findPlaces(tree, texts)
  return cluster ? placesOfCluster(places, cluster) : places
}

interface AtFork extends StandingQuestion {
  readonly whole: Tree
  readonly tree: Tree
  readonly texts: ReadonlyMap<string, string>
  readonly link: Gitlink
}

/** A submodule at a commit of the user's own fork: which release that is on, only the fork's history tells. */
async function atFork(
  store: PinStore,
  repository: Repository,
  { head, branch, config, whole, tree, texts, link, forkOf }: AtFork,
): Promise<StandingAt> {
  const found = await forkAt(link, forkOf)
  const { base } = await findSeries(found.store, { ...found.repository, head: link.commit })
  const { cluster } = config
  const places = placesIn({ tree, texts, cluster })
  const choice = chooseLayout(places, {
    ...config,
    releaseOf: (commit) =>
      commit === link.commit ? { release: base.release, exact: true } : ('not-upstream' as const),
  })
  if (choice.kind !== 'layout') return { kind: 'unclear', choice, places }
  if (choice.layout.kind !== 'submodule') throw new Error(`a ${choice.layout.kind} in place of a submodule`)
  const layout = { ...choice.layout, fork: found.name }
  const applied = howApplied(texts, { ...pushedTo(repository, branch), hooks: hooksIn(tree) })
  const own = await readOwnFiles(store, tree, cluster)
  const where = { head, tree, applied, own, found, layout, cluster: cluster?.name }
  return elsewhere(await submoduleFork(store, { ...where, base }), { whole, cluster })
}

/** Refuses a submodule of a fork that cannot be read. */
async function forkAt(link: Gitlink, forkOf: FindFork | undefined): Promise<OwnFork> {
  const found = await forkOf?.(link)
  if (found && (await found.store.resolve(link.commit))?.type === 'commit') return found
  const { path, commit, url = path } = link
  throw new Refusal(refusalOf({ code: 'fork-unread', url, path, commit }))
}

async function rootFork(
  store: ObjectStore,
  repository: Repository,
  { wanted, at }: { readonly wanted: string | undefined; readonly at: Oid | undefined },
): Promise<FoundFork> {
  const branch = await chooseBranch(store, repository, wanted)
  const found = await findSeries(store, { ...repository, head: at ?? branch.head })
  await refuseEmptied(store, repository, branch, found)
  const applied = await appliedAtRoot(store, found, pushedTo(repository, branch.name))
  const standing = rootStanding(found.headTree, applied)
  return { branch, fork: { ...found, kubespray: found.head.tree, standing } }
}

/** What a tree says of Kubespray: its paths, and the few files that may name it. */
export async function readPlaces(store: Pick<ObjectReader, 'readBlobs'>, tree: Tree): Promise<LayoutPlaces> {
  return findPlaces(tree, await readTelling(store, tree))
}

/** The few files that may name Kubespray, and those that run it. */
async function readTelling(
  store: Pick<ObjectReader, 'readBlobs'>,
  tree: Tree,
): Promise<ReadonlyMap<string, string>> {
  return (await readTexts(store, tree, filesThatMayTell(tree), LARGEST_THAT_TELLS)).texts
}

/** What is inside of a copy is that one's; the rest of a repository is looked at as it stands. */
function around(tree: Tree, layout: Layout): Tree {
  if (layout.kind !== 'folder') return tree
  return new Map([...tree].filter(([path]) => !isInside(path, layout.path)))
}

/** A branch that holds Kubespray at its top, where the default one holds nothing of it. */
async function isOnOtherBranch(store: ObjectReader, { branches }: Repository): Promise<boolean> {
  for (const head of [...branches.values()].slice(0, MOST_BRANCHES))
    if (holdsKubespray(await store.readTree(head))) return true
  return false
}

/** More branches than this would take seconds to look into. */
const MOST_BRANCHES = 20

/** What a pinned layout stands on. Refuses a release that upstream does not have. */
function baseAt(
  repository: Repository,
  { layout, base }: Extract<LayoutChoice, { kind: 'layout' }>,
  settings: ReleaseTag | undefined,
): Base {
  if (!base) throw new Error(`a ${layout.kind} was chosen without the release that it names`)
  const { tag, commit } = findRelease(repository, base.release)
  const found = base.release === settings ? 'settings' : 'pin'
  const after = base.exact ? undefined : commitAfter(layout)
  return { release: tag, commit: after ?? commit, exact: after === undefined, found }
}

/** The commit behind the release that is named, where one is. */
function commitAfter(layout: Layout): Oid | undefined {
  if (layout.kind === 'submodule') return layout.gitlink.commit
  if (layout.kind !== 'pin') return undefined
  return layout.pins.flatMap(({ says }) => (says.kind === 'commit' ? [says.commit] : []))[0]
}

import { defined } from '../../core/model/defined.ts'
import { refusalOf } from '../../core/explain/refusal-of.ts'
import { holdsKubespray } from '../../core/layout/holds-kubespray.ts'
import { nearest } from '../../core/model/nearest.ts'
import { nearestRelease } from '../../core/series/nearest-release.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import { compareReleases, readReleaseTag, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { History, ObjectReader, Refs } from '../../ports/object-store.ts'

/** Where the CLI keeps what it fetched for `--upstream`: visible to git, out of the user's way. */
export const UPSTREAM_REFS = 'refs/multiarch/upstream/'

/** What a clone's refs say. */
export interface Repository {
  /** The fork's own branches by name, without `refs/heads/` or the remote's name. */
  readonly branches: ReadonlyMap<string, Oid>
  readonly defaultBranch: string | undefined
  /** Where no branch is checked out, as in most pipelines: the one that the commit is on. */
  readonly branchAtHead?: string
  /** Upstream's releases, oldest version first. */
  readonly releases: ReadonlyMap<ReleaseTag, Oid>
  /** Everything that is known to be upstream's: whatever these reach is no work of the fork. */
  readonly upstreamTips: readonly Oid[]
  /** Upstream's own branches by name, as far as the clone knows them. */
  readonly upstreamHeads: ReadonlyMap<string, Oid>
  /** Whether upstream's branches are among the tips, and not only its releases. */
  readonly hasUpstreamHeads: boolean
}

/** Reads a clone's refs. Refuses a clone without branches, and a fork without upstream's releases. */
export async function readRepository(
  store: Refs & ObjectReader & Pick<History, 'resolve'>,
  upstreamRemotes: readonly string[],
): Promise<Repository> {
  const [tags, fetched, heads, remotes] = await Promise.all([
    store.listRefs('refs/tags/'),
    store.listRefs(UPSTREAM_REFS),
    store.listRefs('refs/heads/'),
    store.listRefs('refs/remotes/'),
  ])
  const releases = releasesIn(tags, fetched)
  const isUpstream = (ref: string): boolean =>
    upstreamRemotes.some((remote) => ref.startsWith(`refs/remotes/${remote}/`))
  const known = [...remotes].filter(([ref]) => isUpstream(ref))
  const upstreamHeads = known.map(([, oid]) => oid)
  const ofFork = [...remotes].filter(([ref]) => !isUpstream(ref) && !ref.endsWith('/HEAD'))
  const branches = new Map([
    ...ofFork.map(([ref, oid]) => [ref.split('/').slice(3).join('/'), oid] as const),
    ...stripped(heads, 'refs/heads/'),
  ])
  if (branches.size === 0) throw new Refusal({ code: 'no-branches', message: NO_BRANCHES })
  const defaultBranch = (await store.defaultBranch())?.replace(/^refs\/heads\//, '')
  const branchAtHead = defaultBranch === undefined ? await branchAt(store, branches) : undefined
  if (releases.size === 0) await refuseFork(store, branches.get(defaultBranch ?? branchAtHead ?? ''))
  const fetchedByName = stripped(fetched, `${UPSTREAM_REFS}heads/`)
  const fetchedHeads = fetchedByName.map(([, oid]) => oid)
  return {
    branches,
    defaultBranch,
    ...defined({ branchAtHead }),
    releases,
    upstreamTips: [...new Set([...releases.values(), ...upstreamHeads, ...fetchedHeads])],
    upstreamHeads: new Map([
      ...known.map(([ref, oid]) => [ref.split('/').slice(3).join('/'), oid] as const),
      ...fetchedByName,
    ]),
    hasUpstreamHeads: upstreamHeads.length + fetchedHeads.length > 0,
  }
}

/** The branch whose head is checked out without it; else the only one there is. */
async function branchAt(
  store: Pick<History, 'resolve'>,
  branches: ReadonlyMap<string, Oid>,
): Promise<string | undefined> {
  const head = (await store.resolve('HEAD'))?.oid
  const own = [...branches].filter(([name]) => !name.startsWith('multiarch/'))
  const there = own.filter(([, oid]) => oid === head).map(([name]) => name)
  const usual = there.find((name) => /^(?:main|master)$/.test(name))
  return usual ?? there[0] ?? (own.length === 1 ? own[0]?.[0] : undefined)
}

/** A fork stands on a release; what else a repository holds is looked at first. */
async function refuseFork(store: ObjectReader, head: Oid | undefined): Promise<void> {
  if (!head || holdsKubespray(await store.readTree(head)))
    throw new Refusal(refusalOf({ code: 'no-releases' }))
}

/** The releases that a repository knows, oldest version first. */
export async function knownReleases(store: Refs): Promise<ReadonlyMap<ReleaseTag, Oid>> {
  const [tags, fetched] = await Promise.all([store.listRefs('refs/tags/'), store.listRefs(UPSTREAM_REFS)])
  return releasesIn(tags, fetched)
}

/** The releases that a clone knows, oldest version first. Refuses a clone that knows none. */
export async function readReleases(store: Refs): Promise<ReadonlyMap<ReleaseTag, Oid>> {
  const releases = await knownReleases(store)
  if (releases.size === 0) throw new Refusal(refusalOf({ code: 'no-releases' }))
  return releases
}

/** A branch of the fork by name. Refuses one that does not exist, with the nearest that does. */
export function findBranch(repository: Repository, name: string): Oid {
  const short = name.replace(/^refs\/(heads|remotes\/[^/]+)\//, '')
  const found = repository.branches.get(short)
  if (found) return found
  const near = nearest(short, repository.branches.keys())
  throw new Refusal(
    refusalOf({
      code: 'unknown-branch',
      branch: name,
      branches: [...repository.branches.keys()],
      ...defined({ near }),
    }),
  )
}

/** A release by its tag, with or without the `v`. Refuses an unknown one, with the nearest that is known. */
export function findRelease(
  repository: Pick<Repository, 'releases'>,
  written: string,
): { tag: ReleaseTag; commit: Oid } {
  const tag = readReleaseTag(written) ?? readReleaseTag(`v${written}`)
  const commit = tag && repository.releases.get(tag)
  if (tag && commit) return { tag, commit }
  const near = nearestRelease(written, [...repository.releases.keys()])
  throw new Refusal(refusalOf({ code: 'unknown-release', release: written, near: near ?? '' }))
}

function releasesIn(
  tags: ReadonlyMap<string, Oid>,
  fetched: ReadonlyMap<string, Oid>,
): ReadonlyMap<ReleaseTag, Oid> {
  const found = new Map<ReleaseTag, Oid>()
  const all = [...stripped(tags, 'refs/tags/'), ...stripped(fetched, `${UPSTREAM_REFS}tags/`)]
  for (const [name, oid] of all) {
    const tag = readReleaseTag(name)
    if (tag) found.set(tag, oid)
  }
  return new Map([...found].sort(([a], [b]) => compareReleases(a, b)))
}

function stripped(refs: ReadonlyMap<string, Oid>, prefix: string): readonly (readonly [string, Oid])[] {
  return [...refs]
    .filter(([ref]) => ref.startsWith(prefix))
    .map(([ref, oid]) => [ref.slice(prefix.length), oid])
}

const NO_BRANCHES = 'This repository has no branch yet, so there is nothing to carry.'

/** What comes of some work; `undefined` where it is refused. */
export async function unlessRefused<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

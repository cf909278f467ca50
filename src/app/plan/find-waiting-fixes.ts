import { audited } from '../../core/audit/audited.ts'
import { enabledRoles } from '../../core/audit/enabled-roles.ts'
import { waitingFixes, type WaitingFixes } from '../../core/advice/waiting-fixes.ts'
import { blobsNeeded } from '../../core/catalogue/release-files.ts'
import type { Oid } from '../../core/model/oid.ts'
import { compareReleases, minorOf, releaseBranch, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import { treeOfCommit } from './tree-of-commit.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import type { Repository } from '../repository/read-repository.ts'
import type { Fork } from '../repository/find-series.ts'
import type { CatalogueStore } from './load-catalogue.ts'
import { clustersKey } from './preflight-ahead.ts'

interface WaitingQuestion {
  readonly release: ReleaseTag
  readonly repository: Pick<Repository, 'releases' | 'upstreamHeads'>
  readonly series: Fork['series']
  readonly clusters: readonly Cluster[]
}

/** Looks behind the last tag of a minor on its branch, where the repository has that branch; nobody is asked for it. */
export async function findWaitingFixes(
  { objects: store, cache }: Pick<CatalogueStore, 'cache'> & { readonly objects: ObjectReader & History },
  { release, repository, series, clusters }: WaitingQuestion,
): Promise<WaitingFixes | undefined> {
  const { releases, upstreamHeads } = repository
  const branch = releaseBranch(release)
  const [head, tag] = [upstreamHeads.get(branch), releases.get(release)]
  const isLast = [...releases.keys()].every(
    (each) => minorOf(each) !== minorOf(release) || compareReleases(each, release) <= 0,
  )
  if (!head || !tag || !isLast || head === tag) return undefined
  const commits = await store.log({ to: head, not: [tag] })
  const touched = commits.flatMap(({ changes }) => changes.map(({ path }) => path))
  const patched = new Set(series.patches.flatMap(({ changes }) => changes.map(({ path }) => path)))
  const isAboutRoles = touched.some((path) => path.startsWith('roles/'))
  const roles = isAboutRoles ? await rolesAt({ objects: store, cache }, tag, clusters) : new Set<string>()
  return waitingFixes({ branch, release, commits, roles, patched })
}

/** Counts up whenever the roles that settings lead to are found otherwise. */
const ROLES_FORMAT = 2

/** The roles that the clusters' settings lead to in a release; kept, since all its tasks have to be read for it. */
async function rolesAt(
  { objects, cache }: CatalogueStore,
  commit: Oid,
  clusters: readonly Cluster[],
): Promise<ReadonlySet<string>> {
  const oid = await treeOfCommit(objects, commit)
  const own = clusters.filter(({ inventory }) => !inventory.isSample)
  const key = `roles-${ROLES_FORMAT}-${oid}-${clustersKey(own, ['amd64'])}`
  const known = await cache.get(key)
  if (isNames(known)) return new Set(known)
  const tree = await objects.readTree(oid)
  const callers = [...tree].flatMap(([path, entry]) => (CALLS.test(path) ? [entry.oid] : []))
  const blobs = await objects.readBlobs([...new Set([...blobsNeeded(tree), ...callers])])
  const asked = own.length > 0 ? own.map(({ settings }) => ({ settings })) : [{}]
  const found = asked.flatMap((cluster) => [
    ...enabledRoles(audited({ tree, blobs }, { architectures: ['amd64'], ...cluster })),
  ])
  const roles = [...new Set(found)].sort()
  await cache.put(key, roles)
  return new Set(roles)
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

/** Where plays, dependencies and tasks lead to roles. */
const CALLS = /^(?:playbooks\/)?[^/]+\.ya?ml$|^roles\/.+\/(?:tasks|meta|handlers)\/.+\.ya?ml$/

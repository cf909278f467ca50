import { audited } from '../../core/audit/audited.ts'
import { enabledRoles } from '../../core/audit/enabled-roles.ts'
import { waitingFixes, type WaitingFixes } from '../../core/advice/waiting-fixes.ts'
import { blobsNeeded } from '../../core/catalogue/release-files.ts'
import type { Oid } from '../../core/model/oid.ts'
import { compareReleases, minorOf, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import type { Repository } from '../repository/read-repository.ts'
import type { Fork } from '../repository/find-series.ts'

interface WaitingQuestion {
  readonly release: ReleaseTag
  readonly repository: Pick<Repository, 'releases' | 'upstreamHeads'>
  readonly series: Fork['series']
  readonly clusters: readonly Cluster[]
}

/** Looks behind the last tag of a minor on its branch, where the repository has that branch; nobody is asked for it. */
export async function findWaitingFixes(
  store: ObjectReader & History,
  { release, repository, series, clusters }: WaitingQuestion,
): Promise<WaitingFixes | undefined> {
  const { releases, upstreamHeads } = repository
  const branch = `release-${minorOf(release)}`
  const [head, tag] = [upstreamHeads.get(branch), releases.get(release)]
  const isLast = [...releases.keys()].every(
    (each) => minorOf(each) !== minorOf(release) || compareReleases(each, release) <= 0,
  )
  if (!head || !tag || !isLast || head === tag) return undefined
  const commits = await store.log({ to: head, not: [tag] })
  const touched = commits.flatMap(({ changes }) => changes.map(({ path }) => path))
  const patched = new Set(series.patches.flatMap(({ changes }) => changes.map(({ path }) => path)))
  const isAboutRoles = touched.some((path) => path.startsWith('roles/'))
  const roles = isAboutRoles ? await rolesAt(store, tag, clusters) : new Set<string>()
  return waitingFixes({ branch, release, commits, roles, patched })
}

/** The roles that the clusters' settings lead to in a release. */
async function rolesAt(
  objects: ObjectReader,
  commit: Oid,
  clusters: readonly Cluster[],
): Promise<ReadonlySet<string>> {
  const oid = (await objects.readCommits([commit])).get(commit)?.tree
  if (!oid) throw new Error(`no commit ${commit}, which a tag points to`)
  const tree = await objects.readTree(oid)
  const callers = [...tree].flatMap(([path, entry]) => (CALLS.test(path) ? [entry.oid] : []))
  const blobs = await objects.readBlobs([...new Set([...blobsNeeded(tree), ...callers])])
  const own = clusters.filter(({ inventory }) => !inventory.isSample)
  const asked = own.length > 0 ? own.map(({ settings }) => ({ settings })) : [{}]
  const roles = asked.flatMap((cluster) => [
    ...enabledRoles(audited({ tree, blobs }, { architectures: ['amd64'], ...cluster })),
  ])
  return new Set(roles)
}

/** Where plays, dependencies and tasks lead to roles. */
const CALLS = /^(?:playbooks\/)?[^/]+\.ya?ml$|^roles\/.+\/(?:tasks|meta|handlers)\/.+\.ya?ml$/

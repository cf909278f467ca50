import type { ObjectStore } from '../../ports/object-store.ts'
import { configAt } from '../repository/read-config-at.ts'
import { findRevision } from './find-revision.ts'
import { readRepository, unlessRefused } from '../repository/read-repository.ts'

/** Each of several clusters that the settings of a revision name; where they name none, the repository as a whole. */
export async function clustersToAudit(
  store: ObjectStore,
  { rev, upstreamRemotes }: { readonly rev: string | undefined; readonly upstreamRemotes: readonly string[] },
): Promise<readonly (string | undefined)[]> {
  const repository = await unlessRefused(readRepository(store, upstreamRemotes))
  const { head } = await findRevision(store, repository, rev)
  if ((await store.resolve(head))?.type !== 'commit') return [undefined]
  const { clusters } = await configAt(store, head)
  return clusters.length > 0 ? clusters.map(({ cluster }) => cluster.name) : [undefined]
}

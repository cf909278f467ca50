import type { Commit } from '../../../core/model/commit.ts'
import type { Oid } from '../../../core/model/oid.ts'
import type { ObjectStore } from '../../../ports/object-store.ts'
import { historyPages } from './history-pages.ts'
import { fetchCommits, findExisting } from './fetch-commits.ts'
import type { RepositoryApi } from '../api/repository-api.ts'

/** Where a fork's upstream is, for what the fork does not have itself. */
export interface Upstream {
  readonly objects: ObjectStore
  readonly api: RepositoryApi
  /** Upstream's `refs/tags/` and `refs/heads/` are listed under this prefix as well. */
  readonly refsUnder: string
}

/** Which commits of a copy are its own, and which of upstream's they stand on. */
interface Copied {
  readonly own: readonly Oid[]
  readonly standsOn: readonly Oid[]
}

/**
 * Tells a copy's own commits from upstream's where the two share no objects, so that GitHub cannot compare them: what
 * upstream has is upstream's. `undefined` where upstream has the commit itself; then it can be asked everything.
 */
export async function readCopy(api: RepositoryApi, upstream: Upstream, to: Oid): Promise<Copied | undefined> {
  // Repositories of one network see each other's objects, and "upstream has it" would mean nothing.
  if ((await findExisting(upstream.api, [to])).has(to)) return undefined
  const own = new Map<Oid, Commit>()
  const theirs = new Set<Oid>()
  for await (const page of historyPages(api, to)) {
    const existing = await findExisting(upstream.api, page)
    for (const oid of existing) theirs.add(oid)
    const found = await fetchCommits(
      api,
      page.filter((oid) => !existing.has(oid)),
    )
    for (const [oid, commit] of found) own.set(oid, commit)
    // Upstream's commits stand on upstream's alone: once all below our own are known to be theirs, nothing of ours is left.
    if ([...own.values()].every(({ parents }) => parents.every((oid) => own.has(oid) || theirs.has(oid))))
      break
  }
  const below = [...own.values()].flatMap(({ parents }) => parents).filter((oid) => !own.has(oid))
  return { own: [...own.keys()], standsOn: [...new Set(below)] }
}

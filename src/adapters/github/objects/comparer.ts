import type { Oid } from '../../../core/model/oid.ts'
import type { Cache } from '../../../ports/cache.ts'
import { readCopy, type Upstream } from './read-copy.ts'
import { AskLess, GitHubFailure } from '../api/failure-of.ts'
import { aheadByHistory } from './ahead-by-history.ts'
import { keepOids } from './keep-oids.ts'
import { findExisting } from './fetch-commits.ts'
import type { RepositoryApi } from '../api/repository-api.ts'

/** What lies between two commits never changes, so it is asked for once. */
export interface Comparer {
  /** The best common ancestor, `undefined` for unrelated histories. */
  mergeBase(this: void, a: Oid, b: Oid): Promise<Oid | undefined>
  /** The commits reachable from `to` and not from `from`; `undefined` for unrelated histories. */
  ahead(this: void, from: Oid, to: Oid): Promise<readonly Oid[] | undefined>
}

interface CompareSources {
  readonly api: RepositoryApi
  readonly cache: Cache
  readonly upstream?: Upstream
}

export function comparer({ api, cache, upstream }: CompareSources): Comparer {
  return {
    mergeBase: async (a, b) => {
      if (a === b) return a
      const found = await keepOids(cache, `merge-base:${a}:${b}`, () =>
        unlessApart(findMergeBase(api, a, b), upstream && (() => mergeBaseOfCopy({ api, upstream }, a, b))),
      )
      return found?.[0]
    },
    ahead: async (from, to) => {
      if (from === to) return []
      return keepOids(cache, `ahead:${from}:${to}`, () =>
        unlessApart(listAhead(api, from, to), upstream && (() => aheadOfCopy({ api, upstream }, from, to))),
      )
    },
  }
}

interface Comparison {
  readonly merge_base_commit: { readonly sha: Oid }
  readonly total_commits: number
  readonly commits: readonly { readonly sha: Oid }[]
}

/** By comparing; where that is more than GitHub manages, by other questions. */
async function listAhead(api: RepositoryApi, from: Oid, to: Oid): Promise<Oid[] | undefined> {
  try {
    return await listCompared(api, from, to)
  } catch (error) {
    if (!(error instanceof AskLess)) throw error
    await api.sizes.rest(error)
    return aheadByHistory(api, from, to)
  }
}

async function listCompared(api: RepositoryApi, from: Oid, to: Oid): Promise<Oid[] | undefined> {
  const oids: Oid[] = []
  for (let page = 1; ; page++) {
    const answer = await compare(api, { from, to, page, size: 100 })
    if (!answer) return undefined
    oids.push(...answer.commits.map(({ sha }) => sha))
    if (oids.length >= answer.total_commits || answer.commits.length === 0) return oids
  }
}

async function findMergeBase(api: RepositoryApi, a: Oid, b: Oid): Promise<Oid[] | undefined> {
  // Every page names the merge base; only the first lists the files that differ, with their patches.
  const answer = await compare(api, { from: a, to: b, page: 2, size: 1 })
  return answer && [answer.merge_base_commit.sha]
}

/** The other answer, where there is one and a commit turns out not to be in the repository. */
async function unlessApart<T>(asked: Promise<T>, other: (() => Promise<T>) | undefined): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (other && error instanceof GitHubFailure && error.status === 404) return other()
    throw error
  }
}

interface Apart {
  readonly api: RepositoryApi
  readonly upstream: Upstream
}

/** `from` is upstream's, and the repository does not have it. */
async function aheadOfCopy(
  { api, upstream }: Apart,
  from: Oid,
  to: Oid,
): Promise<readonly Oid[] | undefined> {
  const copied = await readCopy(api, upstream, to)
  if (!copied) return listAhead(upstream.api, from, to)
  if (copied.standsOn.length === 0) return undefined
  const ahead = [...copied.own]
  for (const below of copied.standsOn) ahead.push(...((await listAhead(upstream.api, from, below)) ?? []))
  return [...new Set(ahead)]
}

/** One of the two is upstream's, and the repository does not have it. */
async function mergeBaseOfCopy({ api, upstream }: Apart, a: Oid, b: Oid): Promise<Oid[] | undefined> {
  const [mine, theirs] = (await findExisting(api, [a])).has(a) ? [a, b] : [b, a]
  const copied = await readCopy(api, upstream, mine)
  const below = copied ? copied.standsOn : [mine]
  const bases: Oid[] = []
  for (const oid of below) bases.push(...((await findMergeBase(upstream.api, oid, theirs)) ?? []))
  const commits = [...(await upstream.objects.readCommits(bases)).values()]
  return commits
    .sort((x, y) => y.committer.time - x.committer.time)
    .slice(0, 1)
    .map(({ oid }) => oid)
}

/** One page of a comparison; `undefined` for unrelated histories. A commit that is not there is a failure. */
async function compare(
  api: RepositoryApi,
  { from, to, page, size }: { from: Oid; to: Oid; page: number; size: number },
): Promise<Comparison | undefined> {
  try {
    const parameters = { basehead: `${from}...${to}`, page, per_page: size }
    return (await api.request<Comparison>('GET /compare/{basehead}', parameters)).data
  } catch (error) {
    const isUnrelated =
      error instanceof GitHubFailure &&
      error.status === 404 &&
      /: 404 No common ancestor/i.test(error.message)
    if (isUnrelated) return undefined
    throw error
  }
}

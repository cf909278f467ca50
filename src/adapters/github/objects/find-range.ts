import { createHash } from 'node:crypto'
import type { Commit } from '../../../core/model/commit.ts'
import type { Oid } from '../../../core/model/oid.ts'
import type { Cache } from '../../../ports/cache.ts'
import type { Comparer } from './comparer.ts'
import { historyPages } from './history-pages.ts'
import { keepOids } from './keep-oids.ts'
import type { KnownObjects } from './known-objects.ts'
import { walkOwn } from './walk-own.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { askInBatches } from '../api/sizes.ts'

interface RangeSources {
  readonly api: RepositoryApi
  readonly cache: Cache
  readonly known: KnownObjects
  readonly compare: Comparer
}

/**
 * The commits reachable from `to` and from none of `not`, in no order. All of upstream's tags and branches may be in
 * `not`; one comparison for each would take a hundred requests. So what is known is walked, or the youngest is compared, and then only
 * those that turn out to hold one of the commits left at the bottom.
 */
export async function findRange(
  sources: RangeSources,
  to: Oid,
  not: readonly Oid[],
): Promise<readonly Oid[]> {
  const tips = [...new Set(not)].sort()
  const name = createHash('sha256')
    .update([to, ...tips].join(' '))
    .digest('hex')
  const range = await keepOids(sources.cache, `range:${name}`, async () => [
    ...(await narrow(sources, to, tips)),
  ])
  return range ?? []
}

async function narrow(
  { api, known, compare }: RangeSources,
  to: Oid,
  not: readonly Oid[],
): Promise<ReadonlySet<Oid>> {
  const outside = [...(await known.commits(not)).values()].sort(youngestFirst)
  const [youngest] = outside
  const walked = youngest && (await walkOwn({ api, known }, to, not))
  const compared = youngest && !walked ? await compare.ahead(youngest.oid, to) : undefined
  let range = new Set(walked ?? compared ?? (await listHistory(api, to)))
  const open = new Set(outside.slice(walked ? 0 : 1))
  while (range.size > 0 && open.size > 0) {
    const bottom = await bottomOf(known, range)
    const holder = await findHolder(api, bottom, [...open])
    if (!holder) break
    open.delete(holder)
    const ahead = new Set(await compare.ahead(holder.oid, to))
    range = new Set([...range].filter((oid) => ahead.has(oid)))
  }
  return range
}

async function listHistory(api: RepositoryApi, to: Oid): Promise<Oid[]> {
  const oids: Oid[] = []
  for await (const page of historyPages(api, to)) oids.push(...page)
  return oids
}

function youngestFirst(a: Commit, b: Commit): number {
  return b.committer.time - a.committer.time
}

/** The commits of a range none of whose parents is in it. Whatever else of it a tip holds, it holds one of these too. */
async function bottomOf(known: KnownObjects, range: ReadonlySet<Oid>): Promise<Commit[]> {
  const commits = await known.commits([...range])
  return [...commits.values()].filter(({ parents }) => !parents.some((parent) => range.has(parent)))
}

/** The youngest of the tips that holds one of these commits: its history at that commit's very second tells. */
async function findHolder(
  api: RepositoryApi,
  bottom: readonly Commit[],
  tips: readonly Commit[],
): Promise<Commit | undefined> {
  const pairs = tips.flatMap((tip) =>
    // A commit cannot be in the history of one that was made a day before it; a day is spared for clocks that were wrong.
    bottom
      .filter((commit) => tip.committer.time > commit.committer.time - 86_400)
      .map((commit) => ({ tip, commit })),
  )
  let holder: Commit | undefined
  await askInBatches(api.sizes, 'window', {
    items: pairs,
    ask: async (batch) => {
      if (holder) return
      const selections = batch.map(({ tip, commit }, index) => {
        const window = `since: "${timestamp(commit.committer.time)}", until: "${timestamp(commit.committer.time + 1)}"`
        return `h${index}: object(oid: "${tip.oid}") { oid ... on Commit { history(first: ${IN_A_SECOND}, ${window}) { nodes { oid } } } }`
      })
      const answer = await api.select<
        Record<string, { history?: { nodes: readonly { oid: Oid }[] } } | null>
      >(selections.join(' '))
      holder = batch.find(({ commit }, index) =>
        answer[`h${index}`]?.history?.nodes.some(({ oid }) => oid === commit.oid),
      )?.tip
    },
    alone: ({ tip, commit }, error) => {
      throw api.sizes.alone(`the history of ${tip.oid} at ${commit.oid}`, error)
    },
  })
  return holder
}

/** So many commits made in the same second are seen; who makes more at once (a rebase) has them in one branch. */
const IN_A_SECOND = 20

function timestamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
}

import type { Commit } from '../../../core/model/commit.ts'
import type { Oid } from '../../../core/model/oid.ts'
import { AskLess } from '../api/failure-of.ts'
import { COMMIT_FIELDS, readCommit, type GivenCommit } from '../api/given-commit.ts'
import type { KnownObjects } from './known-objects.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { isTooMuch, askForPage } from '../api/sizes.ts'

/** Few forks have more of their own, and more is a question for GitHub's comparison. */
const MOST = 200
/** So many are read at once where one is not known. */
const AHEAD = 50

/**
 * The commits between one and some others, where all of them are known, or lie among the youngest: then nothing has to be compared.
 * Those may be among them that one of the others holds as well; `undefined` where that cannot be told.
 */
export async function walkOwn(
  { api, known }: { readonly api: RepositoryApi; readonly known: KnownObjects },
  to: Oid,
  not: readonly Oid[],
): Promise<ReadonlySet<Oid> | undefined> {
  const ends = new Set(not)
  const found = new Set<Oid>()
  let mayAsk = true
  for (let level: readonly Oid[] = [to]; level.length > 0;) {
    const open = [...new Set(level)].filter((oid) => !ends.has(oid) && !found.has(oid))
    let commits = await known.recallCommits(open)
    if (commits.size < open.length && mayAsk) {
      mayAsk = false
      await known.addCommits(await readYoungest(api, to))
      commits = await known.recallCommits(open)
    }
    if (commits.size < open.length) return undefined
    for (const oid of open) found.add(oid)
    if (found.size > MOST) return undefined
    level = [...commits.values()].flatMap(({ parents }) => parents)
  }
  return found
}

interface GivenHistory {
  readonly object: {
    readonly history?: { readonly nodes: readonly (GivenCommit & { readonly oid: Oid })[] }
  } | null
}

async function readYoungest(api: RepositoryApi, to: Oid): Promise<ReadonlyMap<Oid, Commit>> {
  const fields = COMMIT_FIELDS.replace(/^\.\.\. on Commit \{(.*)\}$/s, 'oid $1')
  const ask = (size: number) =>
    api.select<GivenHistory>(
      `object(oid: "${to}") { oid ... on Commit { history(first: ${Math.min(size, AHEAD)}) { nodes { ${fields} } } } }`,
    )
  try {
    const { object } = await askForPage(api.sizes, 'commit', { what: `the history of ${to}`, ask })
    const commits = (object?.history?.nodes ?? []).flatMap((given): [Oid, Commit][] => {
      const commit = given.parents.pageInfo?.hasNextPage ? undefined : readCommit(given.oid, given)
      return commit ? [[given.oid, commit]] : []
    })
    return new Map(commits)
  } catch (error) {
    // Read ahead only: there is another way.
    if (error instanceof AskLess || isTooMuch(error)) return new Map()
    throw error
  }
}

import { defined } from '../../../core/model/defined.ts'
import type { Oid } from '../../../core/model/oid.ts'
import type { RepositoryName } from '../../../ports/forge.ts'
import type { Answer, GitHubApi, Parameters } from './github-api.ts'
import { AskLess } from './failure-of.ts'
import { COMMIT_FIELDS, type GivenCommit } from './given-commit.ts'
import type { Sizes } from './sizes.ts'

/** The API of one repository: routes begin after `/repos/{owner}/{repo}`, GraphQL selections stand inside `repository`. */
export interface RepositoryApi {
  readonly repository: RepositoryName
  request<T>(this: void, route: string, parameters?: Parameters): Promise<Answer<T>>
  list<T>(this: void, route: string, parameters?: Parameters): Promise<T[]>
  /** Asks for fields of the repository; rejects as not found where there is no such repository. */
  select<T>(this: void, selections: string): Promise<T>
  /** The repository's node id, which mutations want. */
  id(this: void): Promise<string>
  /** The default branch's full name as it was at the first question; `undefined` for an empty repository. */
  defaultBranch(this: void): Promise<string | undefined>
  /** What came with the first question that nobody had to ask for: commits and texts that every job reads. */
  ahead(this: void): Promise<ReadAhead>
  mutate<T>(this: void, mutation: string, input: Parameters): Promise<T>
  /** Rejects where the repository itself is not seen now. */
  isSeen(this: void): Promise<unknown>
  pause(this: void, milliseconds: number): Promise<void>
  now(this: void): number
  /** How much one question asks for. */
  readonly sizes: Sizes
}

interface ReadAhead {
  /** The default branch's head. */
  readonly commit?: GivenObject
  /** Files of it. */
  readonly texts: readonly { readonly oid: Oid; readonly text: string }[]
}

interface GivenObject extends GivenCommit {
  readonly oid: Oid
}

interface Head {
  readonly id: string
  readonly defaultBranchRef: {
    readonly prefix: string
    readonly name: string
    readonly target: GivenObject
  } | null
  /** `h0`, `h1`: files by the order in which they were asked for. */
  readonly [file: string]: unknown
}

type GivenFile = { readonly oid?: Oid; readonly text?: string | null; readonly isTruncated?: boolean } | null

interface RepositoryApiOptions {
  /** Files of the default branch that every job reads. */
  readonly ahead?: readonly string[]
}

export function repositoryApi(
  api: GitHubApi,
  repository: RepositoryName,
  { ahead = [] }: RepositoryApiOptions = {},
): RepositoryApi {
  const files = ahead.map(
    (path, index) =>
      `h${index}: object(expression: ${JSON.stringify(`HEAD:${path}`)}) { ... on Blob { oid text isTruncated } }`,
  )
  const target = ahead.length > 0 ? `target { oid ${COMMIT_FIELDS} }` : ''
  const HEAD = 'id defaultBranchRef { prefix name }'
  const { owner, name } = repository
  const whole = (route: string) => route.replace(' ', ' /repos/{owner}/{repo}')
  let head: Promise<Head> | undefined
  // Id and default branch come along with whatever is asked first, so that they cost no request of their own.
  const select = async <T>(selections: string): Promise<T> => {
    if (head) return api.select<T>(repository, selections)
    const found = api.select<T & Head>(
      repository,
      `id defaultBranchRef { prefix name ${target} } ${files.join(' ')} ${selections}`,
    )
    // What nobody had to ask for is left out first where all of it is too much.
    const alone = found.catch(unlessTooMuch(() => api.select<Head>(repository, HEAD)))
    head = alone
    alone.catch(() => (head = undefined))
    return found.catch(
      unlessTooMuch(() => api.select<T & Head>(repository, selections === '' ? HEAD : selections)),
    )
  }
  const readHead = async () => head ?? select<Head>('')
  return {
    repository,
    request: (route, parameters) => api.request(whole(route), { owner, repo: name, ...parameters }),
    list: (route, parameters) => api.list(whole(route), { owner, repo: name, ...parameters }),
    select,
    id: async () => (await readHead()).id,
    defaultBranch: async () => {
      const ref = (await readHead()).defaultBranchRef
      return ref ? ref.prefix + ref.name : undefined
    },
    ahead: async () => {
      const known = head ? await head : undefined
      const commit = known?.defaultBranchRef?.target
      const given = ahead.map((_, index) => known?.[`h${index}`] as GivenFile | undefined)
      return {
        ...defined({ commit: commit?.tree ? commit : undefined }),
        texts: given.flatMap((each) =>
          each?.oid && typeof each.text === 'string' && !each.isTruncated
            ? [{ oid: each.oid, text: each.text }]
            : [],
        ),
      }
    },
    mutate: (mutation, input) => api.mutate(mutation, input),
    isSeen: () => api.request(whole('GET '), { owner, repo: name }),
    pause: (milliseconds) => api.pause(milliseconds),
    now: () => api.now(),
    sizes: api.sizes,
  }
}

function unlessTooMuch<T>(other: () => Promise<T>): (error: unknown) => Promise<T> {
  return (error) => {
    if (error instanceof AskLess) return other()
    throw error
  }
}

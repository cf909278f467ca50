import type { RepositoryName } from '../../ports/forge.ts'
import type { Answer, GitHubApi, Parameters } from './api.ts'

/** The API of one repository: routes begin after `/repos/{owner}/{repo}`, GraphQL selections stand inside `repository`. */
export interface RepositoryApi {
  readonly repository: RepositoryName
  request<T>(this: void, route: string, parameters?: Parameters): Promise<Answer<T>>
  list<T>(this: void, route: string, parameters?: Parameters): Promise<T[]>
  /** Asks for fields of the repository; `undefined` where there is no such repository. */
  select<T>(this: void, selections: string): Promise<T | undefined>
  /** The repository's node id, which mutations want. */
  id(this: void): Promise<string>
  /** The default branch's full name as it was at the first question; `undefined` for an empty repository. */
  defaultBranch(this: void): Promise<string | undefined>
  mutate<T>(this: void, mutation: string, input: Parameters): Promise<T>
  pause(this: void, milliseconds: number): Promise<void>
}

interface Head {
  readonly id: string
  readonly defaultBranchRef: { readonly prefix: string; readonly name: string } | null
}

const HEAD = 'id defaultBranchRef { prefix name }'

export function repositoryApi(api: GitHubApi, repository: RepositoryName): RepositoryApi {
  const { owner, name } = repository
  const whole = (route: string) => route.replace(' ', ' /repos/{owner}/{repo}')
  let head: Promise<Head> | undefined
  // Id and default branch come along with whatever is asked first, so that they cost no request of their own.
  const select = async <T>(selections: string): Promise<T | undefined> => {
    if (head) return api.select<T>(repository, selections)
    const found = api.select<T & Head>(repository, `${HEAD} ${selections}`)
    const taken = found.then((given) => given ?? { id: '', defaultBranchRef: null })
    head = taken
    taken.catch(() => (head = undefined))
    return found
  }
  const readHead = async () =>
    head ?? select<Head>('').then((given) => given ?? { id: '', defaultBranchRef: null })
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
    mutate: (mutation, input) => api.mutate(mutation, input),
    pause: (milliseconds) => api.pause(milliseconds),
  }
}

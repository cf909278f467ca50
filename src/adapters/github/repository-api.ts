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
  mutate<T>(this: void, mutation: string, input: Parameters): Promise<T>
  pause(this: void, milliseconds: number): Promise<void>
}

export function repositoryApi(api: GitHubApi, repository: RepositoryName): RepositoryApi {
  const { owner, name } = repository
  const whole = (route: string) => route.replace(' ', ' /repos/{owner}/{repo}')
  let id: string | undefined
  // The id comes along with whatever is asked first, so that it costs no request of its own.
  const select = async <T>(selections: string): Promise<T | undefined> => {
    const found = await api.select<T & { id: string }>(repository, `id ${selections}`)
    id ??= found?.id
    return found
  }
  return {
    repository,
    request: (route, parameters) => api.request(whole(route), { owner, repo: name, ...parameters }),
    list: (route, parameters) => api.list(whole(route), { owner, repo: name, ...parameters }),
    select,
    id: async () => (id ??= (await select<{ id: string }>(''))?.id ?? ''),
    mutate: (mutation, input) => api.mutate(mutation, input),
    pause: (milliseconds) => api.pause(milliseconds),
  }
}

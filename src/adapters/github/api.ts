import type { RepositoryName } from '../../ports/forge.ts'
import { headersOf, statusOf, translated } from './octokit-error.ts'
import { selectTogether } from './select-together.ts'

/** What the adapters need of GitHub's API. Every failure comes as `TryLater`, `Refusal` or `GitHubFailure`. */
export interface GitHubApi {
  /** Asks over REST, `GET /repos/{owner}/{repo}`. */
  request<T>(route: string, parameters?: Parameters): Promise<Answer<T>>
  /** Every item of a list, page after page. */
  list<T>(route: string, parameters?: Parameters): Promise<T[]>
  /** Asks for fields of a repository over GraphQL; what is asked for together travels together. `undefined`: no such repository. */
  select<T>(repository: RepositoryName, selections: string): Promise<T | undefined>
  mutate<T>(mutation: string, input: Parameters): Promise<T>
  /** Waits, where GitHub needs a moment. */
  pause(milliseconds: number): Promise<void>
}

export type Parameters = Readonly<Record<string, unknown>>

export interface Answer<T> {
  /** 304 where `if-none-match` was sent and nothing has changed; `data` is empty then. */
  readonly status: number
  readonly data: T
  readonly headers: Readonly<Record<string, string | number | undefined>>
}

export interface Pace {
  now(this: void): number
  pause(this: void, milliseconds: number): Promise<void>
  /** Milliseconds between two writes. GitHub asks for a second, one after the other. */
  readonly betweenWrites: number
}

export const GITHUB_PACE: Pace = {
  now: Date.now,
  pause: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  betweenWrites: 1_000,
}

/** Something like an Octokit that knows who is asking and where. */
export interface Asker {
  request(this: void, route: string, parameters: Parameters): Promise<Answer<unknown>>
  graphql<T>(this: void, query: string, variables?: Parameters): Promise<T>
}

/** The API over an Octokit. `mayCreate` is asked before content is created, and rejects where that must wait. */
export function githubApi(
  octokit: Asker,
  pace: Pace = GITHUB_PACE,
  mayCreate: () => Promise<void> = async () => {},
): GitHubApi {
  const paced = writesInTurn(pace)

  async function request<T>(route: string, parameters: Parameters = {}): Promise<Answer<T>> {
    const isWrite = !route.startsWith('GET ')
    if (isContent(route)) await mayCreate()
    try {
      const answer = await paced(isWrite, () => octokit.request(route, { ...parameters }))
      return { status: answer.status, data: answer.data as T, headers: answer.headers }
    } catch (error) {
      if (statusOf(error) === 304) return { status: 304, data: undefined as T, headers: headersOf(error) }
      throw translated(error, { asked: route, now: pace.now() })
    }
  }

  async function list<T>(route: string, parameters: Parameters = {}): Promise<T[]> {
    const items: T[] = []
    for (let page = 1; ; page++) {
      const { data, headers } = await request<T[]>(route, { per_page: 100, ...parameters, page })
      items.push(...data)
      if (!/rel="next"/.test(String(headers.link ?? ''))) return items
    }
  }

  const select = selectTogether(async (query) => octokit.graphql(query), pace.now)

  async function mutate<T>(mutation: string, input: Parameters): Promise<T> {
    try {
      return await paced(true, () => octokit.graphql<T>(mutation, { input }))
    } catch (error) {
      throw translated(error, { asked: 'a GraphQL mutation', now: pace.now() })
    }
  }

  return { request, list, select, mutate, pause: pace.pause }
}

/**
 * GitHub does not say what its limit on content counts; it marks as notifying people what opens issues and pull requests,
 * comments, and asks for reviews. Changes of these are counted as well, to be on the safe side.
 */
function isContent(route: string): boolean {
  return /^(POST|PATCH|PUT) .*\/(issues|pulls)\b/.test(route)
}

/** Lets writes go one after the other with a pause between them; reads pass. */
function writesInTurn(pace: Pace): <T>(isWrite: boolean, ask: () => Promise<T>) => Promise<T> {
  let turn: Promise<unknown> = Promise.resolve()
  let last = -Infinity
  return (isWrite, ask) => {
    if (!isWrite) return ask()
    const mine = turn.then(async () => {
      const wait = last + pace.betweenWrites - pace.now()
      if (wait > 0) await pace.pause(wait)
      last = pace.now()
      return ask()
    })
    turn = mine.catch(() => {})
    return mine
  }
}

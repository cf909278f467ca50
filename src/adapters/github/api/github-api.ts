import type { RepositoryName } from '../../../ports/forge.ts'
import { unread } from './failure-of.ts'
import { headersOf, statusOf, translated } from './octokit-error.ts'
import { GITHUB_PACE, type Pace } from './pace.ts'
import { selectTogether } from './select-together.ts'
import { Sizes } from './sizes.ts'

/** What the adapters need of GitHub's API. Every failure comes as a `TryLater` (`GitHubFailure` and `AskLess` among them) or a `Refusal`. */
export interface GitHubApi {
  /** Asks over REST, `GET /repos/{owner}/{repo}`. */
  request<T>(route: string, parameters?: Parameters): Promise<Answer<T>>
  /** Every item of a list, page after page. */
  list<T>(route: string, parameters?: Parameters): Promise<T[]>
  /** Asks for fields of a repository over GraphQL; what is asked for together travels together. Rejects as not found where there is none. */
  select<T>(repository: RepositoryName, selections: string): Promise<T>
  mutate<T>(mutation: string, input: Parameters): Promise<T>
  /** Waits, where GitHub needs a moment. */
  pause(milliseconds: number): Promise<void>
  now(): number
  /** How much one question asks for. */
  readonly sizes: Sizes
}

export type Parameters = Readonly<Record<string, unknown>>

export interface Answer<T> {
  /** 304 where `if-none-match` was sent and nothing has changed; `data` is empty then. */
  readonly status: number
  readonly data: T
  readonly headers: Readonly<Record<string, string | number | undefined>>
}

/** Something like an Octokit that knows who is asking and where. */
export interface Asker {
  request(this: void, route: string, parameters: Parameters): Promise<Answer<unknown>>
  graphql<T>(this: void, query: string, variables?: Parameters): Promise<T>
}

interface ApiOptions {
  readonly pace?: Pace | undefined
  /** Asked before content is created; rejects where that must wait. */
  readonly mayCreate?: () => Promise<void>
  /** Shared by all who ask the same GitHub. */
  readonly sizes?: Sizes
  /** Shared by all whose writes GitHub counts together. */
  readonly inTurn?: InTurn
}

/** The API over an Octokit. */
export function githubApi(octokit: Asker, options: ApiOptions = {}): GitHubApi {
  const { pace = GITHUB_PACE, mayCreate = async () => {} } = options
  const sizes = options.sizes ?? new Sizes(pace)
  const paced = options.inTurn ?? writesInTurn(pace)

  async function request<T>(route: string, parameters: Parameters = {}): Promise<Answer<T>> {
    const isWrite = !route.startsWith('GET ')
    if (isContent(route)) await mayCreate()
    try {
      const answer = await paced(isWrite, () => octokit.request(route, { ...parameters }))
      if (!isBare(answer.status) && !isBody(answer.data)) throw unread(route, pace.now())
      return { status: answer.status, data: answer.data as T, headers: answer.headers }
    } catch (error) {
      if (statusOf(error) === 304) return { status: 304, data: undefined as T, headers: headersOf(error) }
      throw translated(error, { api: 'rest', asked: route, now: pace.now() })
    }
  }

  async function list<T>(route: string, parameters: Parameters = {}): Promise<T[]> {
    const items: T[] = []
    for (let page = 1; ; page++) {
      const { data, headers } = await request<T[]>(route, { per_page: 100, ...parameters, page })
      if (!Array.isArray(data)) throw unread(route, pace.now())
      items.push(...data)
      if (!/rel="next"/.test(String(headers.link ?? ''))) return items
    }
  }

  const graphql = async <T>(query: string, variables?: Parameters): Promise<T> => {
    const data = await octokit.graphql<T>(query, variables)
    if (!isBody(data)) throw unread('GraphQL', pace.now())
    return data
  }
  const select = selectTogether(graphql, { now: pace.now, sizes })

  async function mutate<T>(mutation: string, input: Parameters): Promise<T> {
    try {
      return await paced(true, () => graphql<T>(mutation, { input }))
    } catch (error) {
      throw translated(error, { api: 'graphql', asked: 'a GraphQL mutation', now: pace.now() })
    }
  }

  return { request, list, select, mutate, pause: pace.pause, now: pace.now, sizes }
}

function isBare(status: number): boolean {
  return status === 204 || status === 205
}

/** Whether this is something that GitHub would say: a list, or a thing with at least one property. What was no JSON is a string here. */
function isBody(data: unknown): boolean {
  return Array.isArray(data) || (typeof data === 'object' && data !== null && Object.keys(data).length > 0)
}

/**
 * GitHub does not say what its limit on content counts; it marks as notifying people what opens issues and pull requests,
 * comments, and asks for reviews. Changes of these are counted as well, to be on the safe side.
 */
function isContent(route: string): boolean {
  return /^(POST|PATCH|PUT) .*\/(issues|pulls)\b/.test(route)
}

type InTurn = <T>(isWrite: boolean, ask: () => Promise<T>) => Promise<T>

/** Lets writes go one after the other with a pause between them; reads pass. */
export function writesInTurn(pace: Pace): InTurn {
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

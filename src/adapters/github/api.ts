import type { Octokit } from '@octokit/rest'
import { failureOf } from './failures.ts'

/** What the adapters need of GitHub's API. Every failure comes as `TryLater`, `Refusal` or `GitHubFailure`. */
export interface GitHubApi {
  /** Asks over REST, `GET /repos/{owner}/{repo}`. */
  request<T>(route: string, parameters?: Parameters): Promise<Answer<T>>
  /** Every item of a list, page after page. */
  list<T>(route: string, parameters?: Parameters): Promise<T[]>
  graphql<T>(query: string, variables: Parameters): Promise<T>
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

/** The API over an Octokit that knows who is asking and where. */
export function githubApi(
  octokit: Pick<Octokit, 'request' | 'graphql'>,
  pace: Pace = GITHUB_PACE,
): GitHubApi {
  const paced = writesInTurn(pace)

  async function request<T>(route: string, parameters: Parameters = {}): Promise<Answer<T>> {
    const isWrite = !route.startsWith('GET ')
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

  async function graphql<T>(query: string, variables: Parameters): Promise<T> {
    const isMutation = query.trimStart().startsWith('mutation')
    try {
      return await paced(isMutation, () => octokit.graphql<T>(query, { ...variables }))
    } catch (error) {
      throw translated(error, {
        asked: isMutation ? 'a GraphQL mutation' : 'a GraphQL query',
        now: pace.now(),
      })
    }
  }

  return { request, list, graphql, pause: pace.pause }
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

interface OctokitError extends Error {
  readonly status?: number
  readonly response?: {
    readonly headers?: Answer<unknown>['headers']
    readonly data?: { readonly message?: string; readonly errors?: unknown }
  }
  /** GraphQL only: the errors beside the data. */
  readonly errors?: readonly { readonly type?: string; readonly message: string }[]
  readonly headers?: Answer<unknown>['headers']
}

/** GraphQL answers 200 whatever happens, and says in words what REST says in numbers. */
const GRAPHQL_STATUS: Readonly<Record<string, number>> = { NOT_FOUND: 404, FORBIDDEN: 403, RATE_LIMITED: 429 }

function translated(error: unknown, { asked, now }: { asked: string; now: number }): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const { errors, status, response, headers, message } = error as OctokitError
  if (errors) {
    const said = errors.map((each) => each.message).join(' ')
    const type = errors.find((each) => each.type)?.type ?? ''
    return failureOf(
      { status: GRAPHQL_STATUS[type] ?? 422, message: said, headers: headers ?? {}, asked },
      now,
    )
  }
  // Octokit gives a broken connection the status 500; what has none is a mistake of ours.
  if (status === undefined) return error
  const details = response?.data?.errors ? ` ${JSON.stringify(response.data.errors)}` : ''
  const said = `${response?.data?.message ?? message}${details}`
  return failureOf({ status, message: said, headers: response?.headers ?? {}, asked }, now)
}

function statusOf(error: unknown): number | undefined {
  return (error as OctokitError).status
}

function headersOf(error: unknown): Answer<unknown>['headers'] {
  return (error as OctokitError).response?.headers ?? {}
}

import { oncePer } from '../../../core/model/collections/once-per.ts'
import { createSign } from 'node:crypto'
import { Octokit } from '@octokit/rest'
import { defined, optional } from '../../../core/model/defined.ts'
import { Refusal } from '../../../core/model/problem.ts'
import type { Budget } from '../../../ports/budget.ts'
import { TryLater } from '../../../ports/try-later.ts'
import { githubApi, writesInTurn, type Asker, type GitHubApi } from './github-api.ts'
import { fetchGrant, type Grant, type TokenScope } from './fetch-grant.ts'
import { GITHUB_PACE, type Pace } from './pace.ts'
import { Sizes } from './sizes.ts'
import { LONGEST_REQUEST, wholeFetch } from './whole-fetch.ts'
import { statusOf } from './octokit-error.ts'

export interface Connection {
  readonly baseUrl: string
  readonly pace?: Pace
  /** How long one request may take, milliseconds. */
  readonly longest?: number
  /** Hears of every answer, for metrics. */
  readonly onAnswer?: (answer: SeenAnswer) => void
  /** How much content each installation may create; without one GitHub's own refusal is what stops it. */
  readonly content?: Budget
}

/** What an answer of GitHub's tells about itself. */
export interface SeenAnswer {
  readonly api: 'rest' | 'graphql'
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number
  /** Requests left in the hour, where the answer says so. */
  readonly left?: number
}

export interface AppKey {
  readonly appId: number | string
  /** PEM, PKCS #1 or #8. */
  readonly privateKey: string
}

/** The API as someone with a token, or (without one) as anyone: enough to read what is public. */
export function connectWithToken(connection: Connection, token?: string): GitHubApi {
  const asker = askerOf(connection, () => Promise.resolve(token === undefined ? undefined : `token ${token}`))
  return githubApi(asker, { pace: connection.pace, sizes: sizesOf(connection) })
}

/** The API as the App itself, which may do little more than ask where it is installed. */
export function connectAsApp(connection: Connection, key: AppKey): GitHubApi {
  const now = () => (connection.pace ?? GITHUB_PACE).now()
  // What the App asks as itself is no content: tokens need not wait for each other.
  const pace = { ...(connection.pace ?? GITHUB_PACE), betweenWrites: 0 }
  return githubApi(
    askerOf(connection, () => Promise.resolve(`bearer ${appToken(key, now())}`)),
    { pace, sizes: sizesOf(connection) },
  )
}

export interface InstallationConnection {
  readonly api: GitHubApi
  /** The token in use, fetched when there is none that lasts. */
  grant(this: void): Promise<Grant>
  /** `nobody`: without any installation there is no token to ask with. */
  readonly as?: 'installation' | 'nobody'
}

/** The API as one installation, as far as `scope` goes; its token lives for an hour and is renewed in time. */
export function connectAsInstallation(
  connection: Connection,
  key: AppKey,
  installation: number,
  scope: () => TokenScope,
): InstallationConnection {
  const now = () => (connection.pace ?? GITHUB_PACE).now()
  let current: Promise<Grant> | undefined
  let renewFrom = -Infinity
  // Whoever asks while a token is on its way waits for the same one.
  const grant = (): Promise<Grant> => {
    if (current && now() < renewFrom) return current
    renewFrom = Infinity
    const fetched = fetchGrant(connectAsApp(connection, key), installation, scope()).then(
      (found) => {
        renewFrom = found.expires - RENEW_BEFORE
        return found
      },
      (error: unknown) => {
        current = undefined
        throw error
      },
    )
    return (current = fetched)
  }
  const asker = askerOf(connection, async () => `token ${(await grant()).token}`)
  const renew = async (refused: Promise<Grant> | undefined): Promise<void> => {
    if (current === refused) current = undefined
    try {
      await grant()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      // Another may have taken its place, so whoever asked begins anew.
      throw new TryLater('The installation that I asked as has ended', now())
    }
  }
  // A token that GitHub no longer takes was not used: what was asked with it is asked again with another.
  const renewing = async <T>(ask: () => Promise<T>): Promise<T> => {
    const used = current
    try {
      return await ask()
    } catch (error) {
      if (statusOf(error) !== 401) throw error
      await renew(used)
      return ask()
    }
  }
  const watched: Asker = {
    request: (route, parameters) => renewing(() => asker.request(route, parameters)),
    graphql: (query, variables) => renewing(() => asker.graphql(query, variables)),
  }
  const mayCreate = () => spend(connection.content, `installation:${installation}`)
  const shared = { sizes: sizesOf(connection), inTurn: turnsOf(connection, installation) }
  const api = githubApi(watched, { pace: connection.pace, ...shared, mayCreate })
  return { api, grant }
}

async function spend(budget: Budget | undefined, spender: string): Promise<void> {
  const notBefore = await budget?.spend(spender)
  if (notBefore === undefined) return
  throw new TryLater('This installation has created as much as GitHub allows for now', notBefore)
}

/** A job that begins now should not run out of its token. */
const RENEW_BEFORE = 10 * 60_000

/** How long a token of the App's is used again, in milliseconds: each takes some milliseconds to sign. */
const APP_TOKEN_KEPT = 60_000

const appTokens = new WeakMap<AppKey, { readonly from: number; readonly token: string }>()

/** A JSON Web Token that says who the App is: at most ten minutes long, dated back a minute for clocks that differ. */
function appToken(key: AppKey, now: number): string {
  const kept = appTokens.get(key)
  if (kept && now >= kept.from && now < kept.from + APP_TOKEN_KEPT) return kept.token
  const seconds = Math.floor(now / 1000)
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { iat: seconds - 60, exp: seconds + 540, iss: String(key.appId) }
  const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`
  const token = `${text}.${createSign('RSA-SHA256').update(text).sign(key.privateKey, 'base64url')}`
  appTokens.set(key, { from: now, token })
  return token
}

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** One Octokit for everybody who asks over a connection: each weighs 13 kB, and there may be ten thousand installations. */
const octokitOf = oncePer(openOctokit)

/** What was too much for one is too much for all. */
const sizesOf = oncePer(({ pace = GITHUB_PACE }: Connection) => new Sizes(pace))

/** GitHub asks that an installation writes one thing after the other, whichever of its tokens it does so with. */
function turnsOf(connection: Connection, installation: number): ReturnType<typeof writesInTurn> {
  const all = allTurns(connection)
  const turn = all.get(installation) ?? writesInTurn(connection.pace ?? GITHUB_PACE)
  all.set(installation, turn)
  return turn
}

const allTurns = oncePer((_: Connection) => new Map<number, ReturnType<typeof writesInTurn>>())

/** Asks with the authorization of whoever it is. */
function askerOf(connection: Connection, authorization: () => Promise<string | undefined>): Asker {
  const octokit = octokitOf(connection)
  const headers = async (more?: unknown): Promise<Record<string, string>> => {
    const value = await authorization()
    return {
      'x-github-api-version': API_VERSION,
      ...(more as Record<string, string> | undefined),
      ...defined({ authorization: value }),
    }
  }
  return {
    request: async (route, parameters) =>
      octokit.request(route, { ...parameters, headers: await headers(parameters['headers']) }),
    graphql: async (query, variables) => octokit.graphql(query, { ...variables, headers: await headers() }),
  }
}

/** The version whose descriptions the tests hold us to. */
const API_VERSION = '2022-11-28'

function openOctokit({ baseUrl, onAnswer, longest = LONGEST_REQUEST }: Connection): Octokit {
  // Failures are logged where they are handled, once and without what was sent.
  const octokit = new Octokit({
    baseUrl,
    userAgent: 'kubespray-multiarch',
    log: SILENT,
    request: { fetch: wholeFetch(longest) },
  })
  if (onAnswer) {
    octokit.hook.wrap('request', async (request, options) => {
      const api = options.url.endsWith('/graphql') ? 'graphql' : 'rest'
      try {
        const answer = await request(options)
        onAnswer(seen(api, answer.status, answer.headers['x-ratelimit-remaining']))
        return answer
      } catch (error) {
        const { status, response } = error as {
          status?: number
          response?: { headers?: Record<string, string | undefined> }
        }
        onAnswer(seen(api, response ? (status ?? 0) : 0, response?.headers?.['x-ratelimit-remaining']))
        throw error
      }
    })
  }
  return octokit
}

function seen(api: SeenAnswer['api'], status: number, left: string | undefined): SeenAnswer {
  return { api, status, ...optional(left, (left) => ({ left: Number(left) })) }
}

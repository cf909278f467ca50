import { createSign } from 'node:crypto'
import { Octokit } from '@octokit/rest'
import { Refusal } from '../../core/model/problem.ts'
import { GITHUB_PACE, githubApi, type GitHubApi, type Pace } from './api.ts'
import { ifFound } from './found.ts'
import { statusOf } from './octokit-error.ts'

/** Where GitHub's API lies. GitHub Enterprise Server has it under `https://host/api/v3`; GraphQL is found from there. */
export const GITHUB_COM = 'https://api.github.com'

export interface Connection {
  readonly baseUrl: string
  readonly pace?: Pace
  /** Hears of every answer, for metrics. */
  readonly onAnswer?: (answer: SeenAnswer) => void
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
  return apiWith(connection, () => Promise.resolve(token === undefined ? undefined : `token ${token}`))
}

/** The API as the App itself, which may do little more than ask where it is installed. */
export function connectAsApp(connection: Connection, key: AppKey): GitHubApi {
  const now = () => (connection.pace ?? GITHUB_PACE).now()
  return apiWith(connection, () => Promise.resolve(`bearer ${appToken(key, now())}`))
}

/** What an installation's token says about itself. */
export interface Grant {
  readonly token: string
  /** Milliseconds since 1970. */
  readonly expires: number
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>
}

export interface InstallationConnection {
  readonly api: GitHubApi
  /** The token in use, fetched when there is none that lasts. */
  grant(this: void): Promise<Grant>
}

/** The API as one installation; its token lives for an hour and is renewed in time. */
export function connectAsInstallation(
  connection: Connection,
  key: AppKey,
  installation: number,
): InstallationConnection {
  const app = connectAsApp(
    { ...connection, pace: { ...(connection.pace ?? GITHUB_PACE), betweenWrites: 0 } },
    key,
  )
  const now = () => (connection.pace ?? GITHUB_PACE).now()
  let current: Promise<Grant> | undefined
  let renewFrom = -Infinity
  // Whoever asks while a token is on its way waits for the same one.
  const grant = (): Promise<Grant> => {
    if (current && now() < renewFrom) return current
    renewFrom = Infinity
    const fetched = fetchGrant(app, installation).then(
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
  const forget = (): void => {
    current = undefined
  }
  const api = apiWith(connection, async () => `token ${(await grant()).token}`, forget)
  return { api, grant }
}

/** A job that begins now should not run out of its token. */
const RENEW_BEFORE = 10 * 60_000

async function fetchGrant(app: GitHubApi, installation: number): Promise<Grant> {
  const route = 'POST /app/installations/{installation}/access_tokens'
  const found = await ifFound(app.request<GivenToken>(route, { installation }))
  if (!found) throw new Refusal({ code: 'not-installed', message: NOT_INSTALLED })
  const { data } = found
  return { token: data.token, expires: Date.parse(data.expires_at), permissions: data.permissions ?? {} }
}

interface GivenToken {
  readonly token: string
  readonly expires_at: string
  readonly permissions?: Grant['permissions']
}

const NOT_INSTALLED = 'I am not installed there any more.'

/** A JSON Web Token that says who the App is: at most ten minutes long, dated back a minute for clocks that differ. */
function appToken({ appId, privateKey }: AppKey, now: number): string {
  const seconds = Math.floor(now / 1000)
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iat: seconds - 60, exp: seconds + 540, iss: String(appId) })}`
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`
}

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

function apiWith(
  { baseUrl, pace, onAnswer }: Connection,
  authorization: () => Promise<string | undefined>,
  /** Hears that GitHub does not know the token (any more): that is so after we were uninstalled. */
  onUnknown?: () => void,
): GitHubApi {
  // Failures are logged where they are handled, once and without what was sent.
  const octokit = new Octokit({ baseUrl, userAgent: 'kubespray-multiarch', log: SILENT })
  octokit.hook.before('request', async (options) => {
    const value = await authorization()
    if (value !== undefined) options.headers.authorization = value
  })
  if (onUnknown)
    octokit.hook.error('request', (error) => {
      if (statusOf(error) === 401) onUnknown()
      throw error
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
  return githubApi(octokit, pace)
}

function seen(api: SeenAnswer['api'], status: number, left: string | undefined): SeenAnswer {
  return { api, status, ...(left !== undefined && { left: Number(left) }) }
}

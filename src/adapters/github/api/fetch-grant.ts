import { optional } from '../../../core/model/defined.ts'
import { Refusal } from '../../../core/model/problem.ts'
import { GitHubFailure } from './failure-of.ts'
import { later } from './not-shown.ts'
import type { GitHubApi } from './github-api.ts'
import { ifFound } from './if-found.ts'

export type Permissions = Readonly<Record<string, 'read' | 'write'>>

/** What a token is for, and for nothing else: whoever gets hold of it gets no more. */
export interface TokenScope {
  /** The one repository, by its name; all that the installation has where what is done is done in none of them. */
  readonly repository?: string
  /** What is needed. Of that a token has what the installation grants. */
  readonly needs: Permissions
  /** What the installation grants, as far as anybody knows. */
  readonly granted?: Permissions
}

/** What an installation's token says about itself. */
export interface Grant {
  readonly token: string
  /** Milliseconds since 1970. */
  readonly expires: number
  readonly permissions: Permissions
}

/** A new token of an installation. */
export async function fetchGrant(app: GitHubApi, installation: number, scope: TokenScope): Promise<Grant> {
  try {
    return await ask(app, installation, scope)
  } catch (error) {
    if (isRefused(error, BEYOND)) {
      // What is granted is another thing than what we know of.
      const { data } = await app.request<{ permissions?: Permissions }>(
        'GET /app/installations/{installation}',
        { installation },
      )
      return ask(app, installation, { ...scope, granted: data.permissions ?? {} })
    }
    if (isRefused(error, OUTSIDE)) throw new Refusal({ code: 'not-installed', message: NOT_INSTALLED })
    throw error
  }
}

/** GitHub's words for a permission that an installation does not grant, and for a repository that it does not reach. */
const BEYOND = /permissions requested are not granted/i
const OUTSIDE = /repository that does not exist or is not accessible/i

function isRefused(error: unknown, words: RegExp): boolean {
  return error instanceof GitHubFailure && error.status === 422 && words.test(error.message)
}

async function ask(app: GitHubApi, installation: number, scope: TokenScope): Promise<Grant> {
  const { repository, needs, granted = needs } = scope
  const found = await ifFound(
    app.request<GivenToken>('POST /app/installations/{installation}/access_tokens', {
      installation,
      ...optional(repository, (repository) => ({ repositories: [repository] })),
      permissions: bothOf(needs, granted),
    }),
  )
  if (!found && (await isListed(app, installation)))
    throw later('a token', 'there is none for an installation that is listed', app.now())
  if (!found) throw new Refusal({ code: 'not-installed', message: NOT_INSTALLED })
  const { data } = found
  return { token: data.token, expires: Date.parse(data.expires_at), permissions: data.permissions ?? {} }
}

/** What is needed and granted, each as far as both go. */
function bothOf(needs: Permissions, granted: Permissions): Permissions {
  return Object.fromEntries(
    Object.entries(needs).flatMap(([name, level]) => {
      const has = granted[name]
      if (has === undefined) return []
      return [[name, has === 'read' ? has : level] as const]
    }),
  )
}

/** That there is no such installation is believed once the list of all says so as well. */
async function isListed(app: GitHubApi, installation: number): Promise<boolean> {
  const all = await app.list<{ readonly id: number }>('GET /app/installations')
  return all.some(({ id }) => id === installation)
}

interface GivenToken {
  readonly token: string
  readonly expires_at: string
  readonly permissions?: Permissions
}

const NOT_INSTALLED = 'I am not installed there any more.'

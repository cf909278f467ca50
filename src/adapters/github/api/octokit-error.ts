import { defined } from '../../../core/model/defined.ts'
import { failureOf } from './failure-of.ts'
import type { Headers } from './meaning-of.ts'

interface GraphqlError {
  readonly type?: string
  readonly message: string
  readonly path?: readonly (string | number)[]
}

/** What Octokit throws, over REST and over GraphQL. */
export interface OctokitError extends Error {
  readonly status?: number
  readonly response?: {
    readonly headers?: Headers
    readonly data?: { readonly message?: string; readonly errors?: unknown }
  }
  /** GraphQL only: the errors, and the data beside them. */
  readonly errors?: readonly GraphqlError[]
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly headers?: Headers
}

interface AskedFor {
  readonly api: 'rest' | 'graphql'
  readonly asked: string
  readonly now: number
}

/** GraphQL answers 200 whatever happens, and says in words what REST says in numbers. */
const GRAPHQL_STATUS: Readonly<Record<string, number>> = { NOT_FOUND: 404, FORBIDDEN: 403 }

/** What Octokit has thrown, in the adapters' own terms. */
export function translated(error: unknown, asked: AskedFor): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const { errors, status, response, headers, message } = error as OctokitError
  if (errors) return failureOfGraphql(errors, { ...asked, headers: headers ?? {} })
  // What has no status is a mistake of ours.
  if (status === undefined) return error
  const given = response?.data
  const inside = Array.isArray(given?.errors) ? (given.errors as readonly GraphqlError[]) : []
  const isTold = given?.errors !== undefined && given.message !== undefined
  const details = isTold ? JSON.stringify(given.errors) : undefined
  // A GraphQL answer that is no success has no message of its own.
  const said = given?.message ?? inside.find((each) => typeof each.message === 'string')?.message ?? message
  const type = inside.find((each) => each.type)?.type
  return failureOf(
    {
      api: asked.api,
      asked: asked.asked,
      message: said,
      headers: response?.headers ?? {},
      // Octokit gives a broken connection the status 500.
      status: response ? status : 0,
      ...defined({ type, details }),
    },
    asked.now,
  )
}

export function failureOfGraphql(
  errors: readonly GraphqlError[],
  { api, asked, now, headers }: AskedFor & { readonly headers: Headers },
): Error {
  // Where one of them is a limit, that is what stands in the way of all.
  const failures = errors.map(({ type, message }) =>
    failureOf(
      {
        api,
        asked,
        message,
        headers,
        status: GRAPHQL_STATUS[type ?? ''] ?? 422,
        ...defined({ type }),
      },
      now,
    ),
  )
  const rank = ({ name }: Error) => ['TryLater', 'AskLess', 'Refusal', 'GitHubFailure'].indexOf(name)
  return failures.sort((a, b) => rank(a) - rank(b))[0] ?? new Error('there were no errors')
}

export function statusOf(error: unknown): number | undefined {
  return (error as OctokitError).status
}

export function headersOf(error: unknown): Headers {
  return (error as OctokitError).response?.headers ?? {}
}

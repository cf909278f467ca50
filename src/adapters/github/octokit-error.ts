import { failureOf } from './failures.ts'

type Headers = Readonly<Record<string, string | number | undefined>>

export interface GraphqlError {
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

/** GraphQL answers 200 whatever happens, and says in words what REST says in numbers. */
const GRAPHQL_STATUS: Readonly<Record<string, number>> = { NOT_FOUND: 404, FORBIDDEN: 403, RATE_LIMITED: 429 }

/** What Octokit has thrown, in the adapters' own terms. */
export function translated(error: unknown, { asked, now }: { asked: string; now: number }): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const { errors, status, response, headers, message } = error as OctokitError
  if (errors) return failureOfGraphql(errors, { asked, now, headers: headers ?? {} })
  // Octokit gives a broken connection the status 500; what has none is a mistake of ours.
  if (status === undefined) return error
  const details = response?.data?.errors ? ` ${JSON.stringify(response.data.errors)}` : ''
  const said = `${response?.data?.message ?? message}${details}`
  return failureOf({ status, message: said, headers: response?.headers ?? {}, asked }, now)
}

export function failureOfGraphql(
  errors: readonly GraphqlError[],
  { asked, now, headers }: { asked: string; now: number; headers: Headers },
): Error {
  const said = errors.map((each) => each.message).join(' ')
  const type = errors.find((each) => each.type)?.type ?? ''
  return failureOf({ status: GRAPHQL_STATUS[type] ?? 422, message: said, headers, asked }, now)
}

export function statusOf(error: unknown): number | undefined {
  return (error as OctokitError).status
}

export function headersOf(error: unknown): Headers {
  return (error as OctokitError).response?.headers ?? {}
}

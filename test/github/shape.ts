import type { Reply } from './call.ts'

/** What is sent instead of an answer. */
export type Sent =
  | (Reply & { readonly how: 'reply'; readonly text?: string; readonly type?: string })
  /** The connection ends before anything of an answer came. */
  | { readonly how: 'cut' }
  /** The answer begins, and the connection ends in the middle of its body. */
  | { readonly how: 'break-off' }
  /** Nothing ever comes. */
  | { readonly how: 'silence' }

/** The request that is refused, and what it would have been answered where that is known. */
export interface RefusedRequest {
  readonly now: number
  /** `installation ID 5`. */
  readonly caller: string
  readonly kind: string
  readonly answer: Reply | undefined
}

export interface Shape {
  /** Where GitHub sends it. */
  readonly over: 'rest' | 'graphql' | 'both'
  /** Where it was seen, or is written down. */
  readonly source: string
  send(this: void, request: RefusedRequest): Sent
}

export const DOCS = 'https://docs.github.com'
export const GRAPHQL_LIMITS = `${DOCS}/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api`
export const REST_LIMITS = `${DOCS}/rest/using-the-rest-api/rate-limits-for-the-rest-api`
export const TROUBLE = `${DOCS}/rest/using-the-rest-api/troubleshooting-the-rest-api`
export const SECONDARY =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.'
export const WENT_WRONG =
  'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include `E1C2:6D0F:1A2B3C` when reporting this issue.'
export const NOT_GRANTED = 'Resource not accessible by integration'
const UNICORN =
  '<!DOCTYPE html>\n<html>\n  <body>\n    <p>We had issues producing the response to your request.</p>\n  </body>\n</html>\n'

export const json = (
  status: number,
  message: string,
  more: { body?: object; headers?: Record<string, string> } = {},
): Sent => ({
  how: 'reply',
  status,
  body: { message, documentation_url: `${DOCS}/rest`, status: String(status), ...more.body },
  headers: { ...more.headers },
})
export const page = (status: number, text = UNICORN): Sent => ({
  how: 'reply',
  status,
  text,
  type: 'text/html; charset=utf-8',
})
export const graphql = (
  error: object,
  more: { status?: number; data?: unknown; headers?: Record<string, string> } = {},
): Sent => ({
  how: 'reply',
  status: more.status ?? 200,
  body: { ...('data' in more && { data: more.data }), errors: [error] },
  headers: { ...more.headers },
})

/** Twenty minutes from now, as GitHub names it. */
export const usedUp = ({ now }: RefusedRequest): Record<string, string> => ({
  'x-ratelimit-limit': '5000',
  'x-ratelimit-remaining': '0',
  'x-ratelimit-used': '5000',
  'x-ratelimit-reset': String(Math.ceil(now / 1000) + 1200),
})

export function okay(answer: Reply | undefined): {
  how: 'reply'
  status: number
  headers: Record<string, string>
} {
  return { how: 'reply', status: answer?.status ?? 200, headers: {} }
}

/** Every second thing that was asked for is null, with an error for it; the rest is there. */
export function partly(answer: Reply | undefined): Sent {
  const { data } = (answer?.body ?? {}) as { data?: Record<string, Record<string, unknown> | null> }
  const errors: object[] = []
  const kept = Object.entries(data ?? {}).map(([name, fields]) => {
    const rows = Object.entries(fields ?? {}).map(([field, value], index): [string, unknown] => {
      if (index % 2 === 0) return [field, value]
      errors.push({
        type: 'RESOURCE_LIMITS_EXCEEDED',
        path: [name, field],
        message: 'Resource limits for this query exceeded.',
      })
      return [field, null]
    })
    return [name, fields && Object.fromEntries(rows)]
  })
  if (errors.length === 0)
    errors.push({ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits for this query exceeded.' })
  return {
    how: 'reply',
    status: 200,
    headers: {},
    body: { data: Object.fromEntries(kept) as object, errors },
  }
}

/** The first thing that was asked for. */
export function pathOf(answer: Reply | undefined): string[] {
  const { data } = (answer?.body ?? {}) as { data?: object }
  return Object.keys(data ?? {}).slice(0, 1)
}

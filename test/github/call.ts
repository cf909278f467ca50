import type { Actor } from './actors.ts'
import type { Json, Operation } from './description.ts'
import { findRepo, type Repo, type World } from './world.ts'
import type { Webhooks } from './webhooks.ts'

/** One request as a handler sees it. */
export interface Call {
  readonly world: World
  readonly webhooks: Webhooks
  readonly operation: Operation
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: Json
  readonly actor: Actor
  /** Where the request came in, for links to further pages. */
  readonly url: URL
}

export interface Reply {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Handler = (call: Call) => Reply

export type Handlers = Readonly<Record<string, Handler>>

/** An answer that says no, as GitHub would. */
export class Failure extends Error {
  readonly reply: Reply

  constructor(
    status: number,
    message: string,
    more: { errors?: readonly unknown[]; headers?: Record<string, string> } = {},
  ) {
    super(message)
    const documentation_url = 'https://docs.github.com/rest'
    const body = {
      message,
      ...(more.errors && { errors: more.errors }),
      documentation_url,
      status: String(status),
    }
    this.reply = { status, body, ...(more.headers && { headers: more.headers }) }
  }
}

export function notFound(): Failure {
  return new Failure(404, 'Not Found')
}

/** A 422 with one coded error, the form most of GitHub's validations have. */
export function invalid(resource: string, field: string, code: string): Failure {
  return new Failure(422, 'Validation Failed', { errors: [{ resource, field, code }] })
}

/** The repository a path names. */
export function repoOf({ world, params }: Pick<Call, 'world' | 'params'>): Repo {
  const repo = findRepo(world, params.owner as string, params.repo as string)
  if (!repo) throw notFound()
  return repo
}

/** One page of a list, with the links GitHub sends to the others. */
export function paged<T>(
  call: Call,
  items: readonly T[],
): { items: readonly T[]; headers: Record<string, string> } {
  const size = Math.min(Number(call.query.get('per_page') ?? 30), 100)
  const page = Number(call.query.get('page') ?? 1)
  const last = Math.max(1, Math.ceil(items.length / size))
  const links: string[] = []
  const link = (to: number, rel: string) => {
    const url = new URL(call.url)
    url.searchParams.set('page', String(to))
    links.push(`<${url.href}>; rel="${rel}"`)
  }
  if (page > 1) link(page - 1, 'prev')
  if (page < last) link(page + 1, 'next')
  if (page < last) link(last, 'last')
  if (page > 1) link(1, 'first')
  return {
    items: items.slice((page - 1) * size, page * size),
    headers: links.length ? { link: links.join(', ') } : {},
  }
}

/** A list answered a page at a time. */
export function listReply(call: Call, all: readonly unknown[]): Reply {
  const { items, headers } = paged(call, all)
  return { status: 200, body: items, headers }
}

import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { checkAccess, whoIsAsking, type Actor } from './actors.ts'
import { Failure, notFound, repoOf, type Call, type Handlers, type Reply } from './call.ts'
import { filled, findRoute, wrongInAnswer, wrongInRequest, type Json, type Route } from './description.ts'
import { executeGraphql } from './graphql/execute.ts'
import type { Limits } from './limits.ts'
import { NEEDS } from './needs.ts'
import type { Stage } from './refs.ts'
import { apps } from './routes/apps.ts'
import { checks } from './routes/checks.ts'
import { gitData } from './routes/git-data.ts'
import { issues } from './routes/issues.ts'
import { pulls } from './routes/pulls.ts'
import { repos } from './routes/repos.ts'

/** One request as it was answered; benches count these. */
export interface Counted {
  /** The operation by GitHub's name, `graphql query` or `graphql mutation`, or method and path where there is none. */
  readonly kind: string
  /** Who asked, `installation ID 5` for one. */
  readonly by: string
  /** When, by the stand-in's clock. */
  readonly at: number
  readonly status: number
  /** Whether GitHub's limit on content creation counts it. */
  readonly isContent: boolean
  /** Bytes of the bodies as they travelled; GitHub packs its answers for whoever takes them so. */
  readonly sent: number
  readonly received: number
  /** Bytes of the answer before it was packed. */
  readonly unpacked: number
}

/** A request that fails on purpose: the first that fits, as often as `times` says. */
export interface Fault {
  readonly kind: string | RegExp
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  times: number
}

/** Something that happens right before the next request of this kind is looked at. */
export interface Interlude {
  readonly kind: string
  play(this: void): Promise<void>
}

export interface Desk extends Stage {
  readonly limits: Limits
  readonly requests: Counted[]
  readonly faults: Fault[]
  readonly interludes: Interlude[]
  /** What the stand-in itself did that GitHub's description does not allow. */
  readonly violations: string[]
  /** Where the API lies: `` as on github.com, or `/api` as on GitHub Enterprise Server. */
  readonly base: '' | '/api'
}

const HANDLERS: Handlers = { ...apps, ...checks, ...gitData, ...issues, ...pulls, ...repos }

/** The HTTP side: reads a request, lets it through or not, answers it, and checks the answer. */
export function serve(desk: Desk): Server {
  return createServer((request, response) => {
    void readBody(request).then(async (raw) => {
      await meanwhile(desk, request, raw)
      answer(desk, { request, response, raw })
    })
  })
}

/** Lets something else happen between the moment a request was sent and the moment it is looked at. */
async function meanwhile({ interludes, base }: Desk, request: IncomingMessage, raw: Buffer): Promise<void> {
  if (interludes.length === 0) return
  const { method = 'GET', url = '/' } = request
  const path = (url.split('?')[0] as string).slice(base === '' ? 0 : `${base}/v3`.length)
  const isMutation = path.endsWith('/graphql') && raw.includes('mutation')
  const kind = isMutation ? 'graphql mutation' : findRoute(method, path)?.operation.id
  const at = interludes.findIndex((each) => each.kind === kind)
  const [found] = at < 0 ? [] : interludes.splice(at, 1)
  await found?.play()
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly raw: Buffer
}

function answer(desk: Desk, { request, response, raw }: Exchange): void {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
  const at = desk.world.now()
  const seen = { kind: `${request.method} ${url.pathname}`, isContent: false, by: 'anyone', at }
  const headers: Record<string, string> = { 'x-github-request-id': String(desk.world.nextId()) }
  let reply: Reply
  try {
    reply = route(desk, { request, url, raw, seen, headers })
  } catch (error) {
    if (error instanceof Failure) reply = error.reply
    else {
      desk.violations.push(
        `${seen.kind}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      )
      reply = { status: 500, body: { message: 'The stand-in broke' } }
    }
  }
  const body = reply.body === undefined ? '' : JSON.stringify(reply.body)
  // GraphQL answers 200 whatever happens.
  const status = seen.kind.startsWith('graphql') && isRefusal(reply.body) ? 422 : reply.status
  const isPacked = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && body.length > WORTH_PACKING
  const bytes = isPacked ? gzipSync(body) : Buffer.from(body)
  const unpacked = Buffer.byteLength(body)
  desk.requests.push({ ...seen, status, sent: bytes.length, received: raw.length, unpacked })
  response.writeHead(reply.status, {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    ...(isPacked && { 'content-encoding': 'gzip' }),
    ...reply.headers,
  })
  response.end(bytes)
}

const WORTH_PACKING = 1400

function isRefusal(body: unknown): boolean {
  const { data, errors } = (body ?? {}) as { data?: unknown; errors?: readonly unknown[] }
  return (
    errors !== undefined &&
    (data === undefined || data === null || Object.values(data).every((each) => each === null))
  )
}

interface Asking {
  readonly request: IncomingMessage
  readonly url: URL
  readonly raw: Buffer
  readonly seen: { kind: string; isContent: boolean; by: string }
  readonly headers: Record<string, string>
}

function route(desk: Desk, asking: Asking): Reply {
  const { request, url, raw, seen, headers } = asking
  const method = request.method ?? 'GET'
  if (method === 'POST' && url.pathname === `${desk.base}/graphql`) {
    const body = readJson(raw) as { query?: string; variables?: unknown }
    const isMutation = /^\s*mutation\b/.test(body.query ?? '')
    seen.kind = `graphql ${isMutation ? 'mutation' : 'query'}`
    const actor = admit(desk, asking, { isWrite: isMutation, isContent: false })
    if (actor.kind === 'anyone' || actor.kind === 'app')
      throw new Failure(401, 'This endpoint requires you to be authenticated.')
    return executeGraphql({ ...desk, actor }, body)
  }
  const prefix = desk.base === '' ? '' : `${desk.base}/v3`
  const found = url.pathname.startsWith(prefix)
    ? findRoute(method, url.pathname.slice(prefix.length))
    : undefined
  if (!found) throw notFound()
  seen.kind = found.operation.id
  seen.isContent = found.operation.notifies
  const actor = admit(desk, asking, { isWrite: method !== 'GET', isContent: seen.isContent })
  const reply = handled(desk, found, { actor, url, body: raw.length ? readJson(raw) : {} })
  if (method !== 'GET' || reply.status !== 200) return reply
  const etag = `W/"${createHash('sha256').update(JSON.stringify(reply.body)).digest('hex')}"`
  if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag } }
  desk.limits.count(callerOf(actor))
  Object.assign(headers, desk.limits.headers(callerOf(actor)))
  return { ...reply, headers: { ...reply.headers, etag } }
}

/** A read that ends in a no counts as one that was answered. */
function handled(desk: Desk, route: Route, asked: Pick<Call, 'actor' | 'url' | 'body'>): Reply {
  try {
    return handle(desk, route, asked)
  } catch (error) {
    if (route.operation.method === 'GET') desk.limits.count(callerOf(asked.actor))
    throw error
  }
}

/** Who is asking, after faults made on purpose and the limits had their say. */
function admit(
  desk: Desk,
  { request, seen, headers }: Asking,
  cost: { isWrite: boolean; isContent: boolean },
): Actor {
  const fault = desk.faults.find(
    ({ kind, times }) => times > 0 && (typeof kind === 'string' ? kind === seen.kind : kind.test(seen.kind)),
  )
  if (fault) {
    fault.times--
    const failure = new Failure(fault.status, 'Made on purpose', { headers: { ...fault.headers } })
    throw Object.assign(
      failure,
      fault.body !== undefined && { reply: { ...failure.reply, body: fault.body } },
    )
  }
  const actor = whoIsAsking(desk.world, request.headers.authorization)
  const caller = callerOf(actor)
  seen.by = caller
  // What the App asks as itself (tokens, where it is installed) counts against no installation's hour.
  if (actor.kind === 'app') return actor
  if (actor.kind === 'installation') desk.limits.size(caller, actor.installation.repositories.size)
  desk.limits.checkPrimary(caller)
  desk.limits.checkPace(caller, cost)
  // What is read under an ETag and has not changed is free, so reads are counted once they are answered.
  if (request.method !== 'GET') desk.limits.count(caller)
  Object.assign(headers, desk.limits.headers(caller))
  return actor
}

function handle(
  desk: Desk,
  { operation, params }: Route,
  asked: Pick<Call, 'actor' | 'url' | 'body'>,
): Reply {
  const handler = HANDLERS[operation.id]
  if (!handler) throw new Error(`the stand-in does not do ${operation.id} yet`)
  const need = NEEDS[operation.id]
  const call: Call = {
    ...asked,
    world: desk.world,
    webhooks: desk.webhooks,
    operation,
    params,
    query: asked.url.searchParams,
  }
  if (need) checkAccess(asked.actor, repoOf(call), need)
  const wrong = wrongInRequest(operation, asked.body)
  if (wrong) throw new Failure(422, `Invalid request.\n\n${wrong}`)
  const reply = handler(call)
  const body = filled(operation, reply.status, reply.body)
  const broken = wrongInAnswer(operation, reply.status, body)
  if (broken) desk.violations.push(`${operation.id} ${reply.status}: ${broken}`)
  return { ...reply, body }
}

function callerOf(actor: Actor): string {
  if (actor.kind === 'installation') return `installation ID ${actor.installation.id}`
  return actor.kind === 'person' ? `user ${actor.login}` : actor.kind
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function readJson(raw: Buffer): Json {
  try {
    return JSON.parse(raw.toString('utf8')) as Json
  } catch {
    throw new Failure(400, 'Problems parsing JSON')
  }
}

import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { checkAccess, whoIsAsking, type Actor } from './actors.ts'
import { Failure, notFound, repoOf, type Call, type Handlers, type Reply } from './call.ts'
import { takeFault, type Fault } from './faults.ts'
import { filled, findRoute, wrongInAnswer, wrongInRequest, type Route } from './description.ts'
import { executeGraphql } from './graphql/execute.ts'
import type { Limits } from './limits.ts'
import { NEEDS } from './needs.ts'
import type { Stage } from './refs.ts'
import type { Sent } from './shape.ts'
import { apps } from './routes/apps.ts'
import { checks } from './routes/checks.ts'
import { gitData } from './routes/git-data.ts'
import { issues } from './routes/issues.ts'
import { isRegistration, register } from './register-app.ts'
import { pulls } from './routes/pulls.ts'
import { readBody, readJson } from './read-body.ts'
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

/** Something that happens right before the next request of this kind is looked at. */
export interface Interlude {
  readonly kind: string
  play(this: void): Promise<void>
}

interface Desk extends Stage {
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
  const asked = findAsked(desk, { request, url, raw })
  const seen = { kind: asked.kind, isContent: asked.route?.operation.notifies ?? false, by: 'anyone', at }
  const headers: Record<string, string> = { 'x-github-request-id': String(desk.world.nextId()) }
  const asking: Asking = { request, url, raw, seen, headers, asked }
  const fault = takeFault(desk.faults, seen.kind)
  // A query changes nothing, and what it asks for tells what a refusal would name.
  const isDone = !fault || fault.when === 'after' || seen.kind === 'graphql query'
  const { lag } = desk.world
  desk.world.lag = fault?.lag ?? lag
  const reply = isDone ? answered(desk, asking) : undefined
  desk.world.lag = lag
  const caller = seen.by === 'anyone' ? nameOf(desk, request) : seen.by
  const sent: Sent = fault
    ? fault.send({ now: at, caller, kind: seen.kind, answer: reply })
    : { how: 'reply', ...(reply as Reply) }
  send({ desk, request, response, raw }, { seen, headers, sent, reply })
}

/** What is done, in GitHub's words where it says no. */
function answered(desk: Desk, asking: Asking): Reply {
  try {
    return route(desk, asking)
  } catch (error) {
    if (error instanceof Failure) return error.reply
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
    desk.violations.push(`${asking.seen.kind}: ${said}`)
    return { status: 500, body: { message: 'The stand-in broke' } }
  }
}

function send(
  { desk, request, response, raw }: Exchange & { readonly desk: Desk },
  {
    seen,
    headers,
    sent,
    reply,
  }: { seen: Asking['seen']; headers: Record<string, string>; sent: Sent; reply: Reply | undefined },
): void {
  const count = (status: number, bytes: number, unpacked: number) =>
    desk.requests.push({ ...seen, status, sent: bytes, received: raw.length, unpacked })
  if (sent.how === 'silence' || sent.how === 'cut') {
    count(0, 0, 0)
    if (sent.how === 'cut') request.socket.destroy()
    return
  }
  if (sent.how === 'break-off') {
    const whole = Buffer.from(JSON.stringify(reply?.body ?? { message: 'An answer that has begun' }))
    count(reply?.status ?? 200, 0, 0)
    response.writeHead(reply?.status ?? 200, {
      ...{ ...headers, 'content-type': JSON_TYPE, 'content-length': String(whole.length) },
    })
    response.write(whole.subarray(0, Math.ceil(whole.length / 2)), () => request.socket.destroy())
    return
  }
  const body = sent.text ?? (sent.body === undefined ? '' : JSON.stringify(sent.body))
  // GraphQL answers 200 whatever happens.
  const status =
    seen.kind.startsWith('graphql') && sent.status === 200 && isRefusal(sent.body) ? 422 : sent.status
  const isPacked = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && body.length > WORTH_PACKING
  const bytes = isPacked ? gzipSync(body) : Buffer.from(body)
  count(status, bytes.length, Buffer.byteLength(body))
  response.writeHead(sent.status, {
    ...headers,
    'content-type': sent.type ?? JSON_TYPE,
    ...(isPacked && { 'content-encoding': 'gzip' }),
    ...sent.headers,
  })
  response.end(bytes)
}

const JSON_TYPE = 'application/json; charset=utf-8'
const WORTH_PACKING = 1400

function isRefusal(body: unknown): boolean {
  const { data, errors } = (body ?? {}) as { data?: unknown; errors?: readonly unknown[] }
  return (
    errors !== undefined &&
    (data === undefined || data === null || Object.values(data).every((each) => each === null))
  )
}

interface Asked {
  readonly kind: string
  /** Absent for GraphQL, and for what is no operation. */
  readonly route?: Route
}

interface Asking {
  readonly request: IncomingMessage
  readonly url: URL
  readonly raw: Buffer
  readonly asked: Asked
  readonly seen: { kind: string; isContent: boolean; by: string; at: number }
  readonly headers: Record<string, string>
}

function findAsked({ base }: Desk, { request, url, raw }: Pick<Asking, 'request' | 'url' | 'raw'>): Asked {
  const method = request.method ?? 'GET'
  if (method === 'POST' && url.pathname === `${base}/graphql`)
    return { kind: `graphql ${/"query"\s*:\s*"\s*mutation\b/.test(raw.toString()) ? 'mutation' : 'query'}` }
  const prefix = base === '' ? '' : `${base}/v3`
  const found = url.pathname.startsWith(prefix)
    ? findRoute(method, url.pathname.slice(prefix.length))
    : undefined
  return found ? { kind: found.operation.id, route: found } : { kind: `${method} ${url.pathname}` }
}

function route(desk: Desk, asking: Asking): Reply {
  const { request, url, raw, asked, seen, headers } = asking
  const method = request.method ?? 'GET'
  if (asked.kind.startsWith('graphql ')) {
    const body = readJson(raw) as { query?: string; variables?: unknown }
    const actor = admit(desk, asking, { isWrite: asked.kind === 'graphql mutation', isContent: false })
    if (actor.kind === 'anyone' || actor.kind === 'app')
      throw new Failure(401, 'This endpoint requires you to be authenticated.')
    return executeGraphql({ ...desk, actor, most: desk.limits.settings.objects }, body)
  }
  if (isRegistration(method, url.pathname)) return register(desk.world, url, raw)
  const found = asked.route
  if (!found) throw notFound()
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

/** Who is asking, after the limits had their say. */
function admit(
  desk: Desk,
  { request, seen, headers }: Asking,
  cost: { isWrite: boolean; isContent: boolean },
): Actor {
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

/** Who asks, where nobody has looked yet. */
function nameOf(desk: Desk, request: IncomingMessage): string {
  try {
    return callerOf(whoIsAsking(desk.world, request.headers.authorization))
  } catch {
    return 'anyone'
  }
}

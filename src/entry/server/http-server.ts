import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { ReadBody, WebhookBodies } from './webhook-bodies.ts'
import {
  refuseUnread,
  tooLarge,
  tooMuchAtOnce,
  type DoorAnswer,
  type WebhookRequest,
} from './answer-webhook.ts'

interface Routes {
  readonly pages: Readonly<Record<string, () => Promise<Page>>>
  /** A worker has none. */
  readonly webhooks?: WebhookRoute
}

interface WebhookRoute {
  readonly bodies: WebhookBodies
  answer(this: void, request: WebhookRequest): Promise<DoorAnswer>
  /** Hears of every webhook answered, with the seconds it took. */
  onAnswer(this: void, answer: DoorAnswer, seconds: number): void
}

export interface Page {
  readonly status: number
  readonly type: string
  readonly text: string
}

/** Probot's own path, so that Apps registered for Probot work as they are. */
const WEBHOOK_PATH = '/api/github/webhooks'

/** An HTTP server with a few pages to look at and, on a server, the door for webhooks. */
export function httpServer(routes: Routes): Server {
  const server = createServer((request, response) => {
    handle(request, response, routes).catch(() =>
      send(response, { status: 500, type: PLAIN, text: 'Defect.\n' }),
    )
  })
  // A sender that dawdles holds a connection; GitHub itself gives up after ten seconds.
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  return server
}

export const PLAIN = 'text/plain; charset=utf-8'

async function handle(request: IncomingMessage, response: ServerResponse, routes: Routes): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] as string
  if (routes.webhooks && path === WEBHOOK_PATH) return answerWebhook(request, response, routes.webhooks)
  const page = Object.hasOwn(routes.pages, path) ? routes.pages[path] : undefined
  if (!page) return send(response, { status: 404, type: PLAIN, text: 'There is nothing here.\n' })
  if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed(response, 'GET')
  send(response, await page())
}

async function answerWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  webhooks: WebhookRoute,
): Promise<void> {
  if (request.method !== 'POST') return notAllowed(response, 'POST')
  const header = (name: string): string | undefined => {
    const value = request.headers[name]
    return Array.isArray(value) ? value[0] : value
  }
  const unread = refuseUnread({ header })
  const read = unread ? undefined : await webhooks.bodies.read(request)
  if (read?.kind === 'gone') return void response.destroy()
  const started = performance.now()
  const answer = unread ?? (await answerRead(read, header, webhooks))
  webhooks.onAnswer(answer, (performance.now() - started) / 1000)
  // What was not read is not worth reading: the connection is closed instead.
  if (read?.kind !== 'body') response.setHeader('connection', 'close')
  send(response, { status: answer.status, type: PLAIN, text: `${answer.text}\n` })
}

async function answerRead(
  read: ReadBody | undefined,
  header: WebhookRequest['header'],
  webhooks: WebhookRoute,
): Promise<DoorAnswer> {
  if (read?.kind === 'too-large') return tooLarge()
  if (read?.kind !== 'body') return tooMuchAtOnce()
  const { body, signature } = read
  return webhooks.answer({ header, body, signature })
}

function notAllowed(response: ServerResponse, method: string): void {
  response.setHeader('allow', method)
  send(response, { status: 405, type: PLAIN, text: `Only ${method} is answered here.\n` })
}

function send(response: ServerResponse, { status, type, text }: Page): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  })
  response.end(text)
}

import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen } from '../server/listen.ts'
import type { Page } from './start-page.ts'

/** What came of waiting for somebody to register the App. */
export type Answer =
  | { readonly kind: 'code'; readonly code: string; readonly reply: (answer: Reply) => Promise<void> }
  /** The time was over. */
  | { readonly kind: 'late' }
  /** The process was asked to stop. */
  | { readonly kind: 'stopped' }

/** What the browser is shown in the end: the address it goes on to, or a page. */
type Reply = { readonly to: string } | { readonly page: Page }

/** A server of a few minutes, for one browser on this machine. */
export interface SetupDoor {
  /** What to open. Nobody else can guess it: whoever is first here gives the App's key to this machine. */
  readonly address: string
  answer(this: void, longest: number): Promise<Answer>
  close(this: void): Promise<void>
}

/** The pages that are shown, by what they need to know. */
interface DoorPages {
  /** `back` is where GitHub sends the browser; `state` is what it says again there. */
  readonly start: (at: { readonly back: string; readonly state: string }) => Page
  readonly foreign: () => Page
  readonly over: () => Page
}

const HOST = '127.0.0.1'

/** Opens it on this machine alone. Rejects where the port is taken. */
export async function openDoor(port: number, pages: DoorPages): Promise<SetupDoor> {
  const secret = randomBytes(24).toString('base64url')
  const waiting: { take?: (answer: Answer) => void } = {}
  let isAnswered = false
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${HOST}`)
    const show = (page: Page): Promise<void> => sendPage(response, page)
    if (request.method !== 'GET') return void show(nothing(405))
    if (url.pathname === `/${secret}`)
      return void show(pages.start({ back: `${addressOf(request)}/created`, state: secret }))
    if (url.pathname !== '/created') return void show(nothing(404))
    const code = url.searchParams.get('code') ?? ''
    if (!isSame(url.searchParams.get('state') ?? '', secret) || !/^[\w-]+$/.test(code))
      return void show(pages.foreign())
    if (isAnswered) return void show(pages.over())
    isAnswered = true
    waiting.take?.({
      kind: 'code',
      code,
      reply: (answer) => ('to' in answer ? sendOn(response, answer.to) : show(answer.page)),
    })
  })
  const opened = await listen(server, { port, host: HOST })
  return {
    address: `${opened.url}/${secret}`,
    answer: (longest) =>
      new Promise((resolve) => {
        const stop = (): void => take({ kind: 'stopped' })
        const timer = setTimeout(() => take({ kind: 'late' }), longest)
        const take = (answer: Answer): void => {
          clearTimeout(timer)
          process.removeListener('SIGINT', stop)
          process.removeListener('SIGTERM', stop)
          // From here on a signal would take away a key that GitHub hands out once.
          if (answer.kind === 'code') for (const signal of SIGNALS) process.on(signal, hold)
          resolve(answer)
        }
        waiting.take = take
        for (const signal of SIGNALS) process.on(signal, stop)
      }),
    close: async () => {
      for (const signal of SIGNALS) process.removeListener(signal, hold)
      await opened.close(1000)
    },
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

function hold(): void {
  // The few seconds until the key is written are waited for; the time limit of a request ends them.
}

/** The address as the browser has it: another port leads here where one is forwarded. */
function addressOf({ headers }: IncomingMessage): string {
  return `http://${headers.host ?? HOST}`
}

function isSame(said: string, secret: string): boolean {
  const [one, other] = [Buffer.from(said), Buffer.from(secret)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function nothing(status: number): Page {
  return { status, html: '' }
}

function sendPage(response: ServerResponse, { status, html, mayPostTo = '' }: Page): Promise<void> {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${mayPostTo}; frame-ancestors 'none'; base-uri 'none'`
  return send(response, { status, headers: { 'content-type': 'text/html; charset=utf-8' }, policy, html })
}

function sendOn(response: ServerResponse, to: string): Promise<void> {
  return send(response, { status: 303, headers: { location: to }, policy: "default-src 'none'", html: '' })
}

interface Sent {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly policy: string
  readonly html: string
}

function send(response: ServerResponse, { status, headers, policy, html }: Sent): Promise<void> {
  const always = {
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'content-security-policy': policy,
    connection: 'close',
  }
  response.writeHead(status, Object.assign(always, headers))
  return new Promise((resolve) => {
    response.on('close', () => resolve())
    response.end(html)
  })
}

import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { UseCases } from '../../../src/app/jobs/use-cases.ts'
import { readEnv } from '../../../src/entry/server/read-env.ts'
import { startServer, type RunningServer } from '../../../src/entry/server/start-server.ts'
import { wire } from '../../../src/entry/server/wire.ts'
import { memoryHost } from '../../support/memory-host.ts'
import { testKey } from '../../support/test-key.ts'
import { until } from '../../support/until.ts'
import { push, SECRET, webhook, type Webhook } from '../../support/webhook.ts'

const ENV = { APP_ID: '1', PRIVATE_KEY: testKey(), WEBHOOK_SECRET: SECRET, PORT: '0', HOST: '127.0.0.1' }

const running: RunningServer[] = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})

async function start(handlers: Partial<UseCases> = {}, more: Readonly<Record<string, string>> = {}) {
  const lines: string[] = []
  const looked: string[] = []
  const host = memoryHost()
  host.add('me/kubespray')
  host.add('kubernetes-sigs/kubespray')
  const nothing = async (): Promise<void> => {}
  const useCases: UseCases = {
    lookAfter: async ({ repository }) => void looked.push(`${repository.owner}/${repository.name}`),
    lookIfChanged: async ({ repository }) => void looked.push(`${repository.owner}/${repository.name}`),
    recheck: nothing,
    answerComments: nothing,
    pressButton: nothing,
    answerDashboard: nothing,
    tellUnclear: nothing,
    apologize: nothing,
    ...handlers,
  }
  const note = (message: string, fields?: object) => void lines.push(`${message} ${JSON.stringify(fields)}`)
  const wiring = wire(readEnv({ ...ENV, ...more }, 'serve'), {
    host,
    useCases,
    log: { info: note, error: note },
  })
  const server = await startServer(wiring)
  running.push(server)
  // The first sweep looks at everything; what a test sends comes after it.
  await until(() => looked.length === 2)
  looked.splice(0)
  return { server, lines, looked, wiring }
}

function post(server: RunningServer, { headers, body }: Webhook): Promise<Response> {
  return fetch(`${server.url}/api/github/webhooks`, { method: 'POST', headers, body })
}

test('a signed webhook is answered at once and becomes work', async () => {
  const { server, looked, lines } = await start()
  const answer = await post(server, webhook('push', push('me/kubespray'), 'd-1'))
  expect(answer.status).toBe(202)
  await until(() => looked.length === 1)
  expect(looked).toEqual(['me/kubespray'])
  expect((await post(server, webhook('push', push('me/kubespray'), 'd-1'))).status).toBe(202)
  const told = lines.filter((line) => line.includes('"delivery":"d-1"')).map((line) => line.split(' {')[0])
  expect(told.sort()).toEqual(['job done', 'webhook', 'webhook'])
  expect(looked).toHaveLength(1)
})

test('a forged webhook is refused, and neither it nor a good one is logged with its payload', async () => {
  const { server, lines } = await start()
  const forged = webhook('push', push('me/kubespray'))
  expect((await post(server, { ...forged, body: forged.body.replace('ada', 'eve') })).status).toBe(401)
  await post(
    server,
    webhook('issue_comment', { action: 'created', comment: { body: '/multiarch plan: s3cret' } }),
  )
  expect(lines.join('\n')).not.toContain('s3cret')
})

test('a queue that is away answers 503, logs no payload, and the server stays up', async () => {
  const { server, wiring, lines } = await start()
  wiring.queue.enqueue = () => Promise.reject(new Error('connection refused'))
  wiring.queue.ready = () => Promise.resolve(false)
  const answer = await post(server, webhook('push', { ...push('me/kubespray'), secret: 's3cret' }))
  expect(answer.status).toBe(503)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${server.url}/`)).status).toBe(200)
  expect(lines.join('\n')).not.toContain('s3cret')
})

test('an event nobody subscribed to is a quiet line', async () => {
  const { server } = await start()
  expect((await post(server, webhook('star', { action: 'created' }))).status).toBe(202)
  expect((await post(server, webhook('no_such_event', {}))).status).toBe(202)
})

test('shows version, health and counts, and metrics', async () => {
  const { server, looked } = await start()
  await post(server, webhook('push', push('me/kubespray')))
  await until(() => looked.length === 1)
  const page = await (await fetch(`${server.url}/`)).text()
  expect(page).toContain('Jobs done in the last day')
  expect(await (await fetch(`${server.url}/readyz`)).text()).toBe('ready\n')
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  expect(metrics).toContain('multiarch_webhooks_total{event="push",outcome="accepted"} 1')
  expect(metrics).toContain('multiarch_jobs_total{kind="look",outcome="done"} 1')
  expect(metrics).toContain('multiarch_jobs_total{kind="sweep",outcome="done"} 2')
  expect(metrics).toContain('multiarch_queue_jobs{state="waiting"} 0')
})

test.each([
  ['GET', '/api/github/webhooks', 405],
  ['POST', '/healthz', 405],
  ['GET', '/nowhere', 404],
  ['GET', '/__proto__', 404],
])('%s %s answers %i', async (method, path, status) => {
  const { server } = await start()
  expect((await fetch(`${server.url}${path}`, { method })).status).toBe(status)
})

test('a body without end is cut off', async () => {
  const { server } = await start()
  const { headers } = webhook('push', '{}')
  const status = await new Promise<number | undefined>((resolve) => {
    const sending = request(`${server.url}/api/github/webhooks`, { method: 'POST', headers })
    sending.on('response', (response) => resolve(response.statusCode))
    sending.on('error', () => resolve(413))
    const megabyte = Buffer.alloc(1024 * 1024, 'x')
    const write = () => void (sending.destroyed || sending.write(megabyte, () => setImmediate(write)))
    write()
  })
  expect(status).toBe(413)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
})

test('whoever dawdles over a request does not keep the server from stopping', async () => {
  const { server } = await start({}, { GRACE_SECONDS: '0' })
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  const gone = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => {}).write('POST /api/github/webhooks HTTP/1.1\r\nhost: here\r\n')
  // The server has accepted the connection once it answers on another one.
  await fetch(`${server.url}/healthz`)
  running.splice(0)
  await server.stop()
  await gone
})

test('a server that stops lets a running job end', async () => {
  let letGo = () => {}
  let ended = false
  const { server } = await start({
    recheck: async () => {
      await new Promise<void>((resolve) => (letGo = resolve))
      ended = true
    },
  })
  const branch = 'multiarch/kubespray-2.30.0'
  const head = { ref: branch, repo: { full_name: 'me/kubespray' } }
  await post(
    server,
    webhook('pull_request', { ...push('me/kubespray'), action: 'synchronize', pull_request: { head } }),
  )
  await until(async () =>
    (await fetch(`${server.url}/metrics`).then((each) => each.text())).includes('state="running"} 1'),
  )
  const stopped = server.stop()
  running.splice(0)
  letGo()
  await stopped
  expect(ended).toBe(true)
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
})

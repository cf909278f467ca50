import { fork } from 'node:child_process'
import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { parseArgs } from 'node:util'
import type { UseCases } from '../src/app/jobs/use-cases.ts'
import { readEnv } from '../src/entry/server/read-env.ts'
import { startServer } from '../src/entry/server/start-server.ts'
import { wire } from '../src/entry/server/wire.ts'
import { memoryHost } from '../test/support/memory-host.ts'

/**
 * Large bodies with made-up signatures from many senders at once, over and over, and GitHub's own webhooks among them: the server's
 * memory, and how the real ones are answered. `npx tsx bench/flood.ts [--senders 100] [--megabytes 20] [--seconds 25] [--webhooks 20]`
 * (so many real ones a second) `[--chunked]` (senders that do not say how much they send). Server, senders and GitHub are three
 * processes on one machine: with two processors the senders take most of both.
 */
const { values } = parseArgs({
  options: {
    senders: { type: 'string', default: '100' },
    megabytes: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '25' },
    webhooks: { type: 'string', default: '20' },
    chunked: { type: 'boolean', default: false },
  },
})
const SECRET = 'bench bench bench'
const MEGABYTE = Buffer.alloc(1024 * 1024, 'x')
const until = Date.now() + Number(values.seconds) * 1000

const role = process.env['BENCH_ROLE']
if (role === 'server') await serveForBench()
else if (role === 'senders') await flood(process.env['BENCH_URL'] ?? '')
else await measure()

async function serveForBench(): Promise<void> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  const nothing = async (): Promise<void> => {}
  const useCases: UseCases = {
    ...{ lookAfter: nothing, lookIfChanged: nothing, recheck: nothing, answerComments: nothing },
    ...{ pressButton: nothing, answerDashboard: nothing, tellUnclear: nothing, apologize: nothing },
  }
  const host = memoryHost()
  host.add('kubernetes-sigs/kubespray')
  for (let index = 0; index < 100; index++) host.add(`us/cluster-${index}`)
  const env = { APP_ID: '1', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: SECRET, PORT: '0', HOST: '127.0.0.1' }
  const log = { info: () => {}, error: () => {} }
  const server = await startServer(wire(readEnv(env, 'serve'), { host, useCases, log }))
  let most = 0
  setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20)
  process.on('message', () => process.send?.({ most, now: process.memoryUsage().rss }))
  process.send?.({ url: server.url })
}

/** Each sender sends one body after the other, as fast as it is taken. */
async function flood(url: string): Promise<void> {
  const statuses = new Map<number, number>()
  const send = async (): Promise<void> => {
    while (Date.now() < until) {
      const status = await sendLarge(url)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: Number(values.senders) }, send))
  console.log(
    `the flood: ${[...statuses].map(([status, count]) => `${count} × ${status || 'cut off'}`).join(', ')}`,
  )
}

function sendLarge(url: string): Promise<number> {
  const size = Number(values.megabytes)
  return new Promise((resolve) => {
    const headers = {
      ...headersOf(`sha256=${'0'.repeat(64)}`),
      ...(!values.chunked && { 'content-length': size * MEGABYTE.length }),
    }
    const sending = request(
      `${url}/api/github/webhooks`,
      { method: 'POST', headers, agent: false },
      (answer) => {
        answer.resume()
        answer.on('close', () => {
          sending.destroy()
          resolve(answer.statusCode ?? 0)
        })
      },
    )
    sending.on('error', () => resolve(0))
    let sent = 0
    const write = (): void => {
      if (sending.destroyed) return
      if (sent++ === size) return void sending.end()
      sending.write(MEGABYTE, write)
    }
    write()
  })
}

async function measure(): Promise<void> {
  const server = fork(import.meta.filename, process.argv.slice(2), {
    ...{ env: { ...process.env, BENCH_ROLE: 'server' }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  })
  const once = <T>() => new Promise<T>((resolve) => server.once('message', resolve as never))
  const { url } = await once<{ url: string }>()
  const memory = async () => {
    server.send('memory')
    return once<{ most: number; now: number }>()
  }
  await burst(url, 2_000)
  const { now } = await memory()
  report('real ones alone', await burst(url, 5_000))
  const senders = fork(import.meta.filename, process.argv.slice(2), {
    env: { ...process.env, BENCH_ROLE: 'senders', BENCH_URL: url },
  })
  const gone = new Promise((resolve) => senders.once('exit', resolve))
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  report('real ones under the flood', await burst(url, Number(values.seconds) * 1000 - 5_000))
  await gone
  const { most } = await memory()
  console.log(`memory of the server: ${megabytes(now)} before, ${megabytes(most)} at most`)
  server.kill()
}

interface Burst {
  readonly statuses: ReadonlyMap<number, number>
  readonly times: readonly number[]
}

async function burst(url: string, milliseconds: number): Promise<Burst> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const statuses = new Map<number, number>()
  const times: number[] = []
  const count = Math.ceil((milliseconds / 1000) * Number(values.webhooks))
  const started = performance.now()
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const due = (index * milliseconds) / count
      await new Promise((resolve) => setTimeout(resolve, due - (performance.now() - started)))
      const { status, time } = await post(url, agent, index)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      times.push(time)
    }),
  )
  agent.destroy()
  return { statuses, times: times.sort((a, b) => a - b) }
}

function post(url: string, agent: Agent, index: number): Promise<{ status: number; time: number }> {
  const body = JSON.stringify({
    ref: 'refs/heads/main',
    repository: { full_name: `us/cluster-${index % 100}` },
    sender: { login: 'ada', type: 'User' },
    // A push of GitHub's has about 8 kB.
    filler: 'x'.repeat(8000),
  })
  const headers = {
    ...headersOf(`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`),
    'content-length': Buffer.byteLength(body),
  }
  return new Promise((resolve) => {
    const started = performance.now()
    const end = (status: number) => resolve({ status, time: performance.now() - started })
    const sending = request(`${url}/api/github/webhooks`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => end(answer.statusCode ?? 0))
    })
    sending.on('error', () => end(0))
    sending.end(body)
  })
}

function headersOf(signature: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': signature,
  }
}

function report(name: string, { statuses, times }: Burst): void {
  const at = (share: number) =>
    `${(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1)} ms`
  const answers = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ')
  console.log(`${name}: ${answers}; p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${at(1)}`)
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}

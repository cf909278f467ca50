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
 * 1,000 signed webhooks in five seconds from one sender, then the same under a flood of forged ones: answers, their times,
 * the server's memory and processor time, and whether every accepted one became a job. `npx tsx bench/webhooks.ts
 * [--webhooks 1000] [--seconds 5] [--forged 5000]`; with `REDIS_URL` set the jobs go there. The server is a process of its own. The
 * processor time is the figure to compare on a machine that has other things to do.
 */
const { values } = parseArgs({
  options: {
    webhooks: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '5' },
    forged: { type: 'string', default: '5000' },
  },
})
const SECRET = 'bench bench bench'

const role = process.env['BENCH_ROLE']
if (role === 'server') await serveForBench()
else if (role === 'flood') await flood()
else await measure()

/** The forged ones come from a process of their own, or their sender's work would be measured as the server's. */
async function flood(): Promise<void> {
  const url = process.env['BENCH_URL'] ?? ''
  report(
    'the flood itself',
    await burst(url, {
      count: Number(values.forged),
      milliseconds: Number(values.seconds) * 1000,
      forge: true,
    }),
  )
}

async function serveForBench(): Promise<void> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  let looked = 0
  const nothing = async (): Promise<void> => {}
  const useCases: UseCases = {
    lookAfter: async () => void looked++,
    lookIfChanged: nothing,
    ...{
      recheck: nothing,
      answerComments: nothing,
      pressButton: nothing,
      answerDashboard: nothing,
      tellUnclear: nothing,
      apologize: nothing,
    },
  }
  const host = memoryHost()
  host.add('kubernetes-sigs/kubespray')
  for (let index = 0; index < 100; index++) host.add(`us/cluster-${index}`)
  const env = {
    ...process.env,
    APP_ID: '1',
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: SECRET,
    PORT: '0',
    HOST: '127.0.0.1',
  }
  const wiring = wire(readEnv(env, 'serve'), { host, useCases })
  const server = await startServer(wiring)
  process.send?.({ url: server.url })
  process.on('message', () => {
    void wiring.queue
      .counts()
      .then((counts) =>
        process.send?.({ looked, counts, rss: process.memoryUsage().rss, cpu: process.cpuUsage() }),
      )
  })
}

async function measure(): Promise<void> {
  const child = fork(import.meta.filename, {
    env: { ...process.env, BENCH_ROLE: 'server' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const once = () => new Promise<Record<string, never>>((resolve) => child.once('message', resolve as never))
  const { url } = (await once()) as unknown as { url: string }
  const count = Number(values.webhooks)
  const milliseconds = Number(values.seconds) * 1000
  const facts = async (): Promise<Facts> => {
    child.send('facts')
    return (await once()) as unknown as Facts
  }
  await burst(url, { count: 50, milliseconds: 500, forge: false })
  const before = await facts()
  report('signed alone', await burst(url, { count, milliseconds, forge: false }))
  const after = await facts()
  const others = fork(import.meta.filename, process.argv.slice(2), {
    env: { ...process.env, BENCH_ROLE: 'flood', BENCH_URL: url },
  })
  const ended = new Promise((resolve) => others.once('exit', resolve))
  // It takes a second to start.
  await new Promise((resolve) => setTimeout(resolve, 1500))
  report('signed under the flood', await burst(url, { count, milliseconds, forge: false }))
  await ended
  const last = await facts()
  const spent = (from: Facts, to: Facts) =>
    (to.cpu.user + to.cpu.system - from.cpu.user - from.cpu.system) / 1000
  const signed = spent(before, after)
  const forged = spent(after, last) - signed
  console.log(
    `processor time: ${(signed / count).toFixed(2)} ms a signed one, ${(forged / Number(values.forged)).toFixed(2)} ms a forged one`,
  )
  console.log(`memory of the server: ${Math.round(last.rss / 1e6)} MB, jobs: ${JSON.stringify(last.counts)}`)
  child.kill()
}

interface Facts {
  readonly looked: number
  readonly counts: object
  readonly rss: number
  /** Microseconds. */
  readonly cpu: NodeJS.CpuUsage
}

interface Burst {
  readonly statuses: ReadonlyMap<number, number>
  readonly times: readonly number[]
}

async function burst(
  url: string,
  { count, milliseconds, forge }: { count: number; milliseconds: number; forge: boolean },
): Promise<Burst> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const statuses = new Map<number, number>()
  const times: number[] = []
  const started = performance.now()
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const due = (index * milliseconds) / count
      await new Promise((resolve) => setTimeout(resolve, due - (performance.now() - started)))
      const { status, time } = await post(url, { agent, index, forge })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      times.push(time)
    }),
  )
  agent.destroy()
  return { statuses, times: times.sort((a, b) => a - b) }
}

function post(
  url: string,
  { agent, index, forge }: { agent: Agent; index: number; forge: boolean },
): Promise<{ status: number; time: number }> {
  const body = JSON.stringify({
    ref: 'refs/heads/main',
    repository: { full_name: `us/cluster-${index % 100}` },
    sender: { login: 'ada', type: 'User' },
    // A push of GitHub's has about 8 kB.
    filler: 'x'.repeat(8000),
  })
  const signature = createHmac('sha256', forge ? 'guess' : SECRET)
    .update(body)
    .digest('hex')
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-github-event': 'push',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${signature}`,
  }
  return new Promise((resolve) => {
    const started = performance.now()
    const sending = request(`${url}/api/github/webhooks`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, time: performance.now() - started }))
    })
    sending.on('error', () => resolve({ status: 0, time: performance.now() - started }))
    sending.end(body)
  })
}

function report(name: string, { statuses, times }: Burst): void {
  const at = (share: number) =>
    `${(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1)} ms`
  const answers = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ')
  console.log(`${name}: ${answers}; p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${at(1)}`)
}

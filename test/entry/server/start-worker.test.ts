import { afterEach, expect, test } from 'vitest'
import type { UseCases } from '../../../src/app/jobs/use-cases.ts'
import { readEnv } from '../../../src/entry/server/read-env.ts'
import { logTrouble } from '../../../src/entry/server/log-trouble.ts'
import { wire, type Wiring } from '../../../src/entry/server/wire.ts'
import { startWorker, type RunningWorker } from '../../../src/entry/server/start-worker.ts'
import { memoryHost } from '../../support/memory-host.ts'
import { testKey } from '../../support/test-key.ts'
import { until } from '../../support/until.ts'

const running: RunningWorker[] = []
afterEach(async () => {
  for (const worker of running.splice(0)) await worker.stop()
})

/** A worker on a queue in this process, so that no Redis is needed. */
async function start(more: Readonly<Record<string, string>> = {}) {
  const host = memoryHost()
  host.add('me/kubespray')
  const looked: string[] = []
  const useCases = {
    lookAfter: async ({ repository }: { repository: { name: string } }) => void looked.push(repository.name),
  } as unknown as UseCases
  const env = { APP_ID: '1', PRIVATE_KEY: testKey(), WEBHOOK_SECRET: 'x', HOST: '127.0.0.1', ...more }
  const log = { info: () => {}, error: () => {} }
  const wiring: Wiring = wire(readEnv(env, 'serve'), { host, useCases, log })
  const worker = await startWorker(wiring)
  running.push(worker)
  return { worker, wiring, looked }
}

test('a worker shows what it counts where it was given a port, and has no door for webhooks', async () => {
  const { worker, wiring, looked } = await start({ METRICS_PORT: '0' })
  const repository = { owner: 'me', name: 'kubespray' }
  await wiring.queue.enqueue({ key: 'look:x', group: 'x', body: { kind: 'look', repository } })
  await until(() => looked.length === 1)
  const read = async (path: string) => (await fetch(`${worker.url}${path}`)).text()
  await until(async () =>
    (await read('/metrics')).includes('multiarch_jobs_total{kind="look",outcome="done"} 1'),
  )
  expect(await read('/healthz')).toBe('ok\n')
  expect(await read('/readyz')).toBe('ready\n')
  expect((await fetch(`${worker.url}/api/github/webhooks`, { method: 'POST' })).status).toBe(404)
  running.splice(0)
  await worker.stop()
  await expect(fetch(`${worker.url}/healthz`)).rejects.toThrow()
})

test('a worker without such a port opens none', async () => {
  expect((await start()).worker.url).toBeUndefined()
})

test('what a queue tells of itself stands in the log, with what an alarm needs', () => {
  const lines: unknown[] = []
  const tell = logTrouble({ info: () => {}, error: (...line) => void lines.push(line) })
  tell({ kind: 'connection', error: new Error('connect ECONNREFUSED') })
  tell({ kind: 'given-up', key: 'look:a/b', group: 'a/b', error: new Error('never') })
  expect(lines).toEqual([
    ['queue away', { error: 'connect ECONNREFUSED' }],
    ['job given up', { key: 'look:a/b', repository: 'a/b', error: 'never' }],
  ])
})

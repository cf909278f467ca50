import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, test } from 'vitest'
import { RedisQueue } from '../../../src/adapters/queue/redis-queue.ts'
import { redisMissing, startRedis } from '../../support/redis.ts'
import { until } from '../../support/until.ts'

const missing = redisMissing()
const ROOT = join(import.meta.dirname, '../../..')

describe.skipIf(missing)(missing ?? 'a queue on Redis in trouble', () => {
  const ends: (() => unknown)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })

  async function open(lease: number) {
    const redis = await startRedis()
    ends.push(() => redis.close())
    const queue = new RedisQueue<string>({ url: redis.url, name: 'trouble', lease })
    ends.push(() => queue.close())
    await until(() => queue.ready())
    return { redis, queue }
  }

  test('what a killed worker had begun is done by another, once its lease is over', async () => {
    const { redis, queue } = await open(500)
    const doomed = spawn(
      process.execPath,
      ['--import', 'tsx', join(ROOT, 'test/support/doomed-worker.ts'), redis.url, 'trouble'],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    ends.push(() => doomed.kill('SIGKILL'))
    let said = ''
    doomed.stdout.on('data', (text: Buffer) => (said += text.toString()))
    await queue.enqueue({ key: 'upgrade:a/b', group: 'a/b', body: 'x' })
    await until(() => said === 'upgrade:a/b\n')

    const ran: string[] = []
    const worker = queue.work(
      async ({ key, attempt }) => {
        ran.push(`${key} ${attempt}`)
        return { kind: 'done' }
      },
      { atOnce: 1, onTrouble: () => {} },
    )
    ends.push(() => worker.stop(100))
    doomed.kill('SIGKILL')
    await until(async () => (await queue.counts()).lastDay.done === 1)
    // The attempt that died counts in what is logged.
    expect(ran).toEqual(['upgrade:a/b 2'])
    expect(await queue.counts()).toMatchObject({ waiting: 0, running: 0, delayed: 0, failed: 0 })
  })

  test('workers look for leases that are over many times in one: to take over costs one lease and not two', async () => {
    const lease = 60_000
    const { redis, queue } = await open(lease)
    const worker = queue.work(async () => ({ kind: 'done' }), { atOnce: 1, onTrouble: () => {} })
    ends.push(() => worker.stop(100))
    const client = new Redis(redis.url)
    ends.push(() => client.disconnect())
    // BullMQ's note of the last look, which goes when the next is due.
    await until(async () => (await client.pttl('bull:trouble:stalled-check')) > 0)
    expect(await client.pttl('bull:trouble:stalled-check')).toBeLessThanOrEqual(lease / 6)
  })

  test('while Redis is away nothing is accepted; what was accepted is there when it returns', async () => {
    const { redis, queue } = await open(500)
    await queue.enqueue({ key: 'upgrade:a/b', group: 'a/b', body: 'accepted' })
    await redis.kill()
    await expect(queue.enqueue({ key: 'upgrade:c/d', group: 'c/d', body: 'refused' })).rejects.toThrow()
    expect(await queue.ready()).toBe(false)

    await redis.start()
    await until(() => queue.ready())
    const ran: string[] = []
    const worker = queue.work(
      async ({ body }) => {
        ran.push(body)
        return { kind: 'done' }
      },
      { atOnce: 1, onTrouble: () => {} },
    )
    ends.push(() => worker.stop(100))
    await until(() => ran.length === 1)
    expect(ran).toEqual(['accepted'])
    expect(await queue.enqueue({ key: 'upgrade:c/d', group: 'c/d', body: 'again' })).toBe('queued')
    await until(() => ran.length === 2)
  })

  test('a worker goes on by itself once Redis is back', async () => {
    const { redis, queue } = await open(500)
    const ran: string[] = []
    const worker = queue.work(
      async ({ key }) => {
        ran.push(key)
        return { kind: 'done' }
      },
      { atOnce: 1, onTrouble: () => {} },
    )
    ends.push(() => worker.stop(100))
    await queue.enqueue({ key: 'upgrade:a/b', group: 'a/b', body: 'x' })
    await until(() => ran.length === 1)
    await redis.kill()
    await redis.start()
    await until(() => queue.ready())
    await queue.enqueue({ key: 'upgrade:c/d', group: 'c/d', body: 'x' })
    await until(() => ran.length === 2)
  })
})

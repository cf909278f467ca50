import { afterAll, beforeAll, describe } from 'vitest'
import { RedisQueue } from '../../../src/adapters/queue/redis-queue.ts'
import { describeJobQueue } from '../../contract/jobs.ts'
import { redisMissing, startRedis, type TestRedis } from '../../support/redis.ts'
import { until } from '../../support/until.ts'

const missing = redisMissing()

describe.skipIf(missing)(missing ?? 'with a Redis server', () => {
  let redis: TestRedis
  let opened = 0

  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.close())

  describeJobQueue('jobs on Redis', async (retry) => {
    const queue = new RedisQueue<{ say: string }>({ url: redis.url, name: `test-${opened++}`, retry })
    await until(() => queue.ready())
    return queue
  })
})

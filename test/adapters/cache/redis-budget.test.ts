import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redisBudget } from '../../../src/adapters/cache/redis-budget.ts'
import { describeBudget } from '../../contract/budget.ts'
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

  /** Until it is connected it allows everything. */
  async function connected(budget: ReturnType<typeof redisBudget>) {
    await until(async () => (await budget.spend('probe'), (await budget.spend('probe')) !== undefined))
    return budget
  }

  describeBudget('a budget in Redis', async (allowances, clock) => {
    const prefix = `test-${opened++}:`
    const probe = await connected(
      redisBudget(redis.url, [{ most: 1, within: 1e6 }], { prefix: `${prefix}x` }),
    )
    probe.close()
    const budget = redisBudget(redis.url, allowances, { prefix, clock })
    return connected(budget)
  })

  test('is one for all processes, and allows everything while Redis is away', async () => {
    const once = [{ most: 1, within: 1e6 }]
    const [one, other] = [redisBudget(redis.url, once), redisBudget(redis.url, once)]
    await connected(one)
    await connected(other)
    expect(await one.spend('a')).toBeUndefined()
    expect(await other.spend('a')).toBeDefined()
    await redis.kill()
    expect(await other.spend('a')).toBeUndefined()
    await redis.start()
    one.close()
    other.close()
  })
})

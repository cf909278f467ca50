import { afterEach, describe, expect, test } from 'vitest'
import { redisCache } from '../../../src/adapters/cache/redis-cache.ts'
import { redisMissing, startRedis } from '../../support/redis.ts'
import { until } from '../../support/until.ts'

const missing = redisMissing()
const bytes = (text: string) => new TextEncoder().encode(text)

describe.skipIf(missing)(missing ?? 'a cache in Redis', () => {
  const ends: (() => unknown)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })

  async function open() {
    const redis = await startRedis()
    ends.push(() => redis.close())
    const cache = redisCache(redis.url)
    ends.push(() => cache.close())
    // Until it is connected it has nothing.
    await until(async () => {
      await cache.write(new Map([['probe', bytes('x')]]))
      return (await cache.read(['probe'])).size === 1
    })
    return { redis, cache }
  }

  test('gives back what it was given, byte for byte, and leaves out the rest', async () => {
    const { cache } = await open()
    const value = Uint8Array.from({ length: 256 }, (_, index) => index)
    await cache.write(
      new Map([
        ['a', value],
        ['empty', new Uint8Array()],
      ]),
    )
    const found = await cache.read(['a', 'b', 'empty'])
    expect([...found.keys()]).toEqual(['a', 'empty'])
    expect(Uint8Array.from(found.get('a') ?? [])).toEqual(value)
    expect((await cache.read([])).size).toBe(0)
  })

  test('another worker sees it', async () => {
    const { redis, cache } = await open()
    await cache.write(new Map([['a', bytes('shared')]]))
    const other = redisCache(redis.url)
    ends.push(() => other.close())
    await until(async () => (await other.read(['a'])).size === 1)
  })

  test('while Redis is away it has nothing, and nobody hears of it', async () => {
    const { redis, cache } = await open()
    await redis.kill()
    await cache.write(new Map([['a', bytes('lost')]]))
    expect((await cache.read(['a'])).size).toBe(0)
    await redis.start()
  })
})

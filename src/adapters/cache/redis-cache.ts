import type { Cache } from '../../ports/cache.ts'
import { impatientRedis } from './impatient-redis.ts'

/** Upstream's objects that nobody asked for in a month are fetched again. */
const SECONDS = 30 * 24 * 3600

/** Larger values stay where they were read: Redis is one thread for all workers. */
const MOST_BYTES = 512 * 1024

/** A cache in Redis that all workers share, for what is public. While Redis is away it has nothing, and forgets what it is given. */
export function redisCache(url: string, prefix = 'multiarch:object:'): Cache & { close(): void } {
  const redis = impatientRedis(url)
  return {
    async read(keys) {
      if (keys.length === 0) return new Map()
      const values = await redis.mgetBuffer(keys.map((key) => prefix + key)).catch(() => [])
      return new Map(keys.flatMap((key, at) => (values[at] ? [[key, values[at]] as const] : [])))
    },
    async write(entries) {
      const pipeline = redis.pipeline()
      for (const [key, bytes] of entries) {
        if (bytes.length <= MOST_BYTES) pipeline.set(prefix + key, Buffer.from(bytes), 'EX', SECONDS)
      }
      await pipeline.exec().catch(() => undefined)
    },
    close: () => redis.disconnect(),
  }
}

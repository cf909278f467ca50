import { Redis } from 'ioredis'

/** A connection for what can be done without: a command fails at once while Redis is away. */
export function impatientRedis(url: string): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    commandTimeout: 3000,
    retryStrategy: (times) => Math.min(100 * times, 2000),
  })
  // The queue on the same Redis says when it is away.
  redis.on('error', () => {})
  return redis
}

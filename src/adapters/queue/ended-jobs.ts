import type { Redis } from 'ioredis'

const HOUR = 3600_000

/** Counts what ended, in hourly buckets in Redis, for all workers together: the last 24 hours, exact to the hour. */
export class EndedJobs {
  readonly #redis: Redis
  readonly #prefix: string

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis
    this.#prefix = prefix
  }

  async count(outcome: 'done' | 'failed'): Promise<void> {
    const bucket = this.#bucket(Math.floor(Date.now() / HOUR))
    await this.#redis
      .multi()
      .hincrby(bucket, outcome, 1)
      .expire(bucket, 25 * 3600)
      .exec()
  }

  async read(): Promise<{ readonly done: number; readonly failed: number }> {
    const hour = Math.floor(Date.now() / HOUR)
    const buckets = Array.from({ length: 24 }, (_, ago) => this.#bucket(hour - ago))
    const read = await Promise.all(buckets.map((bucket) => this.#redis.hmget(bucket, 'done', 'failed')))
    const sum = (at: 0 | 1) => read.reduce((total, counts) => total + Number(counts[at] ?? 0), 0)
    return { done: sum(0), failed: sum(1) }
  }

  #bucket(hour: number): string {
    return `${this.#prefix}${hour}`
  }
}

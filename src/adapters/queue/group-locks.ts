import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'

/** Only who holds a lock may renew or end it: a worker that was taken for dead must not end its successor's. */
const IF_MINE = `if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end`
const RENEW = `${IF_MINE} return redis.call('pexpire', KEYS[1], ARGV[2])`
const END = `${IF_MINE} return redis.call('del', KEYS[1])`

/** Locks in Redis, one a group, that outlive their holder by one lease at most. */
export class GroupLocks {
  readonly #redis: Redis
  readonly #prefix: string
  readonly #lease: number

  /** `lease` in milliseconds. */
  constructor(redis: Redis, prefix: string, lease: number) {
    this.#redis = redis
    this.#prefix = prefix
    this.#lease = lease
  }

  /** Takes a group's lock and keeps it until released; `undefined` where somebody else has it. */
  async take(group: string): Promise<(() => Promise<void>) | undefined> {
    const key = this.#prefix + group
    const token = randomUUID()
    if ((await this.#redis.set(key, token, 'PX', this.#lease, 'NX')) !== 'OK') return undefined
    const renewal = setInterval(() => {
      // While Redis is away the lock runs out, and so does the job's own lease: both are then taken over.
      this.#redis.eval(RENEW, 1, key, token, this.#lease).catch(() => {})
    }, this.#lease / 3)
    return async () => {
      clearInterval(renewal)
      await this.#redis.eval(END, 1, key, token).catch(() => {})
    }
  }
}

import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Clock } from '../../ports/clock.ts'
import { PER_VISIT, type Allowance, type Budget } from '../../ports/budget.ts'
import { impatientRedis } from './impatient-redis.ts'

/** What was spent and what was promised, each a sorted set by time. Numbers go out as text: Redis would cut them to whole ones. */
const SPEND = `
local now, id, step = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
local longest, wait = 0, 0
for i = 4, #ARGV, 2 do longest = math.max(longest, tonumber(ARGV[i + 1])) end
redis.call('zremrangebyscore', KEYS[1], '-inf', now - longest)
redis.call('zremrangebyscore', KEYS[2], '-inf', now)
local total, promised = redis.call('zcard', KEYS[1]), redis.call('zcard', KEYS[2])
for i = 4, #ARGV, 2 do
  local most, within = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
  if redis.call('zcount', KEYS[1], '(' .. (now - within), '+inf') >= most then
    local place = total - most + promised * step
    local beyond = math.max(0, place - total + 1)
    local last = math.min(place, total - 1)
    local at = tonumber(redis.call('zrange', KEYS[1], last, last, 'withscores')[2])
    wait = math.max(wait, math.ceil(at + within + beyond * within / most))
  end
end
local key, score = KEYS[1], now
if wait > 0 then key, score = KEYS[2], wait end
redis.call('zadd', key, string.format('%.0f', score), id)
redis.call('pexpire', key, longest * 2)
return string.format('%.0f', wait)
`

/** A budget in Redis, for all workers together. While Redis is away everything is allowed: GitHub itself refuses then. */
export function redisBudget(
  url: string,
  allowances: readonly Allowance[],
  { prefix = 'multiarch:budget:', clock = Date }: { readonly prefix?: string; readonly clock?: Clock } = {},
): Budget & { close(): void } {
  const redis: Redis = impatientRedis(url)
  const limits = allowances.flatMap(({ most, within }) => [most, within])
  return {
    spend: async (spender) => {
      const keys = [`${prefix}${spender}:spent`, `${prefix}${spender}:promised`]
      const values = [clock.now(), randomUUID(), PER_VISIT, ...limits]
      const wait = Number(await redis.eval(SPEND, keys.length, ...keys, ...values).catch(() => 0))
      return wait > 0 ? wait : undefined
    },
    close: () => redis.disconnect(),
  }
}

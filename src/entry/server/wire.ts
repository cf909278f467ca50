import { redisBudget } from '../../adapters/cache/redis-budget.ts'
import { redisCache } from '../../adapters/cache/redis-cache.ts'
import { memoryCache } from '../../adapters/memory/memory-cache.ts'
import { InProcessQueue } from '../../adapters/queue/in-process-queue.ts'
import { RedisQueue } from '../../adapters/queue/redis-queue.ts'
import type { Job } from '../../app/jobs/job.ts'
import type { UseCases } from '../../app/jobs/use-cases.ts'
import type { Log } from '../../ports/clock.ts'
import type { Host } from '../../ports/host.ts'
import type { JobQueue } from '../../ports/job-queue.ts'
import type { Settings } from './read-env.ts'
import { jsonLog } from './json-log.ts'
import { Metrics } from './metrics.ts'
import { measuredCache } from './measured-cache.ts'
import { CONTENT, openHost, UPSTREAM_BYTES, type HostParts, type OpenedHost } from './open-host.ts'
import { version } from '../print/version.ts'

/** Everything a door needs, built once from the settings. */
export interface Wiring {
  readonly settings: Settings
  readonly host: Host
  readonly queue: JobQueue<Job>
  readonly useCases: UseCases
  readonly log: Log
  readonly metrics: Metrics
  close(): Promise<void>
}

/** Builds the adapters from the settings; parts handed in take their place (tests, the demo). */
export function wire(
  settings: Settings,
  parts: Partial<Pick<Wiring, 'host' | 'useCases' | 'log'>> = {},
): Wiring {
  const log = parts.log ?? jsonLog()
  const metrics = new Metrics()
  const together = settings.redisUrl ? onRedis(settings.redisUrl) : undefined
  const queue = settings.redisUrl
    ? new RedisQueue<Job>({ url: settings.redisUrl, lease: settings.lease })
    : new InProcessQueue<Job>()
  const opened =
    parts.host && parts.useCases
      ? undefined
      : openHost(settings, {
          log,
          onAnswer: (answer) => metrics.request(answer),
          ...together?.parts,
          shared: measuredCache(together?.parts.shared ?? memoryCache(UPSTREAM_BYTES), (read) =>
            metrics.cacheRead(read),
          ),
        })
  return {
    settings,
    host: parts.host ?? (opened as OpenedHost).host,
    useCases: parts.useCases ?? (opened as OpenedHost).useCases,
    queue,
    log,
    metrics,
    close: async () => {
      await queue.close()
      together?.close()
    },
  }
}

/** What processes on one Redis know together. */
function onRedis(url: string): {
  readonly parts: Required<Pick<HostParts, 'shared' | 'settled' | 'content'>>
  close(): void
} {
  const shared = redisCache(url)
  // What one version has nothing to do about, the next may have.
  const settled = redisCache(url, `multiarch:${version()}:`)
  const content = redisBudget(url, CONTENT)
  return {
    parts: { shared, settled, content },
    close: () => [shared, settled, content].forEach((each) => each.close()),
  }
}

import { defined } from '../../core/model/defined.ts'
import { webAddress } from '../../adapters/github/api/web-address.ts'
import { GITHUB_PACE } from '../../adapters/github/api/pace.ts'
import type { SeenAnswer } from '../../adapters/github/api/connection.ts'
import { githubHost } from '../../adapters/github/github-host.ts'
import { forkCaches } from '../../adapters/memory/fork-caches.ts'
import { memoryBudget } from '../../adapters/memory/memory-budget.ts'
import { memoryCache } from '../../adapters/memory/memory-cache.ts'
import { MemoryValueCache } from '../../adapters/memory/memory-value-cache.ts'
import { bot } from '../../app/bot/bot.ts'
import { logOnly } from '../../app/bot/log-only.ts'
import { forkEngine } from '../../app/engine/fork-engine.ts'
import { UPSTREAM_REFS } from '../../app/repository/read-repository.ts'
import { CONFIG_PATH } from '../../core/config/config-path.ts'
import type { UseCases } from '../../app/jobs/use-cases.ts'
import type { Log } from '../../ports/clock.ts'
import type { Allowance, Budget } from '../../ports/budget.ts'
import type { Cache } from '../../ports/cache.ts'
import type { Host } from '../../ports/host.ts'
import type { Settings } from './read-env.ts'
import { version } from '../print/version.ts'

/** What is kept of upstream for all installations together, and of forks, each for itself. */
export const UPSTREAM_BYTES = 96 * 1024 * 1024
const FORK_BYTES = 8 * 1024 * 1024
/** A hundred bytes a repository and day. */
const SETTLED_BYTES = 8 * 1024 * 1024
/** So many forks at once; the one unused for longest is forgotten. */
const FORKS = 16
/** Catalogues of about half a megabyte: the few releases on everybody's way, and those of forks for as long as they last. */
export const CATALOGUES = 60

export interface OpenedHost {
  readonly host: Host
  readonly useCases: UseCases
}

export interface HostParts {
  readonly log: Log
  /** Hears of every answer of GitHub's. */
  readonly onAnswer?: (answer: SeenAnswer) => void
  readonly shared?: Cache
  /** What a sweep found to need nothing. */
  readonly settled?: Cache
  readonly content?: Budget
}

/**
 * What we create in an installation: GitHub allows 80 a minute and 500 an hour and counts what its people do on the web
 * as well, so some is left to them.
 */
export const CONTENT: readonly Allowance[] = [
  { most: 60, within: 60_000 },
  { most: 400, within: 3600_000 },
]

/** Opens GitHub as the App of the settings, and the use cases on it. `shared` keeps what is read of upstream. */
export function openHost(settings: Settings, parts: HostParts): OpenedHost {
  const { log, onAnswer, shared = memoryCache(UPSTREAM_BYTES) } = parts
  const { app, apiUrl, upstream, betweenWrites, logOnly: logOnlyMode } = settings
  const { content = memoryBudget(CONTENT) } = parts
  // What was only looked at is not done, and must not be taken to be by whoever comes later.
  const settled = logOnlyMode ? memoryCache(SETTLED_BYTES) : (parts.settled ?? memoryCache(SETTLED_BYTES))
  if (!app) throw new Error('without the App’s id and key there is nothing to open')
  const opened = githubHost({
    connection: {
      baseUrl: apiUrl,
      pace: { ...GITHUB_PACE, betweenWrites },
      content,
      ...defined({ onAnswer }),
    },
    key: { appId: app.id, privateKey: app.privateKey },
    upstream,
    upstreamRefs: UPSTREAM_REFS,
    ahead: [CONFIG_PATH],
    shared,
    cacheOf: forkCaches(FORK_BYTES, FORKS),
  })
  const host = logOnlyMode ? logOnly(opened, log) : opened
  const engine = forkEngine({
    upstream,
    web: webAddress(apiUrl),
    published: host.published,
    cache: new MemoryValueCache(CATALOGUES),
    open: (repository) => host.open(repository),
  })
  return { host, useCases: bot({ engine, clock: Date, log, settled, version: version() }) }
}

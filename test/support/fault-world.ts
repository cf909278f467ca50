import { githubHost } from '../../src/adapters/github/github-host.ts'
import { memoryCache } from '../../src/adapters/memory/memory-cache.ts'
import { MemoryValueCache } from '../../src/adapters/memory/memory-value-cache.ts'
import { bot } from '../../src/app/bot/bot.ts'
import { forkEngine } from '../../src/app/engine/fork-engine.ts'
import { UPSTREAM_REFS } from '../../src/app/repository/read-repository.ts'
import { groupOf, keyOf, type Job } from '../../src/app/jobs/job.ts'
import { runJob } from '../../src/app/jobs/run-job.ts'
import { CONFIG_PATH } from '../../src/core/config/config-path.ts'
import type { Cache } from '../../src/ports/cache.ts'
import type { JobOutcome, RunningJob } from '../../src/ports/job-queue.ts'
import { snapshotOf } from '../github/snapshot.ts'
import type { Repo } from '../github/world.ts'
import { asPeopleSee } from './as-people-see.ts'
import { demoGitHub, type HostedOptions } from './hosted-demo.ts'

export const FORK = { owner: 'ada', name: 'kubespray' }
const UPSTREAM = { owner: 'kubernetes-sigs', name: 'kubespray' }

/** Long enough for an answer on a machine that has other things to do; a silence is waited for as long. */
const LONGEST = 4_000

export type FaultWorld = Awaited<ReturnType<typeof faultWorld>>

/** The demo on a GitHub of our own whose clock stands still until somebody waits, and processes of the App that come and go. */
export async function faultWorld(
  releases: readonly string[],
  options: Omit<HostedOptions, 'releases' | 'now'> = {},
) {
  const clock = { at: Date.UTC(2026, 0, 31, 9), now: () => clock.at }
  const demo = await demoGitHub({ ...options, releases, now: clock.now })
  const { github, fork, people } = demo
  await people.grant('ada', 'admin')
  // A thousand runs in one hour of this clock are no sign of anything.
  github.limit({ primary: 1e9, points: 1e9, contentMinute: 1e9, contentHour: 1e9 })
  // What was read of upstream is the same for all: it never changes here.
  const shared = memoryCache()
  const catalogues = new MemoryValueCache()
  const pace = {
    now: clock.now,
    pause: async (milliseconds: number) => void (clock.at += milliseconds),
    betweenWrites: 0,
  }

  /** The repositories in which a story plays; the demo's fork alone unless it brings more. */
  const watched: Repo[] = [fork]

  /** A process that has just started. */
  function newProcess() {
    const lines: string[] = []
    const note = (message: string, fields?: object) => void lines.push(`${message} ${JSON.stringify(fields)}`)
    const log = { info: note, error: note }
    const own: Cache = memoryCache()
    const host = githubHost({
      connection: { baseUrl: github.url, pace, longest: LONGEST },
      key: { appId: github.world.app.id, privateKey: github.world.app.privateKey },
      ...{ upstream: UPSTREAM, upstreamRefs: UPSTREAM_REFS, ahead: [CONFIG_PATH], shared },
      cacheOf: () => own,
    })
    const engine = forkEngine({
      upstream: UPSTREAM,
      web: github.url,
      published: host.published,
      cache: catalogues,
      open: (repository) => host.open(repository),
    })
    const useCases = bot({ engine, clock, log, settled: memoryCache() })
    const run = (job: RunningJob<Job>): Promise<JobOutcome> => runJob(job, { host, useCases, log, clock })
    const attempt = (body: Job, number = 1, putBack = 0): Promise<JobOutcome> =>
      run({
        ...{ id: 'job', key: keyOf(body), group: groupOf(body), body, attempt: number, putBack },
        ...{ last: number >= 5, queuedAt: clock.at, signal: new AbortController().signal },
      })
    return {
      ...{ lines, host, useCases, log, run, attempt },
      /** Once, and whatever comes of it is lost. */
      tryOnce: async (body: Job): Promise<string> => attempt(body, 1).then(({ kind }) => kind, String),
      /** As a queue has it done: put off as it wishes, tried five times where it fails. */
      work: async (body: Job): Promise<string> => {
        for (let number = 1, late = 0; ;) {
          try {
            const outcome = await attempt(body, number, late)
            if (outcome.kind === 'done') return 'done'
            if (++late > 30) return 'put off for ever'
            clock.at = Math.max(clock.at + 1, outcome.notBefore)
          } catch {
            if (number >= 5) return 'given up'
            clock.at += 15_000 * 2 ** (number++ - 1)
          }
        }
      },
    }
  }

  return {
    ...{ ...demo, clock, watched, newProcess },
    seen: () => asPeopleSee(fork),
    /** What stands in all repositories of the story, part by part. */
    seenEverywhere: (): Seen =>
      Object.fromEntries(
        watched.flatMap((repo) =>
          Object.entries(asPeopleSee(repo)).map(([part, rows]) => [`${repo.name} ${part}`, rows]),
        ),
      ),
    /** Keeps everything as it is; what it gives back brings it to that again. */
    keep: () => {
      const kept = watched.map((repo) => snapshotOf(repo))
      const from = clock.at
      return {
        restore: () => {
          for (const each of kept) each.restore()
          clock.at = from
          github.world.missing.clear()
          github.clearFaults()
        },
        remove: () => kept.forEach((each) => each.remove()),
      }
    },
  }
}

/** By repository and part: refs, threads, comments and so on, a row each. */
export type Seen = Readonly<Record<string, readonly unknown[]>>

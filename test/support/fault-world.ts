import { githubHost } from '../../src/adapters/github/github-host.ts'
import { forkCaches } from '../../src/adapters/memory/fork-caches.ts'
import { memoryCache } from '../../src/adapters/memory/memory-cache.ts'
import { MemoryValueCache } from '../../src/adapters/memory/memory-value-cache.ts'
import { bot } from '../../src/app/bot/bot.ts'
import { forkEngine } from '../../src/app/engine/fork-engine.ts'
import { UPSTREAM_REFS } from '../../src/app/repository/read-repository.ts'
import { groupOf, keyOf, type Job } from '../../src/app/jobs/job.ts'
import { runJob } from '../../src/app/jobs/run-job.ts'
import { CONFIG_PATH } from '../../src/core/config/config-path.ts'
import type { JobOutcome, RunningJob } from '../../src/ports/job-queue.ts'
import { snapshotOf } from '../github/snapshot.ts'
import type { Repo } from '../github/world.ts'
import { asPeopleSee } from './as-people-see.ts'
import { demoGitHub, type HostedOptions } from './hosted-demo.ts'

export const FORK = { owner: 'ada', name: 'kubespray' }
const UPSTREAM = { owner: 'kubernetes-sigs', name: 'kubespray' }

/** Longer than any answer takes on a machine that has other things to do: one that is given up would be a fault that nobody planned. */
const LONGEST = 30_000

/** What a server keeps of forks. */
const FORK_BYTES = 8 * 1024 * 1024
const FORKS = 16

interface FaultWorldOptions extends Omit<HostedOptions, 'releases' | 'now'> {
  /** Milliseconds that an answer is waited for. */
  readonly longest?: number
}

export type FaultWorld = Awaited<ReturnType<typeof faultWorld>>

/** The demo on a GitHub of our own whose clock stands still until somebody waits, and processes of the App that come and go. */
export async function faultWorld(
  releases: readonly string[],
  { longest = LONGEST, ...options }: FaultWorldOptions = {},
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
    const host = githubHost({
      connection: { baseUrl: github.url, pace, longest },
      key: { appId: github.world.app.id, privateKey: github.world.app.privateKey },
      ...{ upstream: UPSTREAM, upstreamRefs: UPSTREAM_REFS, ahead: [CONFIG_PATH], shared },
      cacheOf: forkCaches(FORK_BYTES, FORKS),
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
    const turn = async (body: Job, { number, late }: Pick<Turn, 'number' | 'late'>): Promise<Turned> => {
      try {
        const done = await attempt(body, number, late)
        if (done.kind === 'done') return { outcome: 'done' }
        if (late === 30) return { outcome: 'put off for ever' }
        const at = Math.max(clock.at + 1, done.notBefore)
        return { outcome: `later ${at - clock.at}`, next: { number, late: late + 1, at } }
      } catch (error) {
        if (number >= 5) return { outcome: 'given up' }
        const at = clock.at + 15_000 * 2 ** (number - 1)
        return { outcome: String(error), next: { number: number + 1, late, at } }
      }
    }
    const begin = async (body: Job): Promise<Begun> => {
      const first = await turn(body, { number: 1, late: 0 })
      const goOn = async () => {
        let last = first
        while (last.next) {
          clock.at = last.next.at
          last = await turn(body, last.next)
        }
        return last.outcome
      }
      return { outcome: first.outcome, goOn }
    }
    return {
      ...{ lines, host, useCases, log, run, attempt, begin },
      work: async (body: Job): Promise<string> => (await begin(body)).goOn(),
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
      }
    },
  }
}

/** A job that was tried once, and how that ended. */
export interface Begun {
  readonly outcome: string
  /** As a queue has it done: put off as it wishes, tried five times where it fails. */
  goOn(this: void): Promise<string>
}

/** One try of a job: how often it was begun and put off before, and from when on. */
interface Turn {
  readonly number: number
  readonly late: number
  readonly at: number
}

interface Turned {
  readonly outcome: string
  readonly next?: Turn
}

/** By repository and part: refs, threads, comments and so on, a row each. */
export type Seen = Readonly<Record<string, readonly unknown[]>>

import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { githubHost } from '../src/adapters/github/github-host.ts'
import { memoryBudget } from '../src/adapters/memory/memory-budget.ts'
import { memoryCache } from '../src/adapters/memory/memory-cache.ts'
import { Heap } from '../src/adapters/queue/heap.ts'
import { MemoryValueCache } from '../src/adapters/memory/memory-value-cache.ts'
import { bot } from '../src/app/bot/bot.ts'
import { forkEngine } from '../src/app/engine/fork-engine.ts'
import type { Job } from '../src/app/jobs/job.ts'
import { UPSTREAM_REFS } from '../src/app/repository/read-repository.ts'
import { runJob, type JobWorld } from '../src/app/jobs/run-job.ts'
import { sweep } from '../src/app/jobs/sweep.ts'
import { CATALOGUES, CONTENT, UPSTREAM_BYTES } from '../src/entry/server/open-host.ts'
import type { NewJob } from '../src/ports/job-queue.ts'
import type { Order, Population, Report } from './fanout-github.ts'
import { VirtualTime } from './virtual-time.ts'

/** What one sweep came to. */
export interface Phase extends Report {
  readonly name: string
  /** Seconds, of the bench's time and of this machine's. */
  readonly took: number
  readonly really: number
  readonly jobs: number
  readonly putBack: number
  /** The most this process has held so far, in megabytes. */
  readonly peak: number
}

export interface Run {
  readonly population: Population
  /** Jobs that run at once, of all workers together. */
  readonly slots: number
  /** Milliseconds from a request to its answer. */
  readonly roundTrip: number
}

const UPSTREAM = { owner: 'kubernetes-sigs', name: 'kubespray' }
const HOUR = 3_600_000

/** The bot over the stand-in, which is a process of its own so that the memory shown is the bot's. */
export async function runFanout({ population, slots, roundTrip }: Run): Promise<readonly Phase[]> {
  const child = fork(join(import.meta.dirname, 'fanout-github.ts'), { execArgv: ['--import', 'tsx'] })
  const ask = askerOf(child)
  const { url, appId, privateKey } = (await ask()) as { url: string; appId: number; privateKey: string }
  await ask({ plant: population })
  const time = new VirtualTime(Date.UTC(2026, 0, 5))
  globalThis.fetch = time.overNetwork(globalThis.fetch, roundTrip)
  const log = { info: () => {}, error: (message: string, more?: object) => console.error(message, more) }
  const host = githubHost({
    connection: { baseUrl: url, pace: time.pace, content: memoryBudget(CONTENT, time) },
    key: { appId, privateKey },
    ...{ upstream: UPSTREAM, upstreamRefs: UPSTREAM_REFS },
    shared: memoryCache(UPSTREAM_BYTES),
    cacheOf: () => memoryCache(8 * 1024 * 1024),
  })
  const settled = memoryCache(8 * 1024 * 1024)
  const useCases = bot({
    engine: forkEngine({
      upstream: UPSTREAM,
      web: 'https://github.com',
      published: host.published,
      cache: new MemoryValueCache(CATALOGUES),
    }),
    clock: time,
    log,
    settled,
  })
  const world: JobWorld = { host, useCases, log }

  const phases: Phase[] = []
  const measure = async (name: string): Promise<void> => {
    const [started, really] = [time.now(), performance.now()]
    const { jobs, putBack } = await time.until(sweepAll(world, time, slots))
    const report = (await ask({ report: true })) as Report
    phases.push({
      ...{ name, ...report, jobs, putBack, took: (time.now() - started) / 1000 },
      really: (performance.now() - really) / 1000,
      peak: process.resourceUsage().maxRSS / 1000,
    })
    // The next sweep comes by the clock.
    await time.until(time.sleep(Math.max(60_000, started + HOUR - time.now())))
  }
  await measure('first')
  await measure('unchanged')
  await ask({ release: true })
  await measure('release')
  await measure('after it')
  await measure('unchanged, steps open')
  child.disconnect()
  return phases
}

function askerOf(child: ChildProcess): (order?: Order) => Promise<unknown> {
  return (order) =>
    new Promise((resolve, reject) => {
      child.once('message', ({ answer }: { answer: unknown }) => resolve(answer))
      child.once('error', reject)
      if (order) child.send(order)
    })
}

interface Due {
  readonly notBefore: number
  readonly job: NewJob<Job>
}

/** Puts in a look at everything and works through it, as a queue with so many jobs at once would. */
async function sweepAll(
  world: JobWorld,
  time: VirtualTime,
  slots: number,
): Promise<{ readonly jobs: number; readonly putBack: number }> {
  const due = new Heap<Due>()
  let jobs = 0
  const enqueue = async (job: NewJob<Job>) => {
    jobs++
    due.push({ notBefore: job.notBefore ?? 0, job })
    return 'queued' as const
  }
  await sweep({ ...world, queue: { enqueue }, clock: time })
  let [running, putBack] = [0, 0]
  const signal = new AbortController().signal
  const work = async (): Promise<void> => {
    for (let next = due.pop(); next || running > 0; next = due.pop()) {
      // Another one's job may yet be put back.
      if (!next) await time.sleep(1000)
      else if (next.notBefore > time.now()) {
        const wait = Math.min(next.notBefore - time.now(), 1000)
        due.push(next)
        await time.sleep(wait)
      } else {
        running++
        const { key, group, body } = next.job
        const outcome = await runJob(
          { id: key, key, group, body, attempt: 1, last: true, queuedAt: 0, signal },
          world,
        )
        running--
        if (outcome.kind === 'later') putBack++
        if (outcome.kind === 'later') due.push({ notBefore: outcome.notBefore, job: next.job })
      }
    }
  }
  await Promise.all(Array.from({ length: slots }, work))
  return { jobs, putBack }
}

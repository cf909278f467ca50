import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { SeenAnswer } from '../../adapters/github/api/connection.ts'
import type { Job } from '../../app/jobs/job.ts'
import type { JobOutcome, JobQueue, RunningJob } from '../../ports/job-queue.ts'

/** Every figure the process shows at `/metrics`, under the names `docs/operations.md` explains. */
export class Metrics {
  readonly registry = new Registry()

  readonly #webhooks = new Counter({
    name: 'multiarch_webhooks_total',
    help: 'Webhooks by event and outcome: accepted, ignored, refused, failed.',
    labelNames: ['event', 'outcome'],
    registers: [this.registry],
  })
  readonly #webhookSeconds = new Histogram({
    name: 'multiarch_webhook_seconds',
    help: 'Time from the last byte of a webhook to its answer.',
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 10],
    registers: [this.registry],
  })
  readonly #jobs = new Counter({
    name: 'multiarch_jobs_total',
    help: 'Ended attempts of jobs by kind and outcome: done, later, failed.',
    labelNames: ['kind', 'outcome'],
    registers: [this.registry],
  })
  readonly #jobSeconds = new Histogram({
    name: 'multiarch_job_seconds',
    help: 'How long one attempt of a job took.',
    labelNames: ['kind'],
    buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900],
    registers: [this.registry],
  })
  readonly #requests = new Counter({
    name: 'multiarch_github_requests_total',
    help: 'Requests to GitHub by API and status.',
    labelNames: ['api', 'status'],
    registers: [this.registry],
  })
  readonly #left = new Gauge({
    name: 'multiarch_github_rate_limit_left',
    help: 'Requests left in the hour of the installation that was asked for last.',
    registers: [this.registry],
  })
  readonly #cache = new Counter({
    name: 'multiarch_object_cache_total',
    help: 'Objects of upstream asked of the cache that installations share: hit or miss.',
    labelNames: ['outcome'],
    registers: [this.registry],
  })

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  webhook(event: string | undefined, outcome: string, seconds: number): void {
    this.#webhooks.inc({ event: event ?? 'unknown', outcome })
    this.#webhookSeconds.observe(seconds)
  }

  request({ api, status, left }: SeenAnswer): void {
    this.#requests.inc({ api, status: status === 0 ? 'none' : String(status) })
    if (left !== undefined) this.#left.set(left)
  }

  cacheRead({ hits, misses }: { readonly hits: number; readonly misses: number }): void {
    this.#cache.inc({ outcome: 'hit' }, hits)
    this.#cache.inc({ outcome: 'miss' }, misses)
  }

  /** A handler of jobs that is counted and timed. */
  measured(
    handler: (job: RunningJob<Job>) => Promise<JobOutcome>,
  ): (job: RunningJob<Job>) => Promise<JobOutcome> {
    return async (job) => {
      const { kind } = job.body
      const end = this.#jobSeconds.startTimer({ kind })
      try {
        const outcome = await handler(job)
        this.#jobs.inc({ kind, outcome: outcome.kind })
        return outcome
      } catch (error) {
        this.#jobs.inc({ kind, outcome: 'failed' })
        throw error
      } finally {
        end()
      }
    }
  }

  /** Shows the queue's depth and age, read when they are asked for. */
  watchQueue(queue: JobQueue<Job>): void {
    const age = new Gauge({
      name: 'multiarch_queue_oldest_seconds',
      help: 'How long the longest-waiting job has waited.',
      registers: [this.registry],
    })
    new Gauge({
      name: 'multiarch_queue_jobs',
      help: 'Jobs in the queue by state: waiting, running, delayed, failed.',
      labelNames: ['state'],
      registers: [this.registry],
      async collect() {
        const counts = await queue.counts().catch(() => undefined)
        this.reset()
        if (!counts) return
        for (const state of STATES) this.set({ state }, counts[state])
        age.set(counts.oldestWaiting / 1000)
      },
    })
  }
}

const STATES = ['waiting', 'running', 'delayed', 'failed'] as const

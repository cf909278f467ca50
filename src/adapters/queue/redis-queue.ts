import { randomUUID } from 'node:crypto'
import { DelayedError, Queue, WaitingError, Worker, type Job as BullJob, type JobsOptions } from 'bullmq'
import { Redis } from 'ioredis'
import { defined } from '../../core/model/defined.ts'
import type {
  FailedJob,
  JobCounts,
  JobHandler,
  JobQueue,
  NewJob,
  QueueWorker,
  RetryPolicy,
  Trouble,
  WorkOptions,
} from '../../ports/job-queue.ts'
import { EndedJobs } from './ended-jobs.ts'
import { GroupLocks } from './group-locks.ts'
import { KEEP_FAILED, REMEMBER_DELIVERIES, RETRY } from './retry.ts'

interface RedisQueueOptions {
  readonly url: string
  /** Queues of different names share a Redis without meeting. */
  readonly name?: string
  readonly retry?: RetryPolicy
  /** Milliseconds after which a worker that no longer says it lives is taken for dead. */
  readonly lease?: number
}

interface Stored<T> {
  readonly key: string
  readonly group: string
  readonly body: T
  readonly queuedAt: number
  readonly delivery?: string
  readonly putBack?: number
}

/**
 * A queue on Redis, for any number of workers: BullMQ keeps the jobs; that one group's jobs never overlap is a lock of
 * our own in the same Redis (BullMQ has groups only in its commercial edition).
 */
export class RedisQueue<T> implements JobQueue<T> {
  readonly #queue: Queue<Stored<T>>
  readonly #redis: Redis
  readonly #ended: EndedJobs
  readonly #name: string
  readonly #url: string
  readonly #retry: RetryPolicy
  readonly #lease: number

  constructor({ url, name = 'multiarch', retry = RETRY, lease = 30_000 }: RedisQueueOptions) {
    this.#name = name
    this.#url = url
    this.#retry = retry
    this.#lease = lease
    this.#redis = connect(url, 'now')
    this.#ended = new EndedJobs(this.#redis, `${name}:ended:`)
    this.#queue = new Queue(name, { connection: this.#redis, skipVersionCheck: true })
    // Without a listener a lost connection would end the process; whoever puts a job in hears of it by the rejection.
    this.#queue.on('error', ignore)
  }

  async enqueue(job: NewJob<T>): Promise<'queued' | 'known'> {
    const { key, group, body, delivery, notBefore } = job
    const seen = delivery === undefined ? undefined : `${this.#name}:delivery:${delivery}:${key}`
    if (seen !== undefined && (await this.#redis.exists(seen)) === 1) return 'known'
    const now = Date.now()
    const id = randomUUID()
    const added = await this.#queue.add(
      kindOf(key),
      { key, group, body, queuedAt: now, ...defined({ delivery }) },
      {
        ...this.#options(),
        jobId: id,
        delay: Math.max(0, (notBefore ?? now) - now),
        deduplication: { id: key, keepLastIfActive: true, reschedule: notBefore === undefined },
      },
    )
    // Marked only once the job is safe: a crash in between makes a second job, never none.
    if (seen !== undefined) await this.#redis.set(seen, '1', 'PX', REMEMBER_DELIVERIES)
    return added.id === id ? 'queued' : 'known'
  }

  work(handler: JobHandler<T>, options: WorkOptions): QueueWorker {
    const state: WorkerState = { running: new Map(), stopping: false }
    const locks = new GroupLocks(this.#redis, `${this.#name}:group:`, this.#lease)
    const worker = new Worker<Stored<T>>(
      this.#name,
      (job, token) => {
        // Known from its first moment: whoever stops waits for it, or does not.
        const abort = new AbortController()
        const ended = this.#process({ job, token: token as string, handler, locks, state, abort })
        state.running.set(abort, ended)
        return ended.finally(() => state.running.delete(abort))
      },
      {
        connection: connect(this.#url, 'patient'),
        concurrency: options.atOnce,
        lockDuration: this.#lease,
        // A lease that is over is seen soon after: looked for once a lease, a worker's death could take two to be made good.
        stalledInterval: Math.max(1, Math.floor(this.#lease / LOOKS_A_LEASE)),
        // A job that takes its process down with it is given up after this many.
        maxStalledCount: this.#retry.attempts,
        settings: { backoffStrategy: (attempt) => this.#retry.pause(attempt) },
        skipVersionCheck: true,
      },
    )
    listen(worker, this.#ended, options.onTrouble)
    return { stop: (grace) => stop(worker, state, grace) }
  }

  async counts(): Promise<JobCounts> {
    const [counts, waiting, lastDay] = await Promise.all([
      this.#queue.getJobCounts('waiting', 'active', 'delayed', 'failed'),
      this.#queue.getJobs(['waiting'], 0, 0, true),
      this.#ended.read(),
    ])
    const oldest = waiting[0]
    return {
      waiting: counts['waiting'] ?? 0,
      running: counts['active'] ?? 0,
      delayed: counts['delayed'] ?? 0,
      failed: counts['failed'] ?? 0,
      oldestWaiting: oldest ? Math.max(0, Date.now() - oldest.timestamp - oldest.delay) : 0,
      lastDay,
    }
  }

  async failures(most: number): Promise<readonly FailedJob[]> {
    const jobs = await this.#queue.getFailed(0, most - 1)
    return jobs.map(({ data, attemptsMade, stalledCounter, finishedOn, failedReason }) => ({
      key: data.key,
      group: data.group,
      attempts: attemptsMade + stalledCounter,
      failedAt: finishedOn ?? 0,
      reason: failedReason ?? '',
    }))
  }

  async ready(): Promise<boolean> {
    return this.#redis.ping().then(
      () => true,
      () => false,
    )
  }

  async close(): Promise<void> {
    await this.#queue.close().catch(ignore)
    this.#redis.disconnect()
  }

  #options(): JobsOptions {
    return {
      attempts: this.#retry.attempts,
      backoff: { type: 'custom' },
      removeOnComplete: true,
      removeOnFail: { age: KEEP_FAILED.age / 1000, count: KEEP_FAILED.most },
    }
  }

  async #process({ job, token, handler, locks, state, abort }: Processing<T>): Promise<void> {
    const { group } = job.data
    if (state.stopping) return putBack(job, token)
    const release = await locks.take(group)
    if (!release) return delay(job, Date.now() + busyPause(), token)
    try {
      // Whoever asked to stop meanwhile waits for what had begun, and for nothing more.
      if (state.stopping) return await putBack(job, token)
      // An attempt that took its process down with it is one as well; how often a job may fail is counted without.
      const attempt = job.attemptsMade + job.stalledCounter + 1
      const last = job.attemptsMade + 1 >= this.#retry.attempts
      const id = job.id as string
      const outcome = await handler({ ...job.data, id, attempt, last, signal: abort.signal })
      if (outcome.kind === 'done') return
      await job.updateData({ ...job.data, putBack: (job.data.putBack ?? 0) + 1 })
      await delay(job, outcome.notBefore, token)
    } finally {
      await release()
    }
  }
}

/** How often in the time of a lease workers look for leases that are over. */
const LOOKS_A_LEASE = 6

interface Processing<T> {
  readonly job: BullJob<Stored<T>>
  readonly token: string
  readonly handler: JobHandler<T>
  readonly locks: GroupLocks
  readonly state: WorkerState
  readonly abort: AbortController
}

interface WorkerState {
  readonly running: Map<AbortController, Promise<unknown>>
  stopping: boolean
}

const MANNERS = {
  now: { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 3000 },
  patient: { maxRetriesPerRequest: null },
} as const

/** `now`: a command fails at once while Redis is away, for the sender is waiting. `patient`: it waits for Redis to come back. */
function connect(url: string, manner: keyof typeof MANNERS): Redis {
  const redis = new Redis(url, {
    retryStrategy: (times) => Math.min(100 * times, 2000),
    connectTimeout: 2000,
    ...MANNERS[manner],
  })
  redis.on('error', ignore)
  return redis
}

/** Puts the job back until then; BullMQ learns of it by the error. */
async function delay(job: BullJob, until: number, token: string): Promise<never> {
  await job.moveToDelayed(until, token)
  throw new DelayedError()
}

/** BullMQ may still hand out a job it was waiting for when the worker began to stop. */
async function putBack(job: BullJob, token: string): Promise<never> {
  await job.moveToWait(token)
  throw new WaitingError()
}

/** How long a job waits for another of its group; spread, so that those who wait do not all come back at once. */
function busyPause(): number {
  return 200 + Math.random() * 300
}

function listen<T>(worker: Worker<Stored<T>>, ended: EndedJobs, onTrouble: (what: Trouble) => void): void {
  const connection = (error: unknown) => onTrouble({ kind: 'connection', error })
  worker.on('error', connection)
  worker.on('completed', () => void ended.count('done').catch(connection))
  worker.on('failed', (job, error) => {
    // Without an end it is only this attempt that failed.
    if (job?.finishedOn === undefined) return
    void ended.count('failed').catch(connection)
    onTrouble({ kind: 'given-up', key: job.data.key, group: job.data.group, error })
  })
}

async function stop(worker: Worker, state: WorkerState, grace: number): Promise<void> {
  state.stopping = true
  // Takes nothing new. To close it now would be to wait for what runs, however long: a second `close` cannot hurry the first.
  await worker.pause(true)
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), grace)))
  const first = await Promise.race([Promise.allSettled(state.running.values()), patience])
  clearTimeout(timer)
  if (first !== 'late') return worker.close()
  for (const abort of state.running.keys()) abort.abort()
  // What still runs keeps its lease no longer than that: another worker takes it over as stalled.
  await worker.close(true)
}

/** Keys begin with the kind: `upgrade:owner/name`. */
function kindOf(key: string): string {
  return key.split(':')[0] as string
}

function ignore(): void {}

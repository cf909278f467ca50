import type { Clock } from '../../ports/clock.ts'
import type {
  FailedJob,
  JobCounts,
  JobHandler,
  JobQueue,
  NewJob,
  QueueWorker,
  RetryPolicy,
  WorkOptions,
} from '../../ports/job-queue.ts'
import { Heap } from './heap.ts'
import { LastDay } from './last-day.ts'
import { KEEP_FAILED, REMEMBER_DELIVERIES, RETRY } from './retry.ts'

/**
 * A queue in this process's memory. What waits is lost with the process, and that is all right: state is in GitHub, and
 * the sweep at the next start finds what is due.
 */
export class InProcessQueue<T> implements JobQueue<T> {
  /** By key: what waits for its time to come, and below what only waits for a worker, each in order. */
  readonly #delayed = new Map<string, Entry<T>>()
  readonly #alarms = new Heap<Entry<T>>()
  readonly #ready = new Map<string, Entry<T>>()
  readonly #running = new Set<Entry<T>>()
  readonly #failed: FailedJob[] = []
  readonly #deliveries = new Map<string, number>()
  readonly #workers = new Set<Worker<T>>()
  readonly #lastDay: LastDay
  readonly #clock: Clock
  readonly #retry: RetryPolicy
  #timer: NodeJS.Timeout | undefined
  #nextId = 1

  constructor({
    clock = Date,
    retry = RETRY,
  }: { readonly clock?: Clock; readonly retry?: RetryPolicy } = {}) {
    this.#clock = clock
    this.#retry = retry
    this.#lastDay = new LastDay(clock)
  }

  enqueue(job: NewJob<T>): Promise<'queued' | 'known'> {
    const now = this.#clock.now()
    this.#forget(now)
    const seen = job.delivery === undefined ? undefined : `${job.delivery} ${job.key}`
    if (seen !== undefined && this.#deliveries.has(seen)) return Promise.resolve('known')
    if (seen !== undefined) this.#deliveries.set(seen, now)
    if (job.notBefore === undefined) this.#hurry(job.key, now)
    const id = String(this.#nextId++)
    const put = this.#put({
      ...job,
      id,
      queuedAt: now,
      attempt: 1,
      putBack: 0,
      notBefore: job.notBefore ?? now,
    })
    this.#wake()
    return Promise.resolve(put ? 'queued' : 'known')
  }

  work(handler: JobHandler<T>, options: WorkOptions): QueueWorker {
    const worker: Worker<T> = { handler, options, running: new Map(), stopped: false }
    this.#workers.add(worker)
    this.#wake()
    return { stop: (grace) => this.#stop(worker, grace) }
  }

  counts(): Promise<JobCounts> {
    const now = this.#clock.now()
    this.#promote(now)
    return Promise.resolve({
      waiting: this.#ready.size,
      running: this.#running.size,
      delayed: this.#delayed.size,
      failed: this.#failed.length,
      oldestWaiting: [...this.#ready.values()].reduce(
        (most, { notBefore }) => Math.max(most, now - notBefore),
        0,
      ),
      lastDay: this.#lastDay.read(),
    })
  }

  failures(most: number): Promise<readonly FailedJob[]> {
    return Promise.resolve(this.#failed.slice(0, most))
  }

  ready(): Promise<boolean> {
    return Promise.resolve(true)
  }

  close(): Promise<void> {
    clearTimeout(this.#timer)
    return Promise.resolve()
  }

  /** Starts whatever may start now, and sets the alarm for what may start next. */
  #wake(): void {
    clearTimeout(this.#timer)
    const now = this.#clock.now()
    this.#promote(now)
    const busy = new Set([...this.#running].map(({ group }) => group))
    for (const entry of this.#ready.values()) {
      const worker = [...this.#workers].find((each) => isFree(each))
      if (!worker) break
      if (busy.has(entry.group)) continue
      busy.add(entry.group)
      this.#start(entry, worker)
    }
    const next = this.#alarms.peek()
    // The longest pause a timer can take is 2^31 - 1 ms.
    if (next) this.#timer = setTimeout(() => this.#wake(), Math.min(next.notBefore - now, 2 ** 31 - 1))
  }

  #promote(now: number): void {
    for (let next = this.#alarms.peek(); next && next.notBefore <= now; next = this.#alarms.peek()) {
      this.#alarms.pop()
      // One that was hurried, or put in anew since, has left its alarm behind.
      if (this.#delayed.get(next.key) !== next) continue
      this.#delayed.delete(next.key)
      this.#ready.set(next.key, next)
    }
  }

  /** Puts a job where it waits; `false` where its twin waits already, which then stands for both. */
  #put(entry: Entry<T>): boolean {
    if (this.#ready.has(entry.key) || this.#delayed.has(entry.key)) return false
    if (entry.notBefore <= this.#clock.now()) {
      this.#ready.set(entry.key, entry)
    } else {
      this.#delayed.set(entry.key, entry)
      this.#alarms.push(entry)
    }
    return true
  }

  #start(entry: Entry<T>, worker: Worker<T>): void {
    this.#ready.delete(entry.key)
    this.#running.add(entry)
    const abort = new AbortController()
    const { notBefore: _due, ...job } = entry
    const last = entry.attempt >= this.#retry.attempts
    const ended = Promise.resolve()
      .then(() => worker.handler({ ...job, last, signal: abort.signal }))
      .then(
        (outcome) => {
          if (outcome.kind === 'done') this.#lastDay.count('done')
          else this.#put({ ...entry, putBack: entry.putBack + 1, notBefore: outcome.notBefore })
        },
        (error: unknown) => this.#failedOnce(entry, worker, error),
      )
      .finally(() => {
        this.#running.delete(entry)
        worker.running.delete(entry)
        this.#wake()
      })
    worker.running.set(entry, { abort, ended })
  }

  #failedOnce(entry: Entry<T>, worker: Worker<T>, error: unknown): void {
    const { key, group, attempt } = entry
    const now = this.#clock.now()
    if (attempt < this.#retry.attempts) {
      this.#put({ ...entry, attempt: attempt + 1, notBefore: now + this.#retry.pause(attempt) })
      return
    }
    const reason = error instanceof Error ? error.message : String(error)
    this.#failed.unshift({ key, group, attempts: attempt, failedAt: now, reason })
    this.#failed.splice(KEEP_FAILED.most)
    this.#lastDay.count('failed')
    worker.options.onTrouble({ kind: 'given-up', key, group, error })
  }

  /** Whoever asks for a job now does not wait for its delayed twin's time. */
  #hurry(key: string, now: number): void {
    const twin = this.#delayed.get(key)
    if (!twin) return
    this.#delayed.delete(key)
    this.#ready.set(key, { ...twin, notBefore: now })
  }

  async #stop(worker: Worker<T>, grace: number): Promise<void> {
    worker.stopped = true
    const ended = Promise.all([...worker.running.values()].map((each) => each.ended))
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, grace)))
    await Promise.race([ended, patience])
    clearTimeout(timer)
    for (const { abort } of worker.running.values()) abort.abort()
    this.#workers.delete(worker)
  }

  #forget(now: number): void {
    // Insertion order is age; a delivery is never refreshed.
    for (const [seen, at] of this.#deliveries) {
      if (at > now - REMEMBER_DELIVERIES) break
      this.#deliveries.delete(seen)
    }
    while (this.#failed.length > 0 && (this.#failed.at(-1) as FailedJob).failedAt < now - KEEP_FAILED.age)
      this.#failed.pop()
  }
}

interface Entry<T> extends NewJob<T> {
  readonly id: string
  readonly queuedAt: number
  readonly attempt: number
  readonly putBack: number
  readonly notBefore: number
}

interface Worker<T> {
  readonly handler: JobHandler<T>
  readonly options: WorkOptions
  readonly running: Map<Entry<T>, { readonly abort: AbortController; readonly ended: Promise<void> }>
  stopped: boolean
}

function isFree<T>({ stopped, running, options }: Worker<T>): boolean {
  return !stopped && running.size < options.atOnce
}

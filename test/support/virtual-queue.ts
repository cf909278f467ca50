import type { Job } from '../../src/app/jobs/job.ts'
import type { JobOutcome, JobSink, NewJob, RunningJob } from '../../src/ports/job-queue.ts'

/** How often a job that fails is tried, as in the queues of the App. */
const ATTEMPTS = 5

/** Put off so often, over two days and more, a job comes to no end. */
const PUT_BACKS = 60

type Waiting = Omit<RunningJob<Job>, 'last' | 'signal' | 'putBack'> & {
  readonly notBefore: number
  readonly putBack: number
}

/** A queue whose time is somebody else's clock: it runs what is due when it is told to, one after the other. */
export class VirtualQueue implements JobSink<Job> {
  readonly #clock: { at: number }
  readonly #run: (job: RunningJob<Job>) => Promise<JobOutcome>
  readonly #waiting = new Map<string, Waiting>()
  readonly #deliveries = new Set<string>()
  #nextId = 1
  /** Jobs that were given up, or put off for ever. */
  readonly failures: { readonly key: string; readonly error: unknown }[] = []
  done = 0

  constructor(clock: { at: number }, run: (job: RunningJob<Job>) => Promise<JobOutcome>) {
    this.#clock = clock
    this.#run = run
  }

  get size(): number {
    return this.#waiting.size
  }

  enqueue({
    key,
    group,
    body,
    delivery,
    notBefore = this.#clock.at,
  }: NewJob<Job>): Promise<'queued' | 'known'> {
    const seen = delivery === undefined ? undefined : `${delivery} ${key}`
    if (seen !== undefined && this.#deliveries.has(seen)) return Promise.resolve('known')
    if (seen !== undefined) this.#deliveries.add(seen)
    const twin = this.#waiting.get(key)
    if (twin) {
      this.#waiting.set(key, { ...twin, notBefore: Math.min(twin.notBefore, notBefore) })
      return Promise.resolve('known')
    }
    const id = String(this.#nextId++)
    const queuedAt = this.#clock.at
    this.#waiting.set(key, { id, key, group, body, attempt: 1, queuedAt, notBefore, putBack: 0 })
    return Promise.resolve('queued')
  }

  /** Runs what is due, and what that asks for, until nothing is; `between` is called after each job. */
  async runDue(between: () => Promise<void> = async () => {}): Promise<void> {
    for (let next = this.#due(); next; next = this.#due()) {
      await this.#runOne(next)
      await between()
    }
  }

  /** Lets time pass until nothing waits. */
  async runAll(between?: () => Promise<void>): Promise<void> {
    for (await this.runDue(between); this.#waiting.size > 0; await this.runDue(between))
      this.#clock.at = Math.max(
        this.#clock.at,
        Math.min(...[...this.#waiting.values()].map((each) => each.notBefore)),
      )
  }

  #due(): Waiting | undefined {
    return [...this.#waiting.values()].find(({ notBefore }) => notBefore <= this.#clock.at)
  }

  async #runOne(job: Waiting): Promise<void> {
    this.#waiting.delete(job.key)
    const { notBefore: _due, ...rest } = job
    const { signal } = new AbortController()
    try {
      const outcome = await this.#run({ ...rest, last: job.attempt >= ATTEMPTS, signal })
      if (outcome.kind === 'done') this.done++
      else if (job.putBack >= PUT_BACKS) this.failures.push({ key: job.key, error: 'put off for ever' })
      else this.#put({ ...job, putBack: job.putBack + 1, notBefore: outcome.notBefore })
    } catch (error) {
      if (job.attempt >= ATTEMPTS) this.failures.push({ key: job.key, error })
      else {
        const notBefore = this.#clock.at + 15_000 * 2 ** (job.attempt - 1)
        this.#put({ ...job, attempt: job.attempt + 1, notBefore })
      }
    }
  }

  #put(job: Waiting): void {
    if (!this.#waiting.has(job.key)) this.#waiting.set(job.key, job)
  }
}

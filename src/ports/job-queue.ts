/**
 * A queue of jobs. Each kind of queue keeps these promises (`test/contract/jobs.ts`):
 *
 * - Jobs of one key that still wait are one; asked for again without a time, a delayed one is due at once. A job put in
 *   while its twin runs is run once after it, for the world may have changed under the twin.
 * - What one delivery put in is not put in again by the same delivery, however late (three days are remembered, which is
 *   as long as GitHub lets one be sent again).
 * - Two jobs of one group never run at the same time, on however many workers.
 * - A job whose worker dies is run again, by another if need be: a job is run at least once, and must bear it.
 * - A job that throws is run again after a pause that grows; after its last attempt it is kept as failed.
 *
 * The order of jobs is not promised.
 */
export interface JobQueue<T> extends JobSink<T> {
  /** Begins to work. */
  work(handler: JobHandler<T>, options: WorkOptions): QueueWorker
  counts(): Promise<JobCounts>
  /** The jobs that were given up, the last one first. */
  failures(most: number): Promise<readonly FailedJob[]>
  /** Whether a job could be put in now. Answers `false` rather than reject. */
  ready(): Promise<boolean>
  /** Ends connections; work has been stopped before. */
  close(): Promise<void>
}

/** The end of a queue where jobs go in, all that the receiving side needs. */
export interface JobSink<T> {
  /** Puts a job in; rejects where that cannot be promised. `known`: it waits already, or the delivery was seen before. */
  enqueue(job: NewJob<T>): Promise<'queued' | 'known'>
}

export interface NewJob<T> {
  /** Says what is to be done, so that asking twice is once; begins with the kind. */
  readonly key: string
  /** What must not be worked on twice at a time: the repository. */
  readonly group: string
  /** Plain JSON. */
  readonly body: T
  /** The event that asked for it. */
  readonly delivery?: string
  /** Not before then (milliseconds since 1970). */
  readonly notBefore?: number
}

export interface RunningJob<T> {
  /** The queue's own name for it, for logs. */
  readonly id: string
  readonly key: string
  readonly group: string
  readonly body: T
  /** Counted from 1, attempts whose worker died among them. */
  readonly attempt: number
  /** How often it was put back by `later` so far; where the queue does not count, never. */
  readonly putBack?: number
  /** Whether the job is given up if this attempt fails. */
  readonly last: boolean
  /** When it was put in, milliseconds since 1970. */
  readonly queuedAt: number
  /** The event that asked for it first, where it was an event. */
  readonly delivery?: string
  /** Aborted where the worker is told to stop and grace is over. */
  readonly signal: AbortSignal
}

/** `later` puts the job back until then, which is no failed attempt: a rate limit's reset, for example. */
export type JobOutcome = { readonly kind: 'done' } | { readonly kind: 'later'; readonly notBefore: number }

export type JobHandler<T> = (job: RunningJob<T>) => Promise<JobOutcome>

export interface WorkOptions {
  /** How many jobs may run at once in this worker. */
  readonly atOnce: number
  /** Told of what nobody else would hear: a job given up, a connection lost. */
  readonly onTrouble: (what: Trouble) => void
}

export type Trouble =
  | { readonly kind: 'given-up'; readonly key: string; readonly group: string; readonly error: unknown }
  | { readonly kind: 'connection'; readonly error: unknown }

export interface QueueWorker {
  /** Takes no new jobs; resolves once the running ones are done, or after so many milliseconds are back in the queue. */
  stop(grace: number): Promise<void>
}

export interface JobCounts {
  readonly waiting: number
  readonly running: number
  /** Waiting for a time to come: a retry, a rate limit, a release day's jitter. */
  readonly delayed: number
  /** Given up and kept. */
  readonly failed: number
  /** Milliseconds the longest-waiting job has waited; 0 where none waits. */
  readonly oldestWaiting: number
  /** Ended in the last 24 hours. */
  readonly lastDay: { readonly done: number; readonly failed: number }
}

export interface FailedJob {
  readonly key: string
  readonly group: string
  readonly attempts: number
  /** Milliseconds since 1970. */
  readonly failedAt: number
  /** The error's message. */
  readonly reason: string
}

/** How often a job is tried, and how many milliseconds pass before it is tried again. */
export interface RetryPolicy {
  readonly attempts: number
  pause(attempt: number): number
}

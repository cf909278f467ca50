import type { Clock } from '../../ports/clock.ts'
import type { JobSink } from '../../ports/job-queue.ts'
import type { Job } from './job.ts'
import { jobsFor, type WebhookEvent } from './jobs-for.ts'
import { putJobs } from './put-jobs.ts'

interface Received {
  /** How many jobs the event asked for. */
  readonly jobs: number
  /** How many of them were new to the queue. */
  readonly queued: number
}

/**
 * Turns a verified webhook into jobs and puts them into the queue; work happens elsewhere. Rejects with `QueueAway` where the queue
 * cannot take them: the door then answers that it failed, and the next sweep makes good.
 */
export async function receive(
  event: WebhookEvent & { readonly delivery: string },
  { queue, clock }: { readonly queue: JobSink<Job>; readonly clock: Clock },
): Promise<Received> {
  const jobs = jobsFor(event)
  const { delivery } = event
  return { jobs: jobs.length, queued: await putJobs(jobs, { queue, clock, delivery }) }
}

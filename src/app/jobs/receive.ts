import type { Clock } from '../../ports/ambient.ts'
import type { JobSink } from '../../ports/jobs.ts'
import { groupOf, keyOf, type Job } from './job.ts'
import { jobsFor, type WebhookEvent } from './jobs-for.ts'
import { dueTimes } from './spread.ts'

/** More than this many at once are spread: an installation on a whole organization. */
const AT_ONCE = 20

export interface Received {
  /** How many jobs the event asked for. */
  readonly jobs: number
  /** How many of them were new to the queue. */
  readonly queued: number
}

/**
 * Turns a verified webhook into jobs and puts them into the queue; work happens elsewhere. Rejects where the queue cannot
 * take them: the door then answers that it failed, and the next sweep makes good.
 */
export async function receive(
  event: WebhookEvent & { readonly delivery: string },
  { queue, clock }: { readonly queue: JobSink<Job>; readonly clock: Clock },
): Promise<Received> {
  const jobs = jobsFor(event)
  const due =
    jobs.length > AT_ONCE
      ? dueTimes(
          jobs.map(({ repository }) => repository),
          clock.now(),
        )
      : []
  const answers = await Promise.all(
    jobs.map((job, index) => {
      const notBefore = due[index]
      const { delivery } = event
      return queue.enqueue({
        ...{ key: keyOf(job), group: groupOf(job), body: job, delivery },
        ...(notBefore !== undefined && { notBefore }),
      })
    }),
  )
  return { jobs: jobs.length, queued: answers.filter((answer) => answer === 'queued').length }
}

import { defined } from '../../core/model/defined.ts'
import type { Clock } from '../../ports/clock.ts'
import type { JobSink } from '../../ports/job-queue.ts'
import { groupOf, keyOf, type Job } from './job.ts'
import { dueTimes } from './due-times.ts'

/** More than this many at once are spread: an installation on a whole organization. */
const AT_ONCE = 20

interface JobsInto {
  readonly queue: JobSink<Job>
  readonly clock: Clock
  /** The webhook that asked for them. */
  readonly delivery?: string
}

/** Thrown where jobs could not be put into their queue. */
export class QueueAway extends Error {
  constructor(cause: unknown) {
    super('The queue takes no jobs', { cause })
    this.name = 'QueueAway'
  }
}

/** Puts jobs into the queue, many of them spread over a while; says how many were new to it. Rejects with `QueueAway`. */
export async function putJobs(jobs: readonly Job[], { queue, clock, delivery }: JobsInto): Promise<number> {
  const repositories = jobs.map(({ repository }) => repository)
  const due = jobs.length > AT_ONCE ? dueTimes(repositories, clock.now()) : []
  const put = jobs.map((job, index) => {
    const notBefore = due[index]
    return queue.enqueue({
      key: keyOf(job),
      group: groupOf(job),
      body: job,
      ...defined({ delivery }),
      ...defined({ notBefore }),
    })
  })
  try {
    return (await Promise.all(put)).filter((answer) => answer === 'queued').length
  } catch (error) {
    throw new QueueAway(error)
  }
}

import { GitHubFailure } from '../../adapters/github/api/failure-of.ts'
import { keyOf, type Job } from '../../app/jobs/job.ts'
import { againAt } from '../../app/jobs/again-at.ts'
import { apologize, describe, doJob, tellUnclear, type JobWorld } from '../../app/jobs/run-job.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import { TryLater } from '../../ports/try-later.ts'

/** How a job ended that nobody takes up again. */
export type Ended =
  | { readonly kind: 'done' }
  /** It was put off for longer than a run may wait. */
  | { readonly kind: 'left'; readonly until: number; readonly why: string }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'failed' }

/** A run costs by the minute: delays of a minute are waited out, and not more than five minutes of them. */
const LONGEST = 75_000
const TOGETHER = 5 * 60_000

/** How long a failure of nobody's knowing is let rest before it is tried again. */
const PAUSES = [5_000, 20_000]

/** Runs a job where there is no queue to put it back into. A token that is not taken is thrown. */
export async function runPatiently(
  job: Job,
  world: JobWorld,
  pause: (milliseconds: number) => Promise<void>,
): Promise<Ended> {
  const { log, clock = Date } = world
  const about = { job: keyOf(job), kind: job.kind }
  let waited = 0
  let failures = 0
  let putOff = 0
  const wait = (milliseconds: number): Promise<void> => {
    waited += milliseconds
    return pause(milliseconds)
  }
  for (;;) {
    try {
      await doJob(job, world)
      log.info('job done', about)
      return { kind: 'done' }
    } catch (error) {
      if (error instanceof GitHubFailure && error.status === 401) throw error
      if (error instanceof Refusal) {
        log.info('job refused', { ...about, codes: error.problems.map(({ code }) => code) })
        return { kind: 'refused', problems: error.problems }
      }
      if (error instanceof TryLater) {
        const until = againAt(error, putOff++, clock.now())
        const delay = Math.max(1_000, until - clock.now())
        const why = error.message
        log.info('job put off', { ...about, until: new Date(until).toISOString(), why })
        if (delay > LONGEST || waited + delay > TOGETHER) {
          await tellUnclear(error, { job: { body: job }, world, again: until })
          return { kind: 'left', until, why }
        }
        await wait(delay)
        continue
      }
      log.error('job failed', { ...about, error: describe(error) })
      const rest = PAUSES[failures++]
      if (rest === undefined) {
        await apologize({ id: keyOf(job), body: job }, world)
        return { kind: 'failed' }
      }
      await wait(rest)
    }
  }
}

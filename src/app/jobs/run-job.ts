import { Refusal } from '../../core/model/problem.ts'
import type { Log } from '../../ports/ambient.ts'
import type { Host, Workplace } from '../../ports/host.ts'
import type { JobOutcome, RunningJob } from '../../ports/jobs.ts'
import { TryLater } from '../../ports/try-later.ts'
import type { Job } from './job.ts'
import type { UseCases } from './use-cases.ts'

export interface JobWorld {
  readonly host: Host
  readonly useCases: UseCases
  readonly log: Log
}

/**
 * Runs one job. What a person can mend ends it: the use case has told them. What the other side asks to wait for puts it
 * back. Anything else is our defect: logged under the job's id, tried again by the queue, and in the end apologized for.
 */
export async function runJob(job: RunningJob<Job>, world: JobWorld): Promise<JobOutcome> {
  const { log } = world
  const about = {
    ...{ job: job.id, kind: job.body.kind, repository: job.group, attempt: job.attempt },
    ...(job.delivery !== undefined && { delivery: job.delivery }),
  }
  try {
    const place = await world.host.open(job.body.repository)
    await dispatch(place, job.body, world.useCases)
    log.info('job done', about)
    return { kind: 'done' }
  } catch (error) {
    if (error instanceof TryLater) {
      log.info('job put back', {
        ...about,
        until: new Date(error.notBefore).toISOString(),
        why: error.message,
      })
      return { kind: 'later', notBefore: error.notBefore }
    }
    if (error instanceof Refusal) {
      log.info('job refused', { ...about, codes: error.problems.map(({ code }) => code) })
      return { kind: 'done' }
    }
    log.error('job failed', { ...about, error: describe(error) })
    if (job.last) await apologize(job, world)
    throw error
  }
}

function dispatch(place: Workplace, job: Job, useCases: UseCases): Promise<void> {
  switch (job.kind) {
    case 'look':
      return useCases.lookAfter(place)
    case 'sweep':
      return useCases.lookIfChanged(place)
    case 'recheck':
      return useCases.recheck(place, job.branch)
    case 'comments':
      return useCases.answerComments(place, job.number)
    case 'button':
      return useCases.pressButton(place, job.press)
    case 'dashboard':
      return useCases.answerDashboard(place, job)
  }
}

/** Best effort: the defect itself is what matters, and it is logged. */
async function apologize({ id, body }: RunningJob<Job>, { host, useCases, log }: JobWorld): Promise<void> {
  try {
    const place = await host.open(body.repository)
    await useCases.apologize(place, threadOf(body), id)
  } catch (error) {
    log.error('apology failed', { job: id, error: describe(error) })
  }
}

function threadOf(job: Job): { readonly number?: number; readonly branch?: string } {
  if (job.kind === 'comments') return { number: job.number }
  if (job.kind === 'recheck') return { branch: job.branch }
  return job.kind === 'button' ? { branch: job.press.branch } : {}
}

/** The stack says where; messages of ours hold no payloads. */
function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

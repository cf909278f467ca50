import { defined } from '../../core/model/defined.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Clock, Log } from '../../ports/clock.ts'
import type { Host } from '../../ports/host.ts'
import type { JobOutcome, JobSink, RunningJob } from '../../ports/job-queue.ts'
import { TryLater } from '../../ports/try-later.ts'
import type { Job } from './job.ts'
import { againAt, isLasting } from './again-at.ts'
import { putJobs } from './put-jobs.ts'
import type { UseCases } from './use-cases.ts'

export interface JobWorld {
  readonly host: Host
  readonly useCases: UseCases
  readonly log: Log
  readonly clock?: Clock
  /** Where jobs go that a job asks for; without one they are done at once. */
  readonly queue?: JobSink<Job>
}

/**
 * Runs one job. What a person can mend ends it: the use case has told them. What the other side asks to wait for puts it
 * back. Anything else is our defect: logged under the job's id, tried again by the queue, and in the end apologized for.
 */
export async function runJob(job: RunningJob<Job>, world: JobWorld): Promise<JobOutcome> {
  const { log, clock = Date } = world
  const about = {
    job: job.id,
    kind: job.body.kind,
    repository: job.group,
    attempt: job.attempt,
    ...defined({ delivery: job.delivery }),
  }
  if (!isKnown(job.body)) return keepForOthers(job, world)
  try {
    await doJob(job.body, world)
    log.info('job done', about)
    return { kind: 'done' }
  } catch (error) {
    if (error instanceof TryLater) {
      const notBefore = againAt(error, job.putBack ?? 0, clock.now())
      await tellIfLasting(error, { job, world, again: notBefore })
      const until = new Date(notBefore).toISOString()
      log.info('job put back', { ...about, until, why: error.message })
      return { kind: 'later', notBefore }
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

interface PutOff {
  readonly job: Pick<RunningJob<Job>, 'body' | 'putBack'>
  readonly world: JobWorld
  readonly again: number
}

/** Best effort: what stands in the way of the job may well stand in the way of this. */
async function tellIfLasting(error: TryLater, { job, world, again }: PutOff): Promise<void> {
  if (isLasting(error, job.putBack ?? 0)) await tellUnclear(error, { job, world, again })
}

/** Says what was not understood where people read it. */
export async function tellUnclear({ unclear }: TryLater, { job, world, again }: PutOff): Promise<void> {
  const { host, useCases, log } = world
  if (!unclear || job.body.kind === 'installation') return
  try {
    await useCases.tellUnclear(await host.open(job.body.repository), unclear, again)
  } catch (error) {
    log.info('not told', { kind: job.body.kind, why: describe(error) })
  }
}

type Done = {
  readonly [K in Job['kind']]: (job: Extract<Job, { kind: K }>, world: JobWorld) => Promise<void>
}

/** What each kind of job does. */
const DOES: Done = {
  look: async ({ repository }, { host, useCases }) => useCases.lookAfter(await host.open(repository)),
  sweep: async ({ repository }, { host, useCases }) => useCases.lookIfChanged(await host.open(repository)),
  recheck: async ({ repository, branch }, { host, useCases }) =>
    useCases.recheck(await host.open(repository), branch),
  comments: async ({ repository, number }, { host, useCases }) =>
    useCases.answerComments(await host.open(repository), number),
  button: async ({ repository, press }, { host, useCases }) =>
    useCases.pressButton(await host.open(repository), press),
  dashboard: async ({ repository, ...change }, { host, useCases }) =>
    useCases.answerDashboard(await host.open(repository), change),
  installation: ({ installation }, world) => lookAtAll(installation, world),
}

/** Does one job, and throws whatever came in the way. */
export function doJob(job: Job, world: JobWorld): Promise<void> {
  const does = DOES[job.kind] as (job: Job, world: JobWorld) => Promise<void>
  return does(job, world)
}

async function lookAtAll(
  installation: number,
  { host, useCases, queue, clock = Date }: JobWorld,
): Promise<void> {
  const repositories = await host.installedBy(installation)
  const looks = repositories.map((repository): Job => ({ kind: 'look', repository }))
  if (queue) return void (await putJobs(looks, { queue, clock }))
  for (const repository of repositories) await useCases.lookAfter(await host.open(repository))
}

function isKnown({ kind }: { readonly kind: string }): boolean {
  return Object.hasOwn(DOES, kind)
}

/** A version that knows the job may run beside this one, or be on its way. */
const FOR_OTHERS = 60_000

/** After that nobody is coming. Failed jobs are kept for a while, to be looked at. */
const LONGEST = 7 * 24 * 3600_000

function keepForOthers(
  { id, body, group, queuedAt }: RunningJob<Job>,
  { log, clock = Date }: JobWorld,
): JobOutcome {
  const now = clock.now()
  const about = { job: id, kind: body.kind, repository: group }
  if (queuedAt > 0 && now - queuedAt > LONGEST) {
    const error = new Error(`no version of mine came that does \`${body.kind}\``)
    log.error('job failed', { ...about, error: error.message })
    throw error
  }
  log.info('job kept for a version that knows it', about)
  return { kind: 'later', notBefore: now + FOR_OTHERS }
}

/** Best effort: the defect itself is what matters, and it is logged. */
export async function apologize(
  { id, body }: Pick<RunningJob<Job>, 'id' | 'body'>,
  { host, useCases, log }: JobWorld,
): Promise<void> {
  if (body.kind === 'installation') return
  try {
    await useCases.apologize(await host.open(body.repository), threadOf(body), id)
  } catch (error) {
    log.error('apology failed', { job: id, error: describe(error) })
  }
}

/** Where somebody waits for what the job does. */
function threadOf(job: Job): { readonly number?: number; readonly branch?: string } {
  if (job.kind === 'comments') return { number: job.number }
  if (job.kind === 'recheck') return { branch: job.branch }
  return job.kind === 'button' ? { branch: job.press.branch } : {}
}

/** The stack says where; messages of ours hold no payloads. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

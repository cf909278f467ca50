import { runJob } from '../app/run-job.ts'
import { sweep } from '../app/sweep.ts'
import type { Job } from '../app/job.ts'
import { groupOf, keyOf } from '../app/job.ts'
import type { JobSink } from '../ports/jobs.ts'
import { readEnv } from './env.ts'
import { onStopSignal } from './stop-signal.ts'
import { wire, type Wiring } from './wire.ts'

/** `multiarch worker`: takes jobs from Redis until it is asked to stop. Refuses a broken environment. */
export async function work(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const wiring = wire(readEnv(env, 'work'))
  const stop = startWorker(wiring)
  wiring.log.info('working', { atOnce: wiring.settings.jobsAtOnce })
  await onStopSignal(stop)
}

/** Returns what ends the work: running jobs finish, or go back to the queue. */
export function startWorker(wiring: Wiring): () => Promise<void> {
  const { settings, host, queue, useCases, log, metrics } = wiring
  const worker = queue.work(
    metrics.measured((job) => runJob(job, { host, useCases, log })),
    { atOnce: settings.jobsAtOnce, onTrouble: (what) => log.error('queue', { what: what.kind }) },
  )
  return async () => {
    log.info('stopping', { grace: settings.grace })
    await worker.stop(settings.grace)
    await wiring.close()
  }
}

/**
 * `multiarch sweep`: one look at every installation. With Redis the looks are put into the queue for the workers; without,
 * they are done here, one after the other. Answers how many there were and how many failed.
 */
export async function sweepOnce(
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ readonly repositories: number; readonly failed: number }> {
  const wiring = wire(readEnv(env, 'sweep'))
  try {
    return await sweepWith(wiring)
  } finally {
    await wiring.close()
  }
}

export async function sweepWith(
  wiring: Wiring,
): Promise<{ readonly repositories: number; readonly failed: number }> {
  const { settings, host, queue, log } = wiring
  if (settings.redisUrl) return { repositories: await sweep({ host, queue, clock: Date, log }), failed: 0 }
  const looks: Job[] = []
  const collect: JobSink<Job> = {
    enqueue: ({ body }) => {
      looks.push(body)
      return Promise.resolve('queued')
    },
  }
  await sweep({ host, queue: collect, clock: Date, log })
  let failed = 0
  for (const look of looks) if (!(await lookNow(look, wiring))) failed++
  return { repositories: looks.length, failed }
}

async function lookNow(job: Job, { host, useCases, log, metrics }: Wiring): Promise<boolean> {
  const key = keyOf(job)
  const signal = new AbortController().signal
  const running = {
    id: key,
    key,
    group: groupOf(job),
    body: job,
    attempt: 1,
    last: true,
    queuedAt: Date.now(),
    signal,
  }
  try {
    const outcome = await metrics.measured((each) => runJob(each, { host, useCases, log }))(running)
    return outcome.kind === 'done'
  } catch {
    // runJob has logged it; the others still get their look.
    return false
  }
}

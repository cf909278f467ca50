import { runJob } from '../../app/jobs/run-job.ts'
import { sweep } from '../../app/jobs/sweep.ts'
import type { Job } from '../../app/jobs/job.ts'
import { groupOf, keyOf } from '../../app/jobs/job.ts'
import type { JobSink } from '../../ports/job-queue.ts'
import { readEnv } from './read-env.ts'
import { httpServer } from './http-server.ts'
import { listen, type Listening } from './listen.ts'
import { logTrouble } from './log-trouble.ts'
import { logWarnings } from './log-warnings.ts'
import { pages } from './pages.ts'
import { onStopSignal } from './on-stop-signal.ts'
import { wire, type Wiring } from './wire.ts'

/** `multiarch worker`: takes jobs from Redis until it is asked to stop. Refuses a broken environment. */
export async function work(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const wiring = wire(readEnv(env, 'work'))
  logWarnings(wiring.log)
  const worker = await startWorker(wiring)
  wiring.log.info('working', { atOnce: wiring.settings.jobsAtOnce, url: worker.url })
  await onStopSignal(() => worker.stop())
}

/** A worker that works; `stop` lets running jobs finish, or go back to the queue. */
export interface RunningWorker {
  /** Where it shows its pages, if it was given a port for them. */
  readonly url: string | undefined
  stop(): Promise<void>
}

export async function startWorker(wiring: Wiring): Promise<RunningWorker> {
  const { settings, host, queue, useCases, log, metrics } = wiring
  let stopping = false
  const shown = await showPages(wiring, () => stopping)
  const worker = queue.work(
    metrics.measured((job) => runJob(job, { host, useCases, log, queue })),
    { atOnce: settings.jobsAtOnce, onTrouble: logTrouble(log) },
  )
  return {
    url: shown?.url,
    stop: async () => {
      stopping = true
      log.info('stopping', { grace: settings.grace })
      await worker.stop(settings.grace)
      await shown?.close(0)
      await wiring.close()
    },
  }
}

/** What a worker counts is nowhere else to be seen. The queue is shown by the server, once for all. */
async function showPages(
  { settings, queue, metrics }: Wiring,
  isStopping: () => boolean,
): Promise<Listening | undefined> {
  const { metricsPort: port, host } = settings
  if (port === undefined) return undefined
  return listen(httpServer({ pages: pages({ queue, metrics, startedAt: Date.now(), isStopping }) }), {
    port,
    host,
  })
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

async function sweepWith(
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

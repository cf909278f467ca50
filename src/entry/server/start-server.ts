import { receive } from '../../app/jobs/receive.ts'
import { runJob } from '../../app/jobs/run-job.ts'
import type { QueueWorker } from '../../ports/job-queue.ts'
import { readEnv } from './read-env.ts'
import { httpServer } from './http-server.ts'
import { listen } from './listen.ts'
import { logNotAccepted } from './log-not-accepted.ts'
import { logTrouble } from './log-trouble.ts'
import { logWarnings } from './log-warnings.ts'
import { pages } from './pages.ts'
import { loadProbot } from './load-probot.ts'
import { onStopSignal } from './on-stop-signal.ts'
import { startSweeping } from './start-sweeping.ts'
import { WebhookBodies } from './webhook-bodies.ts'
import { answerWebhook } from './answer-webhook.ts'
import { wire, type Wiring } from './wire.ts'

/** A server that runs; `stop` takes nothing new, lets running jobs end, and closes everything. */
export interface RunningServer {
  readonly url: string
  stop(): Promise<void>
}

/** `multiarch serve`: reads the environment, runs until it is asked to stop. Refuses a broken environment. */
export async function serve(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const settings = readEnv(env, 'serve')
  const wiring = wire(settings)
  logWarnings(wiring.log)
  const server = await startServer(wiring)
  wiring.log.info('serving', {
    url: server.url,
    queue: settings.redisUrl ? 'redis' : 'in this process',
    logOnly: settings.logOnly,
  })
  await onStopSignal(() => server.stop())
}

/** Opens the door, the pages, the sweep, and, where the queue is in this process, the worker. */
export async function startServer(wiring: Wiring): Promise<RunningServer> {
  const { settings, host, queue, useCases, log, metrics } = wiring
  const clock = Date
  let stopping = false
  const take = await loadProbot(
    settings,
    async (event) => {
      const { jobs, queued } = await receive(event, { queue, clock })
      log.info('webhook', {
        delivery: event.delivery,
        event: event.name,
        action: event.payload.action,
        jobs,
        queued,
      })
      return jobs
    },
    log,
  )
  const door = {
    secret: settings.webhookSecret ?? '',
    take,
    onFailure: logNotAccepted(log),
  }
  metrics.watchQueue(queue)
  const server = httpServer({
    webhooks: {
      bodies: new WebhookBodies(door.secret),
      answer: (request) => answerWebhook(request, door),
      onAnswer: ({ event, outcome }, seconds) => metrics.webhook(event, outcome, seconds),
    },
    pages: pages({ queue, metrics, startedAt: Date.now(), isStopping: () => stopping }),
  })
  const opened = await listen(server, settings)
  const worker: QueueWorker | undefined = settings.redisUrl
    ? undefined
    : queue.work(
        metrics.measured((job) => runJob(job, { host, useCases, log, queue })),
        { atOnce: settings.jobsAtOnce, onTrouble: logTrouble(log) },
      )
  const endSweeping = startSweeping({ host, queue, clock, log }, settings)
  return {
    url: opened.url,
    stop: async () => {
      stopping = true
      endSweeping()
      log.info('stopping', { grace: settings.grace })
      await Promise.all([opened.close(settings.grace), worker?.stop(settings.grace)])
      await wiring.close()
    },
  }
}

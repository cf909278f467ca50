import { randomUUID } from 'node:crypto'
import { Probot } from 'probot'
import type { WebhookEvent } from '../../app/jobs/jobs-for.ts'
import type { Log } from '../../ports/clock.ts'
import { app } from './app.ts'
import type { Settings } from './read-env.ts'
import type { VerifiedEvent } from './answer-webhook.ts'

/**
 * Probot with our one function loaded; returns how an event is given to it. It answers with the number of jobs.
 *
 * What Probot is here for: it hands an event to those who listen to its name, so that the App is a Probot App like any other, which
 * whoever runs one can load beside their own. What it does not do is the door. A signature is checked over bytes that are bounded
 * while they come in, and the sender is told whether the queue has the job (`answer-webhook.ts`); the middleware that Probot uses reads any
 * body whole, and after nine seconds it answers whatever becomes of the handlers. Its Octokit is not used either: jobs run later, elsewhere, with
 * limits of their own (`adapters/github`).
 */
export async function loadProbot(
  settings: Pick<Settings, 'app' | 'webhookSecret' | 'apiUrl'>,
  take: (event: WebhookEvent & { readonly delivery: string }) => Promise<number>,
  log: Log,
): Promise<(event: VerifiedEvent) => Promise<number>> {
  // Under a name of its own each: a delivery may come twice at once.
  const waiting = new Map<string, { readonly delivery: string; taken?: Promise<number> }>()
  const probot = new Probot({
    appId: settings.app?.id ?? 0,
    privateKey: settings.app?.privateKey ?? '',
    secret: settings.webhookSecret ?? '',
    baseUrl: settings.apiUrl,
    log: quietLogger(log) as never,
  })
  await probot.load(
    app(async (event) => {
      const asked = waiting.get(event.delivery)
      if (!asked) return
      asked.taken = take({ ...event, delivery: asked.delivery })
      // Whoever gave the event waits for that itself, and hears there how it failed.
      await asked.taken.catch(() => {})
    }),
  )
  return async ({ name, delivery, payload }) => {
    const id = randomUUID()
    const asked: { readonly delivery: string; taken?: Promise<number> } = { delivery }
    waiting.set(id, asked)
    try {
      await probot.receive({ id, name, payload } as never)
      return (await asked.taken) ?? 0
    } finally {
      waiting.delete(id)
    }
  }
}

/** Probot logs an event's whole payload where a handler fails; of its lines only the sentence is kept. */
function quietLogger(log: Log): Record<string, unknown> {
  const sentence = (...parts: readonly unknown[]): string =>
    parts.find((part): part is string => typeof part === 'string') ?? 'an event could not be taken'
  const error = (...parts: readonly unknown[]): void => log.error('probot', { said: sentence(...parts) })
  const silent = (): void => {}
  const logger: Record<string, unknown> = {
    trace: silent,
    debug: silent,
    info: silent,
    warn: silent,
    error,
    fatal: error,
    child: () => logger,
  }
  return logger
}

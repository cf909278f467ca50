import { Probot } from 'probot'
import type { WebhookEvent } from '../app/jobs/jobs-for.ts'
import type { Log } from '../ports/ambient.ts'
import { app } from './app.ts'
import type { Settings } from './env.ts'
import type { VerifiedEvent } from './webhook-door.ts'

/** Probot with our one function loaded; returns how an event is given to it. It answers with the number of jobs. */
export async function loadProbot(
  settings: Pick<Settings, 'app' | 'webhookSecret' | 'apiUrl'>,
  take: (event: WebhookEvent & { readonly delivery: string }) => Promise<number>,
  log: Log,
): Promise<(event: VerifiedEvent) => Promise<number>> {
  const jobs = new Map<string, number>()
  const probot = new Probot({
    appId: settings.app?.id ?? 0,
    privateKey: settings.app?.privateKey ?? '',
    secret: settings.webhookSecret ?? '',
    baseUrl: settings.apiUrl,
    log: quietLogger(log) as never,
  })
  await probot.load(
    app(async (event) => {
      jobs.set(event.delivery, await take(event))
    }),
  )
  return async ({ name, delivery, payload }) => {
    try {
      await probot.receive({ id: delivery, name, payload } as never)
      return jobs.get(delivery) ?? 0
    } finally {
      jobs.delete(delivery)
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
    ...{ trace: silent, debug: silent, info: silent, warn: silent, error, fatal: error },
    child: () => logger,
  }
  return logger
}

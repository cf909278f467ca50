import type { ApplicationFunction } from 'probot'
import { EVENTS, type Payload, type WebhookEvent } from '../../app/jobs/jobs-for.ts'

/** The Probot function: hands every event on, and nothing else. What it throws fails the delivery. */
export function app(
  take: (event: WebhookEvent & { readonly delivery: string }) => Promise<void>,
): ApplicationFunction {
  return (probot) => {
    probot.on([...EVENTS], ({ id, name, payload }) =>
      take({ name, delivery: id, payload: payload as unknown as Payload }),
    )
  }
}

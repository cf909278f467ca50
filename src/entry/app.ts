import type { ApplicationFunction } from 'probot'
import type { WebhookEvent } from '../app/jobs/jobs-for.ts'

/** The events this App subscribes to; `app.yml` names the same. */
const EVENTS = [
  'installation',
  'installation_repositories',
  'push',
  'pull_request',
  'issue_comment',
  'check_run',
  'check_suite',
  'issues',
] as const

/** The Probot function: hands every event on, and nothing else. What it throws fails the delivery. */
export function app(
  take: (event: WebhookEvent & { readonly delivery: string }) => Promise<void>,
): ApplicationFunction {
  return (probot) => {
    probot.on([...EVENTS], ({ id, name, payload }) => take({ name, delivery: id, payload: payload }))
  }
}

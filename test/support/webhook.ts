import { createHmac, randomUUID } from 'node:crypto'

export const SECRET = 'correct horse battery staple'

export interface Webhook {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A webhook as GitHub would send it. */
export function webhook(event: string, payload: unknown, delivery: string = randomUUID()): Webhook {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': delivery,
      'x-hub-signature-256': sign(body, SECRET),
    },
  }
}

export function sign(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/** A push to somebody's default branch. */
export function push(repository: string): Readonly<Record<string, unknown>> {
  return {
    ref: 'refs/heads/main',
    installation: { id: 1 },
    repository: { full_name: repository, default_branch: 'main' },
    sender: { login: 'ada', type: 'User' },
  }
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Payload } from '../app/jobs/jobs-for.ts'

/** GitHub sends at most 25 MB; whoever sends more is not GitHub. */
export const MAX_WEBHOOK = 25 * 1024 * 1024

export interface WebhookRequest {
  /** A header by its lower-case name. */
  readonly header: (name: string) => string | undefined
  readonly body: Buffer
}

export interface VerifiedEvent {
  readonly name: string
  readonly delivery: string
  readonly payload: Payload
}

export interface DoorAnswer {
  readonly status: number
  /** One sentence; people read it in GitHub's list of deliveries. */
  readonly text: string
  /** For metrics. */
  readonly outcome: 'accepted' | 'ignored' | 'refused' | 'failed'
  readonly event?: string
}

export interface Door {
  readonly secret: string
  /** Puts the event's jobs in and says how many; rejects where the queue is away. */
  take(event: VerifiedEvent): Promise<number>
  /** Hears why `take` failed. */
  onFailure(error: unknown, event: VerifiedEvent): void
}

/** Answers a webhook: verified, turned into jobs, answered at once. The same for every platform. */
export async function answerWebhook(request: WebhookRequest, door: Door): Promise<DoorAnswer> {
  const refusal = refuseUnread(request) ?? refuseForged(request, door.secret)
  if (refusal) return refusal
  const event = readEvent(request)
  if ('status' in event) return event
  try {
    const jobs = await door.take(event)
    const outcome = jobs === 0 ? 'ignored' : 'accepted'
    return { status: 202, text: jobs === 0 ? 'Nothing to do.' : `Jobs: ${jobs}.`, outcome, event: event.name }
  } catch (error) {
    door.onFailure(error, event)
    const text = 'The queue is away, so this event is not accepted; the next sweep will make good.'
    return { status: 503, text, outcome: 'failed', event: event.name }
  }
}

/** What can be refused by its headers alone, before the body is read. */
export function refuseUnread({ header }: Pick<WebhookRequest, 'header'>): DoorAnswer | undefined {
  if (!/^sha256=[0-9a-f]{64}$/.test(header('x-hub-signature-256') ?? ''))
    return refused(401, 'There is no signature. Set the webhook secret in the settings of the App.')
  if (!header('x-github-event') || !header('x-github-delivery'))
    return refused(400, 'The headers X-GitHub-Event and X-GitHub-Delivery are missing.')
  if (Number(header('content-length') ?? 0) > MAX_WEBHOOK) return tooLarge()
  return undefined
}

export function tooLarge(): DoorAnswer {
  return refused(413, 'GitHub sends at most 25 MB, and this is more.')
}

function refuseForged({ header, body }: WebhookRequest, secret: string): DoorAnswer | undefined {
  if (body.length > MAX_WEBHOOK) return tooLarge()
  const expected = createHmac('sha256', secret).update(body).digest()
  const given = Buffer.from((header('x-hub-signature-256') ?? '').slice('sha256='.length), 'hex')
  if (given.length === expected.length && timingSafeEqual(given, expected)) return undefined
  return refused(401, 'The signature does not match. Is the webhook secret the same on both sides?')
}

function readEvent({ header, body }: WebhookRequest): VerifiedEvent | DoorAnswer {
  if (!/\bjson\b/i.test(header('content-type') ?? 'application/json'))
    return refused(415, 'Set the content type of the webhook to application/json.')
  const payload = parse(body.toString())
  if (!payload) return refused(400, 'The body is no JSON object.')
  return {
    name: header('x-github-event') as string,
    delivery: header('x-github-delivery') as string,
    payload,
  }
}

function parse(text: string): Payload | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function refused(status: number, text: string): DoorAnswer {
  return { status, text, outcome: 'refused' }
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import { QueueAway } from '../../app/jobs/put-jobs.ts'
import { isSubscribed, type Payload } from '../../app/jobs/jobs-for.ts'
import { readPayload } from './read-payload.ts'

/** GitHub sends at most 25 MB; whoever sends more is not GitHub. */
export const MAX_WEBHOOK = 25 * 1024 * 1024

export interface WebhookRequest {
  /** A header by its lower-case name. */
  readonly header: (name: string) => string | undefined
  readonly body: Buffer
  /** What `signature` makes of the body, where it was made while the body came in. */
  readonly signature?: Buffer
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
  readonly outcome: Outcome
  readonly event?: string
}

/** `failed`: the queue was away. `broken`: our own defect. `busy`: more came in at once than may be held. */
type Outcome = 'accepted' | 'ignored' | 'refused' | 'failed' | 'broken' | 'busy'

export interface Door {
  readonly secret: string
  /** Puts the event's jobs in and says how many; rejects where the queue is away. */
  take(event: VerifiedEvent): Promise<number>
  /** Hears why an event was not taken. */
  onFailure(error: unknown, event: Pick<VerifiedEvent, 'name' | 'delivery'>): void
}

/** Answers a webhook: verified, turned into jobs, answered at once. The same for every platform. */
export async function answerWebhook(request: WebhookRequest, door: Door): Promise<DoorAnswer> {
  const refusal = refuseUnread(request) ?? refuseForged(request, door.secret)
  if (refusal) return refusal
  const event = readEvent(request)
  if ('status' in event) {
    if (event.outcome === 'refused') door.onFailure(event.text, nameOf(request))
    return event
  }
  try {
    const jobs = await door.take(event)
    return jobs === 0 ? nothingToDo(event.name) : accepted(event.name, jobs)
  } catch (error) {
    door.onFailure(error, event)
    return notTaken(error, event.name)
  }
}

function accepted(event: string, jobs: number): DoorAnswer {
  return { status: 202, text: `Jobs: ${jobs}.`, outcome: 'accepted', event }
}

function nothingToDo(event: string): DoorAnswer {
  return { status: 202, text: 'Nothing to do.', outcome: 'ignored', event }
}

function notTaken(error: unknown, event: string): DoorAnswer {
  if (isDefect(error)) {
    const text = 'Something broke on my side, so this event is not accepted; the next sweep will make good.'
    return { status: 500, text, outcome: 'broken', event }
  }
  const text = 'The queue is away, so this event is not accepted; the next sweep will make good.'
  return { status: 503, text, outcome: 'failed', event }
}

/** A queue that is away has many words for it, and some are errors of JavaScript's own: those come as `QueueAway`. */
function isDefect(error: unknown): boolean {
  if (error instanceof QueueAway) return false
  return [TypeError, RangeError, ReferenceError, SyntaxError].some((each) => error instanceof each)
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

/** More is held at once than may be: what GitHub gets no other answer for is made good by the next sweep. */
export function tooMuchAtOnce(): DoorAnswer {
  const text = 'Too much is coming in at once, so this event is not accepted; the next sweep will make good.'
  return { status: 503, text, outcome: 'busy' }
}

function refuseForged({ header, body, signature }: WebhookRequest, secret: string): DoorAnswer | undefined {
  if (body.length > MAX_WEBHOOK) return tooLarge()
  const expected = signature ?? createHmac('sha256', secret).update(body).digest()
  const given = Buffer.from((header('x-hub-signature-256') ?? '').slice('sha256='.length), 'hex')
  if (given.length === expected.length && timingSafeEqual(given, expected)) return undefined
  return refused(401, 'The signature does not match. Is the webhook secret the same on both sides?')
}

function nameOf({ header }: WebhookRequest): Pick<VerifiedEvent, 'name' | 'delivery'> {
  return { name: header('x-github-event') as string, delivery: header('x-github-delivery') as string }
}

function readEvent(request: WebhookRequest): VerifiedEvent | DoorAnswer {
  const { header, body } = request
  if (!/\bjson\b/i.test(header('content-type') ?? 'application/json'))
    return refused(415, 'Set the content type of the webhook to application/json.')
  const given = parse(body.toString())
  if (!given) return refused(400, 'The body is no JSON object.')
  const { name, delivery } = nameOf(request)
  // Under one name in the metrics: whatever GitHub comes to send beside what we asked for.
  if (!isSubscribed(name)) return nothingToDo('other')
  const reading = readPayload(name, given)
  if (reading.kind === 'unreadable') return { ...refused(422, reading.why), event: name }
  return { name, delivery, payload: reading.payload }
}

function parse(text: string): object | undefined {
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

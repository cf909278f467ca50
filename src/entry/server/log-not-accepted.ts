import type { Log } from '../../ports/clock.ts'
import type { Door } from './answer-webhook.ts'

/** Says in the log which webhook was not accepted, and why; never what it held. */
export function logNotAccepted(log: Log): Door['onFailure'] {
  return (error, { name, delivery }) =>
    log.error('webhook not accepted', { delivery, event: name, why: whyOf(error) })
}

/** What lies at the bottom of it, with the place in our code where it is a defect of ours. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause !== undefined) return `${error.message}: ${whyOf(error.cause)}`
  return error.name === 'Error' ? error.message : (error.stack ?? error.message)
}

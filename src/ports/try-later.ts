import type { Unclear } from '../core/model/unclear.ts'

/**
 * Thrown by an adapter where the other side asks to wait: a rate limit, maintenance. The job is put back until then,
 * which is no failure of anybody's.
 */
export class TryLater extends Error {
  /** Milliseconds since 1970. */
  readonly notBefore: number
  /** Where time alone may not mend it: what the other side said. The longer it stays so, the more slowly it is asked again, and people are told. */
  readonly unclear?: Unclear

  constructor(message: string, notBefore: number, unclear?: Unclear) {
    super(message)
    this.name = 'TryLater'
    this.notBefore = notBefore
    if (unclear) this.unclear = unclear
  }
}

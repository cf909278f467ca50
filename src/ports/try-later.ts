/**
 * Thrown by an adapter where the other side asks to wait: a rate limit, maintenance. The job is put back until then,
 * which is no failure of anybody's.
 */
export class TryLater extends Error {
  /** Milliseconds since 1970. */
  readonly notBefore: number

  constructor(message: string, notBefore: number) {
    super(message)
    this.name = 'TryLater'
    this.notBefore = notBefore
  }
}

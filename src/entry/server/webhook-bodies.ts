import { createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { MAX_WEBHOOK } from './answer-webhook.ts'

/** A body and its signature under our secret; or why there is none. */
export type ReadBody =
  | { readonly kind: 'body'; readonly body: Buffer; readonly signature: Buffer }
  /** It grows beyond what GitHub sends. */
  | { readonly kind: 'too-large' }
  /** So much is coming in that this one cannot be held. */
  | { readonly kind: 'too-much' }
  /** Whoever sent it went away. */
  | { readonly kind: 'gone' }

interface BodyLimits {
  /** Bytes held of all bodies together whose signature is not known yet. */
  readonly together: number
  /** From so many bytes on a body is a large one, of which only a few are read at once. */
  readonly large: number
  readonly largeAtOnce: number
}

/**
 * A webhook of a command or a button is 10 to 60 kB, and so are nearly all pushes; GitHub's largest are 25 MB. A whole one of those
 * is held, a second one may come meanwhile.
 */
const BODY_LIMITS: BodyLimits = { together: 64 * 1024 * 1024, large: 1024 * 1024, largeAtOnce: 2 }

/** What a part of a body costs beside its bytes. */
const PART = 256

/**
 * Reads the bodies of webhooks. Until a body is whole anybody may have sent it, so there is a bound to what is held of all of them:
 * of large ones a few are read at once, and beyond the sum the one that holds the most gives way. Small ones, which are nearly all
 * that GitHub sends, come through while others push.
 */
export class WebhookBodies {
  readonly #secret: string
  readonly #limits: BodyLimits
  readonly #reading = new Set<Reading>()
  #sum = 0
  #large = 0

  constructor(secret: string, limits: BodyLimits = BODY_LIMITS) {
    this.#secret = secret
    this.#limits = limits
  }

  read(request: IncomingMessage): Promise<ReadBody> {
    return new Promise((resolve) => {
      const reading: Reading = {
        held: 0,
        bytes: 0,
        isLarge: false,
        parts: [],
        end: (outcome) => {
          if (!this.#reading.delete(reading)) return
          this.#sum -= reading.held
          if (reading.isLarge) this.#large--
          reading.parts = []
          request.off('data', take)
          resolve(outcome)
        },
      }
      const hmac = createHmac('sha256', this.#secret)
      const take = (part: Buffer): void => {
        if (!this.#admit(reading, part)) return
        hmac.update(part)
        reading.parts.push(part)
      }
      this.#reading.add(reading)
      if (Number(request.headers['content-length']) > this.#limits.large && !this.#admitLarge(reading)) return
      request.on('data', take)
      request.once('end', () => {
        const whole = joined(reading.parts)
        reading.end({ kind: 'body', body: whole, signature: hmac.digest() })
      })
      request.once('error', () => reading.end({ kind: 'gone' }))
      request.once('close', () => reading.end({ kind: 'gone' }))
    })
  }

  /** Whether there is room for one more part of a body; where there is none, some body gives way. */
  #admit(reading: Reading, part: Buffer): boolean {
    reading.bytes += part.length
    reading.held += part.length + PART
    this.#sum += part.length + PART
    if (reading.bytes > MAX_WEBHOOK) reading.end({ kind: 'too-large' })
    else if (reading.bytes > this.#limits.large && !reading.isLarge) this.#admitLarge(reading)
    if (this.#sum > this.#limits.together) this.#largest()?.end({ kind: 'too-much' })
    return this.#reading.has(reading)
  }

  #admitLarge(reading: Reading): boolean {
    if (this.#large >= this.#limits.largeAtOnce) {
      reading.end({ kind: 'too-much' })
      return false
    }
    this.#large++
    return (reading.isLarge = true)
  }

  #largest(): Reading | undefined {
    let largest: Reading | undefined
    for (const each of this.#reading) if (!largest || each.held > largest.held) largest = each
    return largest
  }
}

interface Reading {
  bytes: number
  held: number
  isLarge: boolean
  parts: Buffer[]
  end(this: void, outcome: ReadBody): void
}

function joined(parts: readonly Buffer[]): Buffer {
  const [only] = parts
  return parts.length === 1 && only ? only : Buffer.concat(parts)
}

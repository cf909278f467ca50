import { Heap } from '../src/adapters/queue/heap.ts'
import type { Pace } from '../src/adapters/github/api/pace.ts'

interface Sleeper {
  readonly notBefore: number
  wake(this: void): void
}

/**
 * Time that passes only while everybody sleeps, so that an hour of waiting costs a bench nothing and a limit counts as it would.
 * Work done by this process takes no time; a request to GitHub takes what it is told to.
 */
export class VirtualTime {
  readonly #sleepers = new Heap<Sleeper>()
  #at: number
  #inFlight = 0
  #landed: (() => void) | undefined

  constructor(start: number) {
    this.#at = start
  }

  readonly now = (): number => this.#at

  readonly sleep = (milliseconds: number): Promise<void> =>
    new Promise((wake) => this.#sleepers.push({ notBefore: this.#at + milliseconds, wake }))

  readonly pace: Pace = { now: this.now, pause: this.sleep, betweenWrites: 1000 }

  /** Lets requests take so long, and tell the server what time it is. */
  overNetwork(send: typeof fetch, roundTrip: number): typeof fetch {
    return async (input, init) => {
      await this.sleep(roundTrip)
      this.#inFlight++
      try {
        const headers = new Headers(init?.headers)
        headers.set(TIME_HEADER, String(this.#at))
        const answer = await send(input, { ...init, headers })
        // The body is read here: once this resolves nothing real is under way.
        const body = [204, 304].includes(answer.status) ? null : await answer.arrayBuffer()
        return new Response(body, { status: answer.status, headers: answer.headers })
      } finally {
        if (--this.#inFlight === 0) this.#landed?.()
      }
    }
  }

  /** Passes time until this is done. */
  async until<T>(work: Promise<T>): Promise<T> {
    let isDone = false
    const done = work.finally(() => (isDone = true))
    done.catch(() => {})
    while (!isDone) {
      // Whoever was woken has its say first, however many turns its promises take.
      for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
      if (this.#inFlight > 0) await new Promise<void>((resolve) => (this.#landed = resolve))
      else this.#pass()
    }
    return done
  }

  #pass(): void {
    const next = this.#sleepers.pop()
    if (!next) return
    this.#at = Math.max(this.#at, next.notBefore)
    next.wake()
    while ((this.#sleepers.peek()?.notBefore ?? Infinity) <= this.#at) this.#sleepers.pop()?.wake()
  }
}

/** In which a request says what time it is. */
export const TIME_HEADER = 'x-bench-now'

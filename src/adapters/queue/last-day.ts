import type { Clock } from '../../ports/clock.ts'

const HOUR = 3600_000

/** Counts what ended in the last 24 hours, in hourly buckets: the figure is exact to the hour. */
export class LastDay {
  readonly #buckets = new Map<number, { done: number; failed: number }>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  count(outcome: 'done' | 'failed'): void {
    const hour = Math.floor(this.#clock.now() / HOUR)
    const bucket = this.#buckets.get(hour) ?? { done: 0, failed: 0 }
    bucket[outcome]++
    this.#buckets.set(hour, bucket)
    for (const old of this.#buckets.keys()) if (old <= hour - 24) this.#buckets.delete(old)
  }

  read(): { readonly done: number; readonly failed: number } {
    const since = Math.floor(this.#clock.now() / HOUR) - 24
    const recent = [...this.#buckets].filter(([hour]) => hour > since).map(([, bucket]) => bucket)
    return {
      done: recent.reduce((sum, { done }) => sum + done, 0),
      failed: recent.reduce((sum, { failed }) => sum + failed, 0),
    }
  }
}

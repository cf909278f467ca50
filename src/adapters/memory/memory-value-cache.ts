import type { ValueCache } from '../../ports/value-cache.ts'

/** A cache that ends with the process and forgets the oldest entries beyond a limit. */
export class MemoryValueCache implements ValueCache {
  readonly #entries = new Map<string, unknown>()
  readonly #limit: number

  /** A catalogue is about half a megabyte; all releases up to v2.31 are 67. */
  constructor(limit = 200) {
    this.#limit = limit
  }

  get(key: string): Promise<unknown> {
    const value = this.#entries.get(key)
    if (value === undefined) return Promise.resolve(undefined)
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return Promise.resolve(value)
  }

  put(key: string, value: unknown): Promise<void> {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    const oldest = this.#entries.keys().next()
    if (this.#entries.size > this.#limit && !oldest.done) this.#entries.delete(oldest.value)
    return Promise.resolve()
  }
}

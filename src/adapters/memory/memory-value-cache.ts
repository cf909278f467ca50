import { LruMap } from '../../core/model/collections/lru-map.ts'
import type { ValueCache } from '../../ports/value-cache.ts'

/** A cache that ends with the process and forgets what was asked for longest ago beyond a limit. */
export class MemoryValueCache implements ValueCache {
  readonly #entries: LruMap<string, unknown>

  /** A catalogue is about half a megabyte; all releases up to v2.31 are 67. */
  constructor(limit = 200) {
    this.#entries = new LruMap(limit)
  }

  get(key: string): Promise<unknown> {
    return Promise.resolve(this.#entries.get(key))
  }

  put(key: string, value: unknown): Promise<void> {
    this.#entries.set(key, value)
    return Promise.resolve()
  }
}

/** A map that forgets what was asked for longest ago once its entries weigh more than a limit; each weighs 1 unless `weigh` says otherwise. */
export class LruMap<K, V> {
  // A Map keeps the order of insertion, so the first key is the one unused for longest.
  readonly #entries = new Map<K, V>()
  readonly #limit: number
  readonly #weigh: (value: V, key: K) => number
  #weight = 0

  constructor(limit: number, weigh: (value: V, key: K) => number = () => 1) {
    this.#limit = limit
    this.#weigh = weigh
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key)
    if (value === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return value
  }

  /** Keeps a value, unless it alone weighs more than the limit. */
  set(key: K, value: V): void {
    this.delete(key)
    const weight = this.#weigh(value, key)
    if (weight > this.#limit) return
    this.#entries.set(key, value)
    this.#weight += weight
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#limit) break
      this.delete(oldest)
    }
  }

  delete(key: K): void {
    const value = this.#entries.get(key)
    if (value === undefined) return
    this.#weight -= this.#weigh(value, key)
    this.#entries.delete(key)
  }
}

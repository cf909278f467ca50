/** Remembers what was computed from which inputs, one answer a name, and forgets the one unused for longest. */
export class Remembered<T> {
  readonly #most: number
  readonly #kept = new Map<string, { readonly inputs: string; readonly value: T }>()

  constructor(most: number) {
    this.#most = most
  }

  /** The answer under this name, where it came from the same inputs. */
  recall(name: string, inputs: string): T | undefined {
    const found = this.#kept.get(name)
    if (found?.inputs !== inputs) return undefined
    this.#kept.delete(name)
    this.#kept.set(name, found)
    return found.value
  }

  keep(name: string, inputs: string, value: T): void {
    this.#kept.delete(name)
    this.#kept.set(name, { inputs, value })
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest)
  }
}

import { LruMap } from '../../core/model/collections/lru-map.ts'

/** Remembers what was computed from which inputs, one answer a name, and forgets the one unused for longest. */
export class Remembered<T> {
  readonly #kept: LruMap<string, { readonly inputs: string; readonly value: T }>

  constructor(most: number) {
    this.#kept = new LruMap(most)
  }

  /** The answer under this name, where it came from the same inputs. */
  recall(name: string, inputs: string): T | undefined {
    const found = this.#kept.get(name)
    return found?.inputs === inputs ? found.value : undefined
  }

  keep(name: string, inputs: string, value: T): void {
    this.#kept.set(name, { inputs, value })
  }
}

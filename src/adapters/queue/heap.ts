/** A binary heap of things with a time, the earliest on top: ten thousand delayed jobs cost as little as ten. */
export class Heap<T extends { readonly notBefore: number }> {
  readonly #items: T[] = []

  peek(): T | undefined {
    return this.#items[0]
  }

  push(item: T): void {
    let at = this.#items.push(item) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#time(parent) <= this.#time(at)) return
      this.#swap(parent, at)
      at = parent
    }
  }

  pop(): T | undefined {
    const top = this.#items[0]
    const last = this.#items.pop()
    if (last === undefined || this.#items.length === 0) return top
    this.#items[0] = last
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const least = this.#time(left + 1) < this.#time(left) ? left + 1 : left
      if (this.#time(at) <= this.#time(least)) return top
      this.#swap(at, least)
      at = least
    }
  }

  #time(at: number): number {
    return this.#items[at]?.notBefore ?? Infinity
  }

  #swap(a: number, b: number): void {
    const item = this.#items[a] as T
    this.#items[a] = this.#items[b] as T
    this.#items[b] = item
  }
}

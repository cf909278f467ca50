import { addTo } from '../../model/collections/grouped.ts'
import type { ChangedLine } from './changed-runs.ts'
import { tallied } from './counts.ts'

/** How much of a line's surroundings has to agree, most first. */
export const CLOSENESS = ['around', 'above', 'below', 'text', 'form'] as const
export type Closeness = (typeof CLOSENESS)[number]

/** Lines that each may stand for one other line, found by their text and what stands around them. */
export class LinePool {
  readonly #left: Map<string, number>
  readonly #byKey = new Map<string, ChangedLine[]>()
  readonly #items: readonly ChangedLine[]
  readonly #taken = new Set<ChangedLine>()

  /** `most`: how many lines of a text there are to give, where a diff shows more: it may show as moved what did not. */
  constructor(items: readonly ChangedLine[], most: (text: string) => number) {
    this.#items = items
    this.#left = new Map()
    // Last first: candidates are taken from the end of their list.
    for (const item of items.toReversed()) {
      if (!this.#left.has(item.text)) this.#left.set(item.text, most(item.text))
      for (const closeness of CLOSENESS) {
        const key = keyFor(item, closeness)
        addTo(this.#byKey, key, item)
      }
    }
  }

  /** Takes a line that agrees with this one so closely; each is given once. */
  take(wanted: ChangedLine, closeness: Closeness): ChangedLine | undefined {
    const candidates = this.#byKey.get(keyFor(wanted, closeness)) ?? []
    // What cannot be given will never be: each candidate is passed once.
    for (let found = candidates.pop(); found; found = candidates.pop()) if (this.takeThis(found)) return found
    return undefined
  }

  takeThis(item: ChangedLine): boolean {
    const left = this.#left.get(item.text) ?? 0
    if (left <= 0 || this.#taken.has(item)) return false
    this.#taken.add(item)
    this.#left.set(item.text, left - 1)
    return true
  }

  isTaken(item: ChangedLine): boolean {
    return this.#taken.has(item)
  }

  /** What nobody took. */
  rest(): readonly ChangedLine[] {
    return this.#items.filter((item) => !this.#taken.has(item))
  }

  /** How many lines of each text were taken. */
  taken(): ReadonlyMap<string, number> {
    return tallied([...this.#taken])
  }
}

function keyFor({ text, form, above, below }: ChangedLine, closeness: Closeness): string {
  switch (closeness) {
    case 'around':
      return `a\0${above}\0${text}\0${below}`
    case 'above':
      return `u\0${above}\0${text}`
    case 'below':
      return `b\0${text}\0${below}`
    case 'text':
      return `t\0${text}`
    case 'form':
      return `f\0${form}`
  }
}

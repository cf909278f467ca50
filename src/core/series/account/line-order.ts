import type { ReadFile } from './changed-runs.ts'

/** Lines that are passed in search of one that stands only once. */
const SEARCHED = 200

/** The order of lines in some versions of a file, as far as they stand once in each. */
export class LineOrder {
  readonly #places: ReadonlyMap<string, number>
  readonly #lines: readonly string[]

  constructor(files: readonly ReadFile[]) {
    this.#lines = files.flatMap(({ lines }) => lines)
    const places = new Map<string, number>()
    const twice = new Set<string>()
    this.#lines.forEach((text, at) => {
      if (places.has(text)) twice.add(text)
      places.set(text, at)
    })
    for (const text of twice) places.delete(text)
    this.#places = places
  }

  /**
   * Whether a line stands in the other version between the lines that it stands between here; `undefined` where that cannot be said.
   * `apart` are lines that say nothing about it, since they moved themselves.
   */
  agrees(text: string, other: LineOrder, apart: ReadonlyMap<string, unknown>): boolean | undefined {
    const [here, there] = [this.#places.get(text), other.#places.get(text)]
    if (here === undefined || there === undefined) return undefined
    const above = this.#next(here, -1, { other, apart })
    const below = this.#next(here, 1, { other, apart })
    if (above === undefined && below === undefined) return undefined
    return (above === undefined || above < there) && (below === undefined || there < below)
  }

  /** Where the next line of here stands there. */
  #next(
    from: number,
    by: 1 | -1,
    { other, apart }: { readonly other: LineOrder; readonly apart: ReadonlyMap<string, unknown> },
  ): number | undefined {
    for (let at = from + by, searched = 0; searched < SEARCHED; at += by, searched++) {
      const text = this.#lines[at]
      if (text === undefined) return undefined
      const there = this.#places.has(text) && !apart.has(text) ? other.#places.get(text) : undefined
      if (there !== undefined) return there
    }
    return undefined
  }
}

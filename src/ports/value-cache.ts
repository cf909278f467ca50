/** Keeps what can be computed again. Losing an entry is allowed at any time; giving back another's is not. */
export interface ValueCache {
  /** What was put under the key, as plain JSON; `undefined` where there is nothing (any more). */
  get(key: string): Promise<unknown>
  /** Keeps a value of plain JSON. A key is made of letters, digits, `.`, `-` and `_`. */
  put(key: string, value: unknown): Promise<void>
}

import type { Cache } from '../../ports/cache.ts'
import { LruMap } from '../../core/model/collections/lru-map.ts'

/** A cache in memory that forgets what was asked for longest ago once it holds more than this many bytes. */
export function memoryCache(mostBytes = 64 * 1024 * 1024): Cache {
  // What is known by its name alone weighs something too: there is no end of such names.
  const kept = new LruMap<string, Uint8Array>(mostBytes, ({ length }, key) => length + key.length)
  return {
    read: async (keys) =>
      new Map(
        keys.flatMap((key): [string, Uint8Array][] => {
          const value = kept.get(key)
          return value === undefined ? [] : [[key, value]]
        }),
      ),
    write: async (entries) => {
      for (const [key, value] of entries) kept.set(key, value)
    },
  }
}

import type { Cache } from '../../ports/cache.ts'

/** A cache in memory that forgets what was asked for longest ago once it holds more than this many bytes. */
export function memoryCache(mostBytes = 64 * 1024 * 1024): Cache {
  // A Map keeps the order of insertion, so the first key is the one unused for longest.
  const kept = new Map<string, Uint8Array>()
  let bytes = 0
  const forget = (key: string): void => {
    bytes -= kept.get(key)?.length ?? 0
    kept.delete(key)
  }
  const keep = (key: string, value: Uint8Array): void => {
    forget(key)
    kept.set(key, value)
    bytes += value.length
  }
  return {
    read: async (keys) => {
      const found = new Map<string, Uint8Array>()
      for (const key of keys) {
        const value = kept.get(key)
        if (value === undefined) continue
        keep(key, value)
        found.set(key, value)
      }
      return found
    },
    write: async (entries) => {
      for (const [key, value] of entries) if (value.length <= mostBytes) keep(key, value)
      for (const key of kept.keys()) {
        if (bytes <= mostBytes) break
        forget(key)
      }
    },
  }
}

import type { Cache } from '../../ports/cache.ts'

/** A cache that tells how often it had what was asked for. */
export function measuredCache(
  cache: Cache,
  onRead: (read: { readonly hits: number; readonly misses: number }) => void,
): Cache {
  return {
    async read(keys) {
      const found = await cache.read(keys)
      onRead({ hits: found.size, misses: keys.length - found.size })
      return found
    },
    write: (entries) => cache.write(entries),
  }
}

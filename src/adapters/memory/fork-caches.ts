import { LruMap } from '../../core/model/collections/lru-map.ts'
import { repositoryKey } from '../../core/model/repository-key.ts'
import type { Cache } from '../../ports/cache.ts'
import type { RepositoryName } from '../../ports/forge.ts'
import { memoryCache } from './memory-cache.ts'

/**
 * A cache of so many bytes for each fork, for so many forks; the one unused for longest is forgotten. Nobody may read another's
 * objects by knowing their ids, and what was written to one is not written to another.
 */
export function forkCaches(bytes: number, forks: number): (repository: RepositoryName) => Cache {
  const caches = new LruMap<string, Cache>(forks)
  return (repository) => {
    const key = repositoryKey(repository)
    const cache = caches.get(key) ?? memoryCache(bytes)
    caches.set(key, cache)
    return cache
  }
}

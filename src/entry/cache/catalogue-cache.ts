import { DiskCache } from '../../adapters/cache/disk-cache.ts'
import { cacheFolder } from './cache-folder.ts'
import type { ValueCache } from '../../ports/value-cache.ts'

/** Where the command line keeps what releases were found to hold: the user's folder for caches. */
export function catalogueCache(env: NodeJS.ProcessEnv = process.env): ValueCache {
  return new DiskCache(cacheFolder(env))
}

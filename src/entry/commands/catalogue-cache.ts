import { homedir } from 'node:os'
import { join } from 'node:path'
import { DiskCache } from '../../adapters/cache/disk-cache.ts'
import type { ValueCache } from '../../ports/value-cache.ts'

/** Where the command line keeps what releases were found to hold: the user's folder for caches. */
export function catalogueCache(env: NodeJS.ProcessEnv = process.env): ValueCache {
  return new DiskCache(cacheFolder(env))
}

/** What is kept for all commands, in the user's folder for caches. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'kubespray-multiarch')
}

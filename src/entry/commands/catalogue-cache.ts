import { homedir } from 'node:os'
import { join } from 'node:path'
import { DiskCache } from '../../adapters/cache/disk-cache.ts'
import type { ValueCache } from '../../ports/value-cache.ts'

/** Where the command line keeps what releases were found to hold: the user's folder for caches. */
export function catalogueCache(env: NodeJS.ProcessEnv = process.env): ValueCache {
  const caches = env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  return new DiskCache(join(caches, 'kubespray-multiarch'))
}

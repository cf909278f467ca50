import { homedir } from 'node:os'
import { join } from 'node:path'

/** What is kept for all commands, in the user's folder for caches. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'kubespray-multiarch')
}

import { rmSync } from 'node:fs'

/**
 * Removes a folder that processes have written to. What git started behind the command that was waited for (its
 * maintenance after a fetch) may still write there for a moment, so a folder that fills while it is emptied is tried again.
 */
export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

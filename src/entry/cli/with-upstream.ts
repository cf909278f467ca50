import { existsSync } from 'node:fs'
import { defined } from '../../core/model/defined.ts'
import type { GitObjectStore } from '../../adapters/git/git-object-store.ts'
import { withClone } from './open-clone.ts'

/** Opens a clone for its releases alone: the one that is named, else the one the command runs in. */
export function withUpstream<T>(
  upstream: string | undefined,
  work: (store: GitObjectStore) => Promise<T>,
): Promise<T> {
  // What is no path is a URL; it is fetched from beside the clone that the command runs in.
  const isPath = upstream !== undefined && existsSync(upstream)
  const request = {
    path: isPath ? upstream : '.',
    for: 'reading' as const,
    ...defined({ upstream: isPath ? undefined : upstream }),
  }
  return withClone(request, ({ store }) => work(store))
}

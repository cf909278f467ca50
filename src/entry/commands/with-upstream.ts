import { existsSync } from 'node:fs'
import { GitObjectStore } from '../../adapters/git/git-object-store.ts'
import { Refusal } from '../../core/model/problem.ts'
import { defined } from '../../core/model/defined.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { Progress } from '../../ports/progress.ts'
import { sayAside } from '../print/say.ts'
import { withClone } from './open-clone.ts'
import { KUBESPRAY, upstreamHistory } from './upstream-history.ts'

interface Where {
  readonly upstream: string | undefined
  readonly progress: Progress | undefined
}

/** Opens upstream's releases: where they are said to be, else the clone that the command runs in, else what is kept of upstream. */
export async function withUpstream<T>(
  { upstream, progress }: Where,
  work: (store: ObjectStore) => Promise<T>,
): Promise<T> {
  const path = upstream !== undefined && existsSync(upstream) ? upstream : undefined
  if (path !== undefined)
    return withClone({ path, for: 'reading', wants: 'objects', progress }, ({ store }) => work(store))
  try {
    return await withClone({ path: '.', for: 'reading', progress, ...defined({ upstream }) }, ({ store }) =>
      work(store),
    )
  } catch (error) {
    if (!(error instanceof Refusal) || error.problems.every(({ code }) => code !== 'not-a-repository'))
      throw error
  }
  const kept = new GitObjectStore(await upstreamHistory(upstream ?? KUBESPRAY, { tell: sayAside, progress }))
  try {
    return await work(kept)
  } finally {
    kept.abandon()
  }
}

import { TryLater } from '../../../ports/try-later.ts'
import { A_MINUTE } from './failure-of.ts'
import type { RepositoryApi } from './repository-api.ts'

/** An object that something else names and GitHub does not show: it may be late, and what that means for anybody nobody knows. */
export function notShown({ repository: { owner, name }, now }: RepositoryApi, what: string): TryLater {
  return later(`${what} of ${owner}/${name}`, 'it is not shown', now())
}

/** What ought to be there by all that was said and is not, which no time was named for: it may never come. */
export function later(asked: string, said: string, now: number): TryLater {
  return new TryLater(`${asked}: ${said}`, now + A_MINUTE, { kind: 'absent', asked, said })
}

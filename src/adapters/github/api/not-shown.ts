import { TryLater } from '../../../ports/try-later.ts'
import { A_MINUTE } from './failure-of.ts'
import type { RepositoryApi } from './repository-api.ts'

/** An object that something else names and GitHub does not show: it may be late, and what that means for anybody nobody knows. */
export function notShown({ repository: { owner, name }, now }: RepositoryApi, what: string): TryLater {
  return new TryLater(`GitHub shows no ${what} in ${owner}/${name}`, now() + A_MINUTE)
}

import type { Cache } from '../../../ports/cache.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import type { Upstream } from './read-copy.ts'

export interface Sources {
  readonly api: RepositoryApi
  /** Keeps what was read of this repository. */
  readonly cache: Cache
  /** What others have read of upstream, which is public; only read from here. */
  readonly shared?: Cache
  /** Asked for what the repository does not have: a copy of upstream lacks its newer objects. */
  readonly upstream?: Upstream
}

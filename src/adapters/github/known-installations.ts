import { defined } from '../../core/model/defined.ts'
import { repositoryKey } from '../../core/model/repository-key.ts'
import type { RepositoryName } from '../../ports/forge.ts'
import type { Permissions } from './api/fetch-grant.ts'

/** A sweep comes every hour, and what it found serves the looks it asks for. */
const MEMORY = 65 * 60_000

/** What is remembered of an installation; GitHub tells far more, and there may be ten thousand. */
interface Kept {
  readonly id: number
  readonly suspended_at: string | null
  readonly app_slug: string
  readonly permissions?: Permissions
}

interface Remembered {
  readonly until: number
  readonly installation: Kept
  readonly repository: RepositoryName
}

/** Remembers for a while under which installation a repository is. What changed meanwhile, GitHub says at the next request. */
export class KnownInstallations {
  readonly #now: () => number
  readonly #kept = new Map<string, Remembered>()

  constructor(now: () => number) {
    this.#now = now
  }

  recall(repository: RepositoryName): Kept | undefined {
    const found = this.#kept.get(repositoryKey(repository))
    return found && this.#now() < found.until ? found.installation : undefined
  }

  /** The repositories that are remembered of an installation. */
  of(id: number): readonly RepositoryName[] {
    return [...this.#kept.values()]
      .filter(({ until, installation }) => installation.id === id && this.#now() < until)
      .map(({ repository }) => repository)
  }

  keep(repository: RepositoryName, { id, suspended_at, app_slug, permissions }: Kept): void {
    const key = repositoryKey(repository)
    const installation = { id, suspended_at, app_slug, ...defined({ permissions }) }
    // Put anew, so that the oldest stand first.
    this.#kept.delete(key)
    this.#kept.set(key, { until: this.#now() + MEMORY, installation, repository })
    for (const [old, { until }] of this.#kept) {
      if (this.#now() < until) break
      this.#kept.delete(old)
    }
  }
}

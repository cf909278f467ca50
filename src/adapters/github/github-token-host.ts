import { Refusal } from '../../core/model/problem.ts'
import { repositoryKey } from '../../core/model/repository-key.ts'
import type { Cache } from '../../ports/cache.ts'
import type { RepositoryName } from '../../ports/forge.ts'
import type { Host } from '../../ports/host.ts'
import { connectWithToken, type Connection } from './api/connection.ts'
import { githubReleases } from './people/github-releases.ts'
import { githubForge } from './people/github-forge.ts'
import { GitHubObjectStore } from './objects/github-object-store.ts'
import { repositoryApi } from './api/repository-api.ts'

interface TokenHostOptions {
  readonly connection: Connection
  readonly token: string
  /** Whose token it is: `github-actions[bot]` for a workflow's own. */
  readonly login: string
  /** The one repository the token is for. */
  readonly repository: RepositoryName
  readonly upstream: RepositoryName
  /** Where the fork's object store lists upstream's `refs/tags/` and `refs/heads/`. */
  readonly upstreamRefs: string
  readonly cache: Cache
}

/** GitHub as a workflow sees it: one repository, with the token it was given. */
export function githubTokenHost(options: TokenHostOptions): Host {
  const { repository, upstream, cache, login } = options
  const connected = connectWithToken(options.connection, options.token)
  return {
    installed: () => Promise.resolve([repository]),
    installedBy: () => Promise.resolve([repository]),
    published: (tag) => githubReleases(repositoryApi(connected, upstream)).of(tag),
    open: (wanted) => {
      if (!isSame(wanted, repository)) return Promise.reject(otherRepository(wanted))
      const api = repositoryApi(connected, repository)
      const upstreamApi = repositoryApi(connected, upstream)
      const objects = new GitHubObjectStore({
        api,
        cache,
        upstream: {
          objects: new GitHubObjectStore({ api: upstreamApi, cache }),
          api: upstreamApi,
          refsUnder: options.upstreamRefs,
        },
      })
      const forge = githubForge({ api, login, granted: () => Promise.resolve(grantedTo(login)) })
      return Promise.resolve({ repository, objects, forge })
    },
  }
}

/**
 * What a workflow granted its token is written in the workflow, and nowhere to be asked. One thing is known: its own token never
 * writes workflow files.
 */
function grantedTo(login: string): Readonly<Record<string, 'read' | 'write'>> {
  const usual = {
    contents: 'write',
    pull_requests: 'write',
    issues: 'write',
    checks: 'write',
    metadata: 'read',
  } as const
  return login === 'github-actions[bot]' ? usual : {}
}

function otherRepository({ owner, name }: RepositoryName): Refusal {
  return new Refusal({ code: 'other-repository', message: `This token is not for \`${owner}/${name}\`.` })
}

function isSame(a: RepositoryName, b: RepositoryName): boolean {
  return repositoryKey(a) === repositoryKey(b)
}

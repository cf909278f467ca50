import { Refusal } from '../../core/model/problem.ts'
import type { Cache } from '../../ports/cache.ts'
import type { RepositoryName } from '../../ports/forge.ts'
import type { Host, Workplace } from '../../ports/host.ts'
import { GITHUB_PACE, type GitHubApi } from './api.ts'
import {
  connectAsApp,
  connectAsInstallation,
  connectWithToken,
  type AppKey,
  type Connection,
  type InstallationConnection,
} from './connect.ts'
import { githubForge } from './forge.ts'
import { ifFound } from './found.ts'
import { GitHubObjectStore } from './object-store.ts'
import { repositoryApi } from './repository-api.ts'

export interface HostOptions {
  readonly connection: Connection
  readonly key: AppKey
  /** The public repository that forks come from. What is read of it serves every installation. */
  readonly upstream: RepositoryName
  /** Where a fork's object store lists upstream's `refs/tags/` and `refs/heads/`: `refs/multiarch/upstream/`. */
  readonly upstreamRefs: string
  /** Files of a repository's default branch that every job reads. */
  readonly ahead?: readonly string[]
  /** What was read of upstream. */
  readonly shared: Cache
  /** A cache for one repository alone: nobody may read another's objects by knowing their ids. */
  cacheOf(this: void, repository: RepositoryName): Cache
}

/** GitHub as the App sees it. */
export function githubHost(options: HostOptions): Host {
  const app = connectAsApp(options.connection, options.key)
  const installations = new Map<number, InstallationConnection>()
  const connect = (id: number): InstallationConnection => {
    const known = installations.get(id) ?? connectAsInstallation(options.connection, options.key, id)
    installations.set(id, known)
    return known
  }
  const findAgain = forgetful(
    MEMORY,
    (options.connection.pace ?? GITHUB_PACE).now,
    (repository: RepositoryName) => findInstallation(app, repository),
  )
  /** What we remember may be an installation that has ended; another may have taken its place. */
  const findLiving = async (repository: RepositoryName): Promise<GivenInstallation | undefined> => {
    const installation = await findAgain.find(repository)
    if (!installation || installation.suspended_at || (await isLiving(connect(installation.id))))
      return installation
    installations.delete(installation.id)
    findAgain.forget(repository)
    return findAgain.find(repository)
  }
  let slug: Promise<string> | undefined
  // What is public may be read with any installation's token; without one GitHub allows 60 requests an hour, and no GraphQL.
  const asReader = async (): Promise<InstallationConnection> => {
    const all = await app.list<GivenInstallation>('GET /app/installations')
    const awake = all.find(({ suspended_at }) => suspended_at === null)
    const api = awake ? connect(awake.id).api : connectWithToken(options.connection)
    return { api, grant: async () => ({ token: '', expires: Infinity, permissions: {} }) }
  }
  return {
    installed: () => listInstalled(app, connect),
    open: async (repository) => {
      const installation = await findLiving(repository)
      if (installation?.suspended_at)
        throw new Refusal({ code: 'installation-suspended', message: SUSPENDED })
      const connected = installation ? connect(installation.id) : await asReader()
      return workplace(options, {
        repository,
        connected,
        login: `${installation?.app_slug ?? (await (slug ??= readSlug(app)))}[bot]`,
      })
    },
  }
}

const SUSPENDED =
  'My installation is suspended, so I can do nothing here until an owner of the account resumes it.'

/** How long we take for granted where we are installed, milliseconds; what changed meanwhile GitHub says at the next request. */
const MEMORY = 10 * 60_000

interface Memory<T> {
  find(this: void, repository: RepositoryName): Promise<T | undefined>
  forget(this: void, repository: RepositoryName): void
}

/** Remembers the answers about repositories for a while; a failure is no answer. */
function forgetful<T>(
  milliseconds: number,
  now: () => number,
  find: (repository: RepositoryName) => Promise<T | undefined>,
): Memory<T> {
  const known = new Map<string, { readonly until: number; readonly answer: T }>()
  const nameOf = ({ owner, name }: RepositoryName): string => `${owner}/${name}`.toLowerCase()
  return {
    forget: (repository) => void known.delete(nameOf(repository)),
    find: async (repository) => {
      const kept = known.get(nameOf(repository))
      if (kept && now() < kept.until) return kept.answer
      known.delete(nameOf(repository))
      const answer = await find(repository)
      if (answer !== undefined) known.set(nameOf(repository), { until: now() + milliseconds, answer })
      return answer
    },
  }
}

/** Whether an installation still gives tokens; suspended ones say so for themselves. */
async function isLiving({ grant }: InstallationConnection): Promise<boolean> {
  try {
    await grant()
    return true
  } catch (error) {
    if (error instanceof Refusal && error.problems.some(({ code }) => code === 'not-installed')) return false
    throw error
  }
}

interface GivenInstallation {
  readonly id: number
  readonly suspended_at: string | null
  /** Our own name, the same everywhere. */
  readonly app_slug: string
}

interface GivenRepositories {
  readonly total_count: number
  readonly repositories: readonly {
    readonly name: string
    readonly archived: boolean
    readonly owner: { readonly login: string }
  }[]
}

function workplace(
  options: HostOptions,
  {
    repository,
    connected,
    login,
  }: { repository: RepositoryName; connected: InstallationConnection; login: string },
): Workplace {
  const { ahead } = options
  const api = repositoryApi(connected.api, repository, { ...(ahead && { ahead }) })
  const isUpstream = sameName(repository, options.upstream)
  const cache = isUpstream ? options.shared : options.cacheOf(repository)
  const upstreamApi = repositoryApi(connected.api, options.upstream)
  const upstream = {
    objects: new GitHubObjectStore({ api: upstreamApi, cache: options.shared }),
    ...{ api: upstreamApi, refsUnder: options.upstreamRefs },
  }
  return {
    repository,
    objects: new GitHubObjectStore({ api, cache, shared: options.shared, ...(!isUpstream && { upstream }) }),
    forge: githubForge({ api, login, granted: async () => (await connected.grant()).permissions }),
  }
}

async function findInstallation(
  app: GitHubApi,
  { owner, name }: RepositoryName,
): Promise<GivenInstallation | undefined> {
  const route = 'GET /repos/{owner}/{name}/installation'
  return (await ifFound(app.request<GivenInstallation>(route, { owner, name })))?.data
}

async function readSlug(app: GitHubApi): Promise<string> {
  const { data } = await app.request<{ slug: string }>('GET /app')
  return data.slug
}

async function listInstalled(
  app: GitHubApi,
  connect: (id: number) => InstallationConnection,
): Promise<readonly RepositoryName[]> {
  const found: RepositoryName[] = []
  for (const { id, suspended_at } of await app.list<GivenInstallation>('GET /app/installations')) {
    if (suspended_at !== null) continue
    for (let page = 1, seen = 0; ; page++) {
      const { data } = await connect(id).api.request<GivenRepositories>('GET /installation/repositories', {
        page,
        per_page: 100,
      })
      found.push(
        ...data.repositories
          .filter(({ archived }) => !archived)
          .map(({ owner, name }) => ({ owner: owner.login, name })),
      )
      seen += data.repositories.length
      if (seen >= data.total_count || data.repositories.length === 0) break
    }
  }
  return found
}

function sameName(a: RepositoryName, b: RepositoryName): boolean {
  return `${a.owner}/${a.name}`.toLowerCase() === `${b.owner}/${b.name}`.toLowerCase()
}

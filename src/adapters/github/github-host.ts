import { defined, optional } from '../../core/model/defined.ts'
import { Refusal } from '../../core/model/problem.ts'
import { LruMap } from '../../core/model/collections/lru-map.ts'
import { repositoryKey } from '../../core/model/repository-key.ts'
import type { Cache } from '../../ports/cache.ts'
import type { Release, RepositoryName } from '../../ports/forge.ts'
import type { Host, Workplace } from '../../ports/host.ts'
import { PartlyListed } from '../../ports/partly-listed.ts'
import type { GitHubApi } from './api/github-api.ts'
import {
  connectAsApp,
  connectWithToken,
  type AppKey,
  type Connection,
  type InstallationConnection,
} from './api/connection.ts'
import { unread } from './api/failure-of.ts'
import { later } from './api/not-shown.ts'
import type { Permissions } from './api/fetch-grant.ts'
import { githubForge } from './people/github-forge.ts'
import { ifReallyFound } from './api/if-found.ts'
import { installationConnections } from './installation-connections.ts'
import { KnownInstallations } from './known-installations.ts'
import { GITHUB_PACE } from './api/pace.ts'
import { GitHubObjectStore } from './objects/github-object-store.ts'
import { repositoryApi } from './api/repository-api.ts'

/** Notes of releases that are kept; nobody goes over more of them in a sweep. */
const RELEASES = 100

interface HostOptions {
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
  const known = new KnownInstallations((options.connection.pace ?? GITHUB_PACE).now)
  const { toList, toRead, toWork, forget } = installationConnections(options, known)
  /** What we remember may be an installation that has ended; another may have taken its place. */
  const find = async (repository: RepositoryName): Promise<Installed | undefined> => {
    const kept = known.recall(repository)
    if (kept) {
      if (await isLiving(toWork(kept.id, repository))) return kept
      forget(kept.id, repository)
    }
    const found = await findInstallation(app, repository)
    // Who is suspended now may be awake again at any time.
    if (found?.suspended_at === null) known.keep(repository, found)
    return found
  }
  let slug: Promise<string> | undefined
  const ownSlug = (): Promise<string> => {
    // An answer that did not come is none for whoever asks next.
    slug ??= readSlug(app).catch((error: unknown) => {
      slug = undefined
      throw error
    })
    return slug
  }
  // Upstream is public, and what is public may be read with any installation's token; without one GitHub allows 60 requests an hour, and no GraphQL.
  const asReader = async (): Promise<InstallationConnection> => {
    const all = await app.list<Installed>('GET /app/installations')
    const awake = all.find(({ suspended_at }) => suspended_at === null)
    const api = awake ? toRead(awake.id).api : connectWithToken(options.connection)
    const grant = async () => ({ token: '', expires: Infinity, permissions: {} })
    return { api, grant, as: awake ? 'installation' : 'nobody' }
  }
  const releases = new LruMap<string, Release>(RELEASES)
  const host: Host = {
    installed: async () => {
      const { found, failure } = await listInstalled(app, toList, known)
      for (const { repository, installation } of found) known.keep(repository, installation)
      const repositories = found.map(({ repository }) => repository)
      if (failure !== undefined) throw new PartlyListed(repositories, failure)
      return repositories
    },
    installedBy: (installation) => listRepositories(toList(installation).api),
    published: async (tag) => {
      const known = releases.get(tag) ?? (await (await host.open(options.upstream)).forge.releases.of(tag))
      if (known) releases.set(tag, known)
      return known
    },
    open: async (repository) => {
      const installation = await find(repository)
      if (installation?.suspended_at)
        throw new Refusal({ code: 'installation-suspended', message: SUSPENDED })
      if (!installation && !sameName(repository, options.upstream))
        throw await notInstalled(app, { repository, connect: toList })
      const connected = installation ? toWork(installation.id, repository) : await asReader()
      return workplace(options, {
        repository,
        connected,
        login: `${installation?.app_slug ?? (await ownSlug())}[bot]`,
      })
    },
  }
  return host
}

const SUSPENDED =
  'My installation is suspended, so I can do nothing here until an owner of the account resumes it.'

interface Installed {
  readonly id: number
  readonly account?: { readonly login?: string } | null
  readonly suspended_at: string | null
  /** Our own name, the same everywhere. */
  readonly app_slug: string
  readonly permissions?: Permissions
}

/** Whether an installation still gives tokens: who was uninstalled and installed again has another id. */
async function isLiving({ grant }: InstallationConnection): Promise<boolean> {
  try {
    await grant()
    return true
  } catch (error) {
    if (error instanceof Refusal && error.problems.some(({ code }) => code === 'not-installed')) return false
    throw error
  }
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
  const api = repositoryApi(connected.api, repository, defined({ ahead }))
  const isUpstream = sameName(repository, options.upstream)
  const cache = isUpstream ? options.shared : options.cacheOf(repository)
  const upstreamApi = repositoryApi(connected.api, options.upstream)
  const upstream = {
    objects: new GitHubObjectStore({ api: upstreamApi, cache: options.shared }),
    api: upstreamApi,
    refsUnder: options.upstreamRefs,
  }
  return {
    repository,
    objects: new GitHubObjectStore({
      api,
      cache,
      shared: options.shared,
      ...optional(!isUpstream, () => ({ upstream })),
    }),
    forge: githubForge({
      api,
      login,
      granted: async () => (await connected.grant()).permissions,
      ...defined({ as: connected.as || undefined }),
    }),
  }
}

async function findInstallation(
  app: GitHubApi,
  { owner, name }: RepositoryName,
): Promise<Installed | undefined> {
  const route = 'GET /repos/{owner}/{name}/installation'
  return (await ifReallyFound(() => app.request<Installed>(route, { owner, name })))?.data
}

/**
 * Why a repository cannot be opened of which GitHub says that we are not installed there. It is believed where the account's own list
 * says so too; and another installation's token would say nothing about it, nor may it be used there.
 */
async function notInstalled(
  app: GitHubApi,
  { repository, connect }: { repository: RepositoryName; connect: (id: number) => InstallationConnection },
): Promise<Error> {
  const { owner, name } = repository
  const all = await app.list<Installed>('GET /app/installations')
  const theirs = all.filter(({ account }) => account?.login?.toLowerCase() === owner.toLowerCase())
  for (const { id, suspended_at } of theirs) {
    if (suspended_at !== null) return new Refusal({ code: 'installation-suspended', message: SUSPENDED })
    const repositories = await listRepositories(connect(id).api, 'all')
    if (repositories.some((each) => sameName(each, repository)))
      return later(`${owner}/${name}`, 'I am installed there, and I am not', app.now())
  }
  return new Refusal({
    code: 'not-installed',
    message: `I am not installed on \`${owner}/${name}\`.`,
  })
}

async function readSlug(app: GitHubApi): Promise<string> {
  const { data } = await app.request<{ slug: string }>('GET /app')
  return data.slug
}

/** How many installations are asked at once for their repositories: one by one ten thousand would take an hour. */
const AT_ONCE = 8

interface Found {
  readonly repository: RepositoryName
  readonly installation: Installed
}

/**
 * Installations that do not answer keep the others from nothing; the first failure is told beside what was found, and of them holds
 * what was last known.
 */
async function listInstalled(
  app: GitHubApi,
  connect: (id: number) => InstallationConnection,
  known: KnownInstallations,
): Promise<{ readonly found: readonly Found[]; readonly failure?: unknown }> {
  const ask = () => app.list<Installed>('GET /app/installations')
  // That there is none at all is believed once it was said twice.
  const first = await ask()
  const all = first.length > 0 ? first : await ask()
  const awake = all.filter(({ suspended_at }) => suspended_at === null)
  const found: Found[][] = awake.map(() => [])
  const failures: unknown[] = []
  const waiting = awake.entries()
  const walk = async (): Promise<void> => {
    // All walkers share the one iterator, so each takes what comes next.
    for (const [at, installation] of waiting) {
      try {
        const repositories = await listRepositories(connect(installation.id).api)
        found[at] = repositories.map((repository) => ({ repository, installation }))
      } catch (error) {
        if (hasEnded(error)) continue
        failures.push(error)
        found[at] = known.of(installation.id).map((repository) => ({ repository, installation }))
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, walk))
  return { found: found.flat(), ...optional(failures.length > 0, () => ({ failure: failures[0] })) }
}

/** Taken away or put to sleep since it was listed. */
function hasEnded(error: unknown): boolean {
  const codes = error instanceof Refusal ? error.problems.map(({ code }) => code) : []
  return codes.some((code) => code === 'not-installed' || code === 'installation-suspended')
}

async function listRepositories(
  api: GitHubApi,
  which: 'all' | 'living' = 'living',
): Promise<readonly RepositoryName[]> {
  const found: RepositoryName[] = []
  for (let page = 1, seen = 0; ; page++) {
    const { data } = await api.request<GivenRepositories>('GET /installation/repositories', {
      page,
      per_page: 100,
    })
    const living = data.repositories.filter(({ archived }) => which === 'all' || !archived)
    found.push(...living.map(({ owner, name }) => ({ owner: owner.login, name })))
    seen += data.repositories.length
    if (seen >= data.total_count) return found
    // A list that ends before its time is not all of it.
    if (data.repositories.length === 0) throw unread('GET /installation/repositories', api.now())
  }
}

function sameName(a: RepositoryName, b: RepositoryName): boolean {
  return repositoryKey(a) === repositoryKey(b)
}

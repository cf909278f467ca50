import {
  connectAsInstallation,
  type InstallationConnection,
} from '../../src/adapters/github/api/connection.ts'
import { githubForge } from '../../src/adapters/github/people/github-forge.ts'
import { GitHubObjectStore } from '../../src/adapters/github/objects/github-object-store.ts'
import { repositoryApi, type RepositoryApi } from '../../src/adapters/github/api/repository-api.ts'
import { memoryCache } from '../../src/adapters/memory/memory-cache.ts'
import type { Cache } from '../../src/ports/cache.ts'
import type { Workplace } from '../../src/ports/host.ts'
import type { Pace } from '../../src/adapters/github/api/pace.ts'
import type { GitHub } from '../github/github.ts'
import { writeObject } from '../github/git.ts'
import type { Installation, Repo } from '../github/world.ts'
import { writeRefs } from '../github/write-refs.ts'

/** No waiting: what GitHub asks to wait is only noted. */
export function impatient(github: GitHub): Pace & { readonly waited: number[] } {
  const waited: number[] = []
  return {
    now: github.world.now,
    pause: async (milliseconds) => void waited.push(milliseconds),
    betweenWrites: 0,
    waited,
  }
}

export function connectTo(
  github: GitHub,
  installation: Installation,
  pace: Pace = impatient(github),
): InstallationConnection {
  const { id: appId, privateKey } = github.world.app
  return connectAsInstallation({ baseUrl: github.url, pace }, { appId, privateKey }, installation.id, () => ({
    needs: { ...installation.permissions },
  }))
}

export function apiOf(github: GitHub, installation: Installation, repo: Repo): RepositoryApi {
  return repositoryApi(connectTo(github, installation).api, { owner: repo.owner, name: repo.name })
}

export function storeOf(github: GitHub, installation: Installation, repo: Repo): GitHubObjectStore {
  return new GitHubObjectStore({ api: apiOf(github, installation, repo), cache: memoryCache() })
}

/** Git data of an empty repository cannot be asked for on GitHub, so every test begins with one commit. */
export function seed(repo: Repo): void {
  const person = 'Test Person <person@example.com> 1600000000 +0000'
  const tree = writeObject(repo.gitDir, 'tree', new Uint8Array())
  const text = `tree ${tree}\nauthor ${person}\ncommitter ${person}\n\nNothing yet\n`
  const commit = writeObject(repo.gitDir, 'commit', Buffer.from(text))
  writeRefs(repo.gitDir, new Map([[`refs/heads/${repo.defaultBranch}`, commit]]))
}

interface PlaceParts {
  readonly connected?: InstallationConnection
  readonly cache?: Cache
}

/** A repository as the App works in it, without the way over the list of installations. */
export function placeOf(
  github: GitHub,
  installation: Installation,
  repo: Repo,
  { connected = connectTo(github, installation), cache = memoryCache() }: PlaceParts = {},
): Workplace {
  const repository = { owner: repo.owner, name: repo.name }
  const api = repositoryApi(connected.api, repository)
  const login = `${github.world.app.slug}[bot]`
  return {
    repository,
    objects: new GitHubObjectStore({ api, cache }),
    forge: githubForge({ api, login, granted: async () => (await connected.grant()).permissions }),
  }
}

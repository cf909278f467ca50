import { mkdtempSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registeredApp } from './app-identity.ts'
import { Limits, type LimitSettings } from './limits.ts'
import { peopleOf, type GitHubPeople } from './people.ts'
import { faultOf, type Fault, type WantedFault } from './faults.ts'
import { serve, type Counted, type Interlude } from './server.ts'
import { Webhooks } from './webhooks.ts'
import {
  addRepo,
  addUser,
  type Installation,
  type Level,
  type NewRepo,
  type Repo,
  type World,
} from './world.ts'
import { removeFolder } from '../support/remove-folder.ts'

interface GitHubOptions {
  /** `/api` for the paths of GitHub Enterprise Server, `/api/v3` and `/api/graphql`. */
  readonly base?: '' | '/api'
  readonly now?: () => number
}

/** A GitHub of our own: real git repositories behind GitHub's API, and hands on everything that can go wrong. */
export interface GitHub {
  /** The API's address, as `GHE_HOST` or Octokit's `baseUrl` want it. */
  readonly url: string
  readonly world: World
  readonly webhooks: Webhooks
  /** Every request so far. */
  readonly requests: Counted[]
  /** What the stand-in did against GitHub's own description; a test that leaves something here is broken. */
  readonly violations: string[]
  createRepo(this: void, repo: NewRepo): Repo
  /** Installs the App; `permissions` where the owner has not granted all that the manifest asks for. */
  install(this: void, repos: readonly Repo[], permissions?: Readonly<Record<string, Level>>): Installation
  /** Takes the App away again, or puts it to sleep and wakes it. */
  uninstall(this: void, installation: Installation): void
  suspend(this: void, installation: Installation, how: 'suspend' | 'unsuspend'): void
  people(this: void, repo: Repo): GitHubPeople
  /** Makes a request fail as GitHub refuses (`shapes.ts`), before or after what it asked for was done. */
  fail(this: void, fault: WantedFault): void
  /** No request fails on purpose any more. What it gives back was still to come, in part or whole. */
  clearFaults(this: void): readonly Fault[]
  /** Lets something happen right before the next request of this kind is looked at: somebody is faster. */
  meanwhile(this: void, kind: string, play: () => Promise<void>): void
  limit(this: void, settings: Partial<LimitSettings>): void
  close(this: void): Promise<void>
}

export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-github-'))
  const now = options.now ?? (() => Date.now())
  let lastId = 1000
  const world: World = {
    ...{ folder, app: registeredApp(), waitingApps: [], users: new Map() },
    ...{ repos: [], reposByName: new Map(), installations: [] },
    ...{ lag: 0, missing: new Map(), mostEntries: 100_000, now, nextId: () => ++lastId },
    workflows: { says: 'sentence', looksAt: 'tip' },
  }
  const webhooks = new Webhooks(world)
  const limits = new Limits(now)
  const base = options.base ?? ''
  const desk = {
    world,
    webhooks,
    limits,
    base,
    requests: [] as Counted[],
    faults: [] as Fault[],
    interludes: [] as Interlude[],
    violations: [] as string[],
  }
  const server = serve(desk)
  // Node ends a connection after five idle seconds, and a busy machine may need longer from one request to the next.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${base === '' ? '' : `${base}/v3`}`,
    ...{ world, webhooks, requests: desk.requests, violations: desk.violations },
    createRepo: (repo) => addRepo(world, repo),
    install: (repos, permissions = world.app.permissions) => {
      const account = repos[0]?.owner ?? 'nobody'
      const installation = {
        id: world.nextId(),
        account,
        repositories: new Set(repos),
        permissions: { ...permissions },
        suspended: false,
      }
      world.installations.push(installation)
      addUser(world, `${world.app.slug}[bot]`, 'Bot')
      const repositories = repos.map(({ id, owner, name }) => ({
        id,
        name,
        full_name: `${owner}/${name}`,
        private: false,
      }))
      webhooks.emitInstallation('installation', installation, {
        action: 'created',
        repositories,
        sender: account,
      })
      return installation
    },
    uninstall: (installation) => {
      world.installations.splice(world.installations.indexOf(installation), 1)
      webhooks.emitInstallation('installation', installation, {
        action: 'deleted',
        sender: installation.account,
      })
    },
    suspend: (installation, how) => {
      installation.suspended = how === 'suspend'
      webhooks.emitInstallation('installation', installation, { action: how, sender: installation.account })
    },
    people: (repo) => peopleOf({ world, webhooks }, repo),
    fail: (fault) => void desk.faults.push(faultOf(fault)),
    clearFaults: () => desk.faults.splice(0),
    meanwhile: (kind, play) => void desk.interludes.push({ kind, play }),
    limit: (settings) => void (limits.settings = { ...limits.settings, ...settings }),
    close: async () => {
      await webhooks.settled()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      removeFolder(folder)
    },
  }
}

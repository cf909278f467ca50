import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BesideUpstream } from '../../../adapters/git/beside-upstream.ts'
import { GitObjectStore } from '../../../adapters/git/git-object-store.ts'
import type { GitLocation } from '../../../adapters/git/run-git.ts'
import type { FindFork, OwnFork } from '../../../app/repository/own-fork.ts'
import { readRepository, UPSTREAM_REFS, type Repository } from '../../../app/repository/read-repository.ts'
import type { Gitlink } from '../../../core/layout/layout.ts'
import type { ObjectStore } from '../../../ports/object-store.ts'

interface ForkPlaces {
  /** The repository that has the submodule. */
  readonly clone: GitLocation
  readonly upstream: GitLocation | undefined
  /** A path or URL that somebody named; else the submodule as it is checked out. */
  readonly fork?: string | undefined
  gitDirOf(this: void, path: string): Promise<string>
  /** Fetches what stands at a URL into a repository of ours. */
  historyOf(this: void, url: string): Promise<GitLocation>
  remotesOf(this: void, location: GitLocation): Promise<readonly string[]>
}

/** Opens forks that submodules of a clone are at, for reading; `close` ends what was opened. */
export function forksOf(places: ForkPlaces): { readonly find: FindFork; close(): void } {
  const opened: { abandon(): void }[] = []
  return {
    find: async (link) => {
      const found = await locate(link, places)
      if (!found) return undefined
      const store = storeOf(found.location, places.upstream)
      opened.push(store)
      return {
        name: found.name,
        store,
        repository: await asPushed(store, await places.remotesOf(found.location)),
      }
    },
    close: () => opened.forEach((store) => store.abandon()),
  }
}

async function locate(
  { path }: Gitlink,
  { clone, fork, gitDirOf, historyOf }: ForkPlaces,
): Promise<(Pick<OwnFork, 'name'> & { readonly location: GitLocation }) | undefined> {
  if (fork !== undefined && !existsSync(fork)) return { name: fork, location: await historyOf(fork) }
  if (fork !== undefined) return { name: fork, location: { gitDir: await gitDirOf(fork) } }
  const checkout = join(dirname(clone.gitDir), path)
  if (existsSync(join(checkout, '.git')))
    return { name: path, location: { gitDir: await gitDirOf(checkout) } }
  const kept = join(clone.gitDir, 'modules', path)
  return existsSync(join(kept, 'HEAD')) ? { name: path, location: { gitDir: kept } } : undefined
}

function storeOf(
  location: GitLocation,
  upstream: GitLocation | undefined,
): ObjectStore & { abandon(): void } {
  const own = new GitObjectStore(location)
  if (!upstream) return own
  return new BesideUpstream({ own, upstream: new GitObjectStore(upstream), listedAs: UPSTREAM_REFS })
}

/** What was not pushed is nowhere for whoever checks the submodule out. */
async function asPushed(store: ObjectStore, upstreamRemotes: readonly string[]): Promise<Repository> {
  const repository = await readRepository(store, upstreamRemotes)
  const remote = await store.listRefs('refs/remotes/origin/')
  const pushed = [...remote].filter(([ref]) => !ref.endsWith('/HEAD') && !upstreamRemotes.includes('origin'))
  const names = pushed.map(([ref, oid]) => [ref.slice('refs/remotes/origin/'.length), oid] as const)
  return { ...repository, branches: new Map([...repository.branches, ...names]) }
}

import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { GitObjectStore } from '../../src/adapters/git/git-object-store.ts'
import { writeDemoHistory } from '../../src/entry/demo/write-demo-history.ts'
import { removeFolder } from './remove-folder.ts'

/** A throw-away repository with a real git, gone when the test ends. */
export interface World {
  readonly path: string
  readonly store: GitObjectStore
  /** Runs git there and returns what it printed. */
  git(...args: readonly string[]): string
  /** A second look at the same repository, as the next run of the CLI has it. */
  reopen(): GitObjectStore
}

/** The remotes of `world` that are upstream's. */
export const UPSTREAM = { upstreamRemotes: ['upstream'] } as const

/** The demo's fork as a clone with a working tree. */
export async function demoWorld(): Promise<World> {
  const world = emptyWorld()
  await writeDemoHistory(world.store, resolve(import.meta.dirname, '../../fixtures/demo'))
  world.git('reset', '--quiet', '--hard')
  return world
}

export function emptyWorld(): World {
  const path = mkdtempSync(join(tmpdir(), 'multiarch-test-'))
  const stores: GitObjectStore[] = []
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', path, ...args], {
      encoding: 'utf8',
      env: environment(),
      stdio: 'pipe',
    }).trimEnd()
  const reopen = (): GitObjectStore => {
    const store = new GitObjectStore({ gitDir: join(path, '.git') })
    stores.push(store)
    return store
  }
  git('init', '--quiet', '--initial-branch=main')
  onTestFinished(async () => {
    for (const store of stores) await store.close()
    removeFolder(path)
  })
  return { path, store: reopen(), git, reopen }
}

/** Git as on a machine without any configuration, always at the same moment, and with nothing left running behind it. */
function environment(): NodeJS.ProcessEnv {
  const who = { NAME: 'Fork owner', EMAIL: 'owner@example.org', DATE: '2019-05-01T12:00:00Z' }
  return {
    PATH: process.env['PATH'],
    HOME: tmpdir(),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'maintenance.auto',
    GIT_CONFIG_VALUE_0: 'false',
    ...Object.fromEntries(
      Object.entries(who).flatMap(([key, value]) => [
        [`GIT_AUTHOR_${key}`, value],
        [`GIT_COMMITTER_${key}`, value],
      ]),
    ),
  }
}

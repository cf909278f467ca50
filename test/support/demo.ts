import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { GitObjectStore } from '../../src/adapters/git/git-object-store.ts'
import { demoClone, gitIn } from './demo-clone.ts'
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

/**
 * The demo's fork as a clone with a working tree: a copy of one that is made once a run, from which it borrows objects. `whole`: with
 * objects of its own, where a test takes some away or keeps git from writing them.
 */
export async function demoWorld(how?: 'whole'): Promise<World> {
  const path = temporaryFolder()
  const demo = await demoClone()
  const objects = join(demo, '.git/objects')
  const filter = (file: string): boolean => how === 'whole' || file !== objects
  // Times are kept, so that git need not look again whether its index still holds.
  cpSync(demo, path, { recursive: true, preserveTimestamps: true, filter })
  if (how !== 'whole') {
    mkdirSync(join(path, '.git/objects/info'), { recursive: true })
    writeFileSync(join(path, '.git/objects/info/alternates'), `${objects}\n`)
  }
  return worldAt(path)
}

export function emptyWorld(): World {
  const path = temporaryFolder()
  gitIn(path, 'init', '--quiet', '--initial-branch=main', '--template=')
  return worldAt(path)
}

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'multiarch-test-'))
}

function worldAt(path: string): World {
  const stores: GitObjectStore[] = []
  const reopen = (): GitObjectStore => {
    const store = new GitObjectStore({ gitDir: join(path, '.git') })
    stores.push(store)
    return store
  }
  onTestFinished(async () => {
    for (const store of stores) await store.close()
    removeFolder(path)
  })
  return { path, store: reopen(), git: (...args) => gitIn(path, ...args), reopen }
}

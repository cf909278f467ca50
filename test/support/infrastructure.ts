import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { demoWorld, emptyWorld, type World } from './demo.ts'

export { HOME } from './home-inventory.ts'

/** A repository of somebody's own beside the demo's upstream. */
interface Infrastructure {
  readonly world: World
  readonly upstream: World
  /** The commit of a release of the demo's upstream. */
  commitOf(this: void, release: string): string
}

export interface Held {
  /** Path → text; `RELEASE` and `COMMIT` stand for v2.8.0 and its commit. */
  readonly files: Readonly<Record<string, string>>
  /** Where a gitlink to v2.8.0 stands. */
  readonly gitlink?: string
  /** Where a copy of v2.8.0 stands. */
  readonly copy?: string
}

/** Makes such a repository on branch `main`, one commit. */
export async function infrastructure({ files, gitlink, copy }: Held): Promise<Infrastructure> {
  const upstream = await demoWorld()
  const world = emptyWorld()
  const commitOf = (release: string): string => upstream.git('rev-parse', `${release}^{commit}`)
  const commit = commitOf('v2.8.0')
  for (const [path, text] of Object.entries(files)) {
    const target = join(world.path, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text.replaceAll('RELEASE', 'v2.8.0').replaceAll('COMMIT', commit))
  }
  world.git('add', '--all')
  if (gitlink !== undefined) world.git('update-index', '--add', '--cacheinfo', `160000,${commit},${gitlink}`)
  if (copy !== undefined) {
    world.git('fetch', '--quiet', '--no-tags', upstream.path, 'refs/tags/v2.8.0')
    world.git('read-tree', `--prefix=${copy}/`, 'FETCH_HEAD')
  }
  world.git('commit', '--quiet', '--message', 'What we run')
  return { world, upstream, commitOf }
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { demoWorld, emptyWorld, type World } from './demo.ts'

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

/** An inventory of a cluster that runs what v2.8.0 brings. */
export const HOME: Readonly<Record<string, string>> = {
  'inventory/home/hosts.ini': [
    '[all]',
    'pi ansible_host=10.0.0.2',
    '[kube-master]',
    'pi',
    '[etcd]',
    'pi',
    '[kube-node]',
    'pi',
    '[k8s-cluster:children]',
    'kube-master',
    'kube-node',
    '',
  ].join('\n'),
  'inventory/home/group_vars/k8s-cluster/k8s-cluster.yml':
    'kube_version: v1.12.5\nkube_network_plugin: flannel\n',
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

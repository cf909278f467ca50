import { demoWorld, type World } from './demo.ts'
import { HOME, infrastructure } from './infrastructure.ts'

export const MODULES =
  '[submodule "kubespray"]\n\tpath = kubespray\n\turl = https://github.com/ada/kubespray.git\n'

interface ForkSubmodule {
  readonly world: World
  readonly fork: World
  readonly upstream: World
}

/** A repository whose submodule is at the head of the demo's fork, on v2.8.0 with six patches. */
export async function forkSubmodule(files: Readonly<Record<string, string>> = {}): Promise<ForkSubmodule> {
  const fork = await demoWorld()
  const { world, upstream } = await infrastructure({ files: { ...HOME, '.gitmodules': MODULES, ...files } })
  const head = fork.git('rev-parse', 'main')
  world.git('update-index', '--add', '--cacheinfo', `160000,${head},kubespray`)
  world.git('commit', '--quiet', '--message', 'Our own fork')
  return { world, fork, upstream }
}

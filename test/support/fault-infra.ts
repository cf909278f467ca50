import type { Job } from '../../src/app/jobs/job.ts'
import { gitText, readRefs } from '../github/git.ts'
import type { Repo } from '../github/world.ts'
import type { FaultStory } from './fault-stories.ts'
import { FORK, type FaultWorld } from './fault-world.ts'
import { holdIn } from './hold-in.ts'
import { HOME } from './home-inventory.ts'

const INFRA = { owner: 'ada', name: 'infra' }
const LOOK: Job = { kind: 'look', repository: INFRA }
const CONFIG = { '.github/multiarch.yml': 'architectures: [amd64, arm64]\n' }
const BOTH = ['v2.8.0', 'v2.9.0']

/** Stories of a repository that is no fork and has Kubespray as a submodule. */
export const INFRA_STORIES = {
  /** Of upstream's own. */
  submodule: {
    ...{ releases: BOTH, where: INFRA },
    before: async (world) => {
      const release = gitText(world.upstream.gitDir, ['rev-parse', 'v2.8.0'])
      world.github.install([await infraOf(world, 'kubernetes-sigs', release)])
      return LOOK
    },
  },
  /** Of a fork of their own, whose step is open: the second waits for the first. */
  ownFork: {
    ...{ releases: BOTH, where: INFRA },
    before: async (world) => {
      await beginBoth(world)
      return LOOK
    },
  },
  /** The fork's step is merged: the submodule's commit is what came of it. */
  ownForkMerged: {
    ...{ releases: BOTH, where: INFRA },
    before: async (world) => {
      await beginBoth(world)
      await world.newProcess().work(LOOK)
      const step = [...world.fork.threads.values()].find(({ pull }) => pull)
      await world.people.merge(step?.number ?? 0)
      return LOOK
    },
  },
} as const satisfies Readonly<Record<string, FaultStory>>

async function beginBoth(world: FaultWorld): Promise<void> {
  await world.commit('main', CONFIG)
  const main = readRefs(world.fork.gitDir).get('refs/heads/main') ?? ''
  world.github.install([world.fork, await infraOf(world, 'ada', main)])
  await world.newProcess().work({ kind: 'look', repository: FORK })
}

async function infraOf(world: FaultWorld, owner: string, at: string): Promise<Repo> {
  const infra = world.github.createRepo({ ...INFRA, defaultBranch: 'main', hasIssues: true })
  const url = `https://github.com/${owner}/kubespray.git`
  const modules = `[submodule "kubespray"]\n\tpath = kubespray\n\turl = ${url}\n`
  await holdIn(infra, { files: { ...HOME, ...CONFIG, '.gitmodules': modules }, links: { kubespray: at } })
  world.watched.push(infra)
  return infra
}

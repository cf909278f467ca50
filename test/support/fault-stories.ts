import type { Job } from '../../src/app/jobs/job.ts'
import type { RepositoryName } from '../../src/ports/forge.ts'
import { gitText } from '../github/git.ts'
import { FORK, type FaultWorld } from './fault-world.ts'
import { INFRA_STORIES } from './fault-infra.ts'

export const STEP = 'multiarch/kubespray-2.9.0'
const NOTES = 'inventory/homelab/notes.md'
const BOTH = ['v2.8.0', 'v2.9.0']
const ALL = ['v2.8.0', 'v2.9.0', 'v2.10.0']
const LOOK: Job = { kind: 'look', repository: FORK }
export const SWEEP: Job = { kind: 'sweep', repository: FORK }

/** What happens before a job, and the job. */
export interface FaultStory {
  readonly releases: readonly string[]
  readonly fork?: 'forked' | 'copied'
  /** Which repository the look that follows looks at, where it is not the fork. */
  readonly where?: RepositoryName
  before(this: void, world: FaultWorld): Promise<Job>
}

export const STORIES = {
  install: {
    releases: BOTH,
    before: async ({ github, fork }) => {
      github.install([fork])
      return LOOK
    },
  },
  step: {
    releases: BOTH,
    before: async (world) => {
      await onboarded(world)
      return LOOK
    },
  },
  copied: {
    releases: BOTH,
    fork: 'copied',
    before: async (world) => {
      await onboarded(world)
      return LOOK
    },
  },
  conflict: {
    releases: BOTH,
    before: async (world) => {
      await collide(world)
      await onboarded(world)
      return LOOK
    },
  },
  next: {
    releases: ALL,
    before: async (world) => {
      await stepOpen(world)
      await world.people.merge(numberOf(world, STEP))
      return LOOK
    },
  },
  release: {
    releases: BOTH,
    before: async (world) => {
      await stepOpen(world)
      const { gitDir } = world.upstream
      const made = gitText(gitDir, [
        ...['-c', 'user.name=Upstream', '-c', 'user.email=up@example.com', 'commit-tree'],
        ...['v2.9.0^{tree}', '-p', 'v2.9.0', '-m', 'A patch release'],
      ])
      gitText(gitDir, ['update-ref', 'refs/tags/v2.9.1', made])
      return SWEEP
    },
  },
  hold: onStep('/multiarch hold'),
  plan: onStep('/multiarch plan'),
  help: onStep('/multiarch help'),
  drop: onStep('/multiarch drop 1'),
  skip: onStep('/multiarch skip v2.9.0'),
  rebase: onStep('/multiarch rebase', async (world) => {
    await world.commit(STEP, { 'by-ada.md': 'Of Ada.\n' })
    await world.commit('main', { [NOTES]: 'Two boards.\n' })
  }),
  recreate: onStep('/multiarch recreate', async (world) => {
    await world.commit(STEP, { 'by-ada.md': 'Of Ada.\n' })
  }),
  take: onStep('/multiarch take 7 mine', undefined, collide),
  several: onStep('/multiarch hold\n/multiarch plan\n/multiarch drop 2'),
  refused: onStep('/multiarch hold', undefined, undefined, 'eve'),
  recheck: {
    releases: BOTH,
    before: async (world) => {
      await collide(world)
      await stepOpen(world)
      await world.commit(STEP, { 'by-ada.md': 'Of Ada.\n' })
      return { kind: 'recheck', repository: FORK, branch: STEP }
    },
  },
  closed: {
    releases: BOTH,
    before: async (world) => {
      await stepOpen(world)
      await world.people.close(numberOf(world, STEP))
      return LOOK
    },
  },
  broken: {
    releases: BOTH,
    before: async (world) => {
      await stepOpen(world)
      await world.commit('main', { '.github/multiarch.yml': 'folow: latest\n' })
      return LOOK
    },
  },
  tick: {
    releases: BOTH,
    before: async (world) => {
      await stepOpen(world)
      const board = [...world.fork.threads.values()].find(({ pull }) => !pull)
      if (!board) throw new Error('there is no dashboard')
      const body = board.body.replace('- [ ] Hold', '- [x] Hold')
      await world.people.editAs('ada', board.number, body)
      return { kind: 'dashboard', repository: FORK, number: board.number, by: 'ada', ticked: ['hold'] }
    },
  },
  button: {
    releases: BOTH,
    before: async (world) => {
      await stepOpen(world)
      await world.commit('main', { [NOTES]: 'Two boards.\n' })
      return { kind: 'button', repository: FORK, press: { branch: STEP, action: 'rebase', by: 'ada' } }
    },
  },
  sweep: {
    releases: BOTH,
    before: async (world) => {
      await stepOpen(world)
      await world.people.comment('ada', numberOf(world, STEP), '/multiarch plan')
      await world.commit('main', { [NOTES]: 'Three boards.\n' })
      return SWEEP
    },
  },
  ...INFRA_STORIES,
} as const satisfies Readonly<Record<string, FaultStory>>

export type StoryName = keyof typeof STORIES

/** A command on the first step, and what happened to the step or before it. */
function onStep(
  command: string,
  meanwhile: (world: FaultWorld) => Promise<void> = async () => {},
  earlier: (world: FaultWorld) => Promise<void> = async () => {},
  login = 'ada',
): FaultStory {
  return {
    releases: BOTH,
    before: async (world) => {
      await earlier(world)
      await stepOpen(world)
      await meanwhile(world)
      const number = numberOf(world, STEP)
      await world.people.comment(login, number, command)
      return { kind: 'comments', repository: FORK, number }
    },
  }
}

const START = 'Start it with make, from the bastion only.\n'

/** Patch 7 changes a line of the README that the release changed. */
async function collide(world: FaultWorld): Promise<void> {
  const readme = gitText(world.fork.gitDir, ['show', 'refs/heads/main:README.md']).split('\n')
  await world.commit('main', { 'README.md': `${readme.slice(0, -1).join('\n')}\n${START}` })
}

/** The settings are merged, and the first step is due. */
export async function onboarded(world: FaultWorld): Promise<void> {
  world.github.install([world.fork])
  await world.newProcess().work(LOOK)
  await world.people.merge(numberOf(world, 'multiarch/onboarding'))
}

export async function stepOpen(world: FaultWorld): Promise<void> {
  await onboarded(world)
  await world.newProcess().work(LOOK)
}

export function numberOf({ fork }: Pick<FaultWorld, 'fork'>, branch: string): number {
  const found = [...fork.threads.values()].find(({ pull }) => pull?.head.branch === branch)
  if (!found) throw new Error(`no pull request from ${branch} (${gitText(fork.gitDir, ['for-each-ref'])})`)
  return found.number
}

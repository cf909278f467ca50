import type { Job } from '../../src/app/jobs/job.ts'
import { gitText } from '../github/git.ts'
import { FORK, type FaultWorld } from './fault-world.ts'

export const STEP = 'multiarch/kubespray-2.9.0'
const BOTH = ['v2.8.0', 'v2.9.0']
const ALL = ['v2.8.0', 'v2.9.0', 'v2.10.0']
const LOOK: Job = { kind: 'look', repository: FORK }
export const SWEEP: Job = { kind: 'sweep', repository: FORK }

/** What happens before a job, and the job. */
interface FaultStory {
  readonly releases: readonly string[]
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
  next: {
    releases: ALL,
    before: async (world) => {
      await stepOpen(world)
      await world.people.merge(numberOf(world, STEP))
      return LOOK
    },
  },
  hold: {
    releases: BOTH,
    before: async (world) => {
      await stepOpen(world)
      const number = numberOf(world, STEP)
      await world.people.comment('ada', number, '/multiarch hold')
      return { kind: 'comments', repository: FORK, number }
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
      await world.commit('main', { 'inventory/homelab/notes.md': 'Two boards.\n' })
      return { kind: 'button', repository: FORK, press: { branch: STEP, action: 'rebase', by: 'ada' } }
    },
  },
  sweep: {
    releases: BOTH,
    before: async (world) => {
      await stepOpen(world)
      await world.people.comment('ada', numberOf(world, STEP), '/multiarch plan')
      await world.commit('main', { 'inventory/homelab/notes.md': 'Three boards.\n' })
      return SWEEP
    },
  },
} as const satisfies Readonly<Record<string, FaultStory>>

export type StoryName = keyof typeof STORIES

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

export function numberOf({ fork }: FaultWorld, branch: string): number {
  const found = [...fork.threads.values()].find(({ pull }) => pull?.head.branch === branch)
  if (!found) throw new Error(`no pull request from ${branch} (${gitText(fork.gitDir, ['for-each-ref'])})`)
  return found.number
}

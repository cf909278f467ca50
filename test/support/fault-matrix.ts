import { isDeepStrictEqual } from 'node:util'
import type { Job } from '../../src/app/jobs/job.ts'
import { gitText } from '../github/git.ts'
import { SHAPES, type ShapeName } from '../github/shapes.ts'
import { snapshotOf } from '../github/snapshot.ts'
import type { Counted } from '../github/server.ts'
import { faultWorld, FORK, type FaultWorld } from './fault-world.ts'

const STEP = 'multiarch/kubespray-2.9.0'
const BOTH = ['v2.8.0', 'v2.9.0']
const ALL = ['v2.8.0', 'v2.9.0', 'v2.10.0']
const LOOK: Job = { kind: 'look', repository: FORK }
const SWEEP: Job = { kind: 'sweep', repository: FORK }

/** What happens before a job, and the job. */
export interface FaultStory {
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

/** One fault at one call of a story, and what came of it. */
export interface FaultRun {
  readonly story: StoryName
  readonly shape: ShapeName
  /** Counted from 1. */
  readonly call: number
  readonly kind: string
  readonly when: 'before' | 'after'
  /** The job tried again by its queue, and then a look; or lost, and then a look by a fresh process. */
  readonly followed: 'queue' | 'lost'
  readonly outcome: string
  /** Whether all was as without the fault before the look that followed. */
  readonly equalAtOnce: boolean
  readonly equal: boolean
  /** Where it is not: what differs. */
  readonly differs?: string
}

export interface MatrixOptions {
  readonly story: StoryName
  readonly shapes: readonly ShapeName[]
  /** At most so many faults, spread evenly over all there are; each is followed both ways. */
  readonly sample?: number
  onRun?(this: void, run: FaultRun): void
}

/** Plays a story once as it should go, and then with each fault at each call. */
export async function faultMatrix({
  story,
  shapes,
  sample,
  onRun,
}: MatrixOptions): Promise<readonly FaultRun[]> {
  const { releases, before } = STORIES[story]
  const world = await faultWorld(releases)
  const job = await before(world)
  const start = snapshotOf(world.fork)
  const from = world.clock.at
  const reset = () => {
    start.restore()
    world.clock.at = from
    world.github.world.missing.clear()
  }
  try {
    // The first time fills what is known of upstream, so that every other time asks the same.
    await world.newProcess().work(job)
    reset()
    const calls = await callsOf(world, job)
    const reference = await settledState(world)
    const runs: FaultRun[] = []
    for (const fault of sampled(faultsAt(calls, shapes), sample)) {
      for (const followed of ['queue', 'lost'] as const) {
        reset()
        const run = await play(world, { job, story, followed, fault, reference })
        runs.push(run)
        onRun?.(run)
      }
    }
    if (world.github.violations.length > 0) throw new Error(world.github.violations.join('\n'))
    return runs
  } finally {
    start.remove()
    await world.github.close()
  }
}

interface PlannedFault {
  readonly shape: ShapeName
  readonly call: number
  readonly kind: string
  readonly when: 'before' | 'after'
}

type Seen = ReturnType<FaultWorld['seen']>

async function play(
  world: FaultWorld,
  {
    job,
    story,
    followed,
    fault,
    reference,
  }: {
    readonly job: Job
    readonly story: StoryName
    readonly followed: FaultRun['followed']
    readonly fault: PlannedFault
    readonly reference: { readonly job: Seen; readonly settled: Seen }
  },
): Promise<FaultRun> {
  const { shape, call, when } = fault
  world.github.fail({ shape, skip: call - 1, when })
  const process = world.newProcess()
  const outcome = await (followed === 'queue' ? process.work(job) : process.tryOnce(job))
  world.github.clearFaults()
  const atOnce = world.seen()
  // A lost process takes all it knew with it; what lasts an hour is over when the next look comes.
  world.clock.at += 3600_000
  await (followed === 'queue' ? process : world.newProcess()).work(SWEEP)
  const seen = world.seen()
  const equal = isDeepStrictEqual(seen, reference.settled)
  return {
    ...{ story, followed, outcome, ...fault },
    equalAtOnce: isDeepStrictEqual(atOnce, reference.job),
    equal,
    ...(!equal && { differs: differenceOf(reference.settled, seen) }),
  }
}

async function callsOf(world: FaultWorld, job: Job): Promise<readonly Counted[]> {
  const before = world.github.requests.length
  const outcome = await world.newProcess().work(job)
  if (outcome !== 'done') throw new Error(`without a fault the job ends as ${outcome}`)
  return world.github.requests.slice(before)
}

async function settledState(world: FaultWorld): Promise<{ readonly job: Seen; readonly settled: Seen }> {
  const job = world.seen()
  world.clock.at += 3600_000
  await world.newProcess().work(SWEEP)
  return { job, settled: world.seen() }
}

/** Each fault at each call that it can meet; after its effect only where there is one. */
function faultsAt(calls: readonly Counted[], shapes: readonly ShapeName[]): readonly PlannedFault[] {
  return calls.flatMap(({ kind }, index) =>
    shapes
      .filter((shape) => meets(shape, kind))
      .flatMap((shape) =>
        whens(shape, kind).map((when) => ({
          ...{ shape, call: index + 1, kind, when },
        })),
      ),
  )
}

/** Whoever is told that nobody knows them has had nothing done for them. */
function whens(shape: ShapeName, kind: string): readonly ('before' | 'after')[] {
  return isWrite(kind) && shape !== 'bad-credentials' ? ['before', 'after'] : ['before']
}

function meets(shape: ShapeName, kind: string): boolean {
  const { over } = SHAPES[shape]
  return over === 'both' || (over === 'graphql') === kind.startsWith('graphql')
}

function isWrite(kind: string): boolean {
  return /create|update|mutation|add-|remove|delete|request-reviewers|reactions/.test(kind)
}

function sampled<T>(all: readonly T[], most = Infinity): readonly T[] {
  if (all.length <= most) return all
  // A step that shares nothing with the length walks through all of it evenly, however the list is built.
  const step = Math.max(1, Math.round(all.length * 0.618))
  const found = new Set<number>()
  for (let at = 0; found.size < most; at = (at + step) % all.length) {
    while (found.has(at)) at = (at + 1) % all.length
    found.add(at)
  }
  return [...found].sort((a, b) => a - b).map((at) => all[at] as T)
}

/** The parts that are not the same, shortly. */
function differenceOf(expected: Seen, seen: Seen): string {
  const parts = (Object.keys(expected) as (keyof Seen)[]).filter(
    (part) => !isDeepStrictEqual(expected[part], seen[part]),
  )
  return parts
    .map((part) => {
      const [a, b] = [expected[part], seen[part]].map((list) => list.map((each) => JSON.stringify(each)))
      const lacks = (a ?? []).filter((each) => !b?.includes(each))
      const more = (b ?? []).filter((each) => !a?.includes(each))
      return `${part}: lacks ${lacks.map(cut).join(' | ') || 'nothing'}; has ${more.map(cut).join(' | ') || 'nothing'} beside`
    })
    .join('\n')
}

function cut(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text
}

async function onboarded(world: FaultWorld): Promise<void> {
  world.github.install([world.fork])
  await world.newProcess().work(LOOK)
  await world.people.merge(numberOf(world, 'multiarch/onboarding'))
}

async function stepOpen(world: FaultWorld): Promise<void> {
  await onboarded(world)
  await world.newProcess().work(LOOK)
}

function numberOf({ fork }: FaultWorld, branch: string): number {
  const found = [...fork.threads.values()].find(({ pull }) => pull?.head.branch === branch)
  if (!found) throw new Error(`no pull request from ${branch} (${gitText(fork.gitDir, ['for-each-ref'])})`)
  return found.number
}

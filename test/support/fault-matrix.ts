import type { Job } from '../../src/app/jobs/job.ts'
import { defined } from '../../src/core/model/defined.ts'
import type { Counted } from '../github/server.ts'
import { DOORS, workBy, type DoorName } from './fault-doors.ts'
import { faultsAt, randomFaults, sampled, type FaultKind, type PlannedFault } from './fault-plan.ts'
import { playFault, type Followed, type FaultPlay, type Reference, type Shared } from './fault-play.ts'
import { STORIES, SWEEP, type FaultStory, type StoryName } from './fault-stories.ts'
import { faultWorld, type FaultWorld } from './fault-world.ts'
import { commitsOf } from './fault-verdict.ts'
import { randomBy } from './random.ts'

/** Faults in a story, and what came of them. */
export interface FaultRun extends FaultPlay {
  readonly story: StoryName
  readonly faults: readonly PlannedFault[]
  /** What each call was, where the story is told without a fault. */
  readonly kinds: readonly string[]
}

interface MatrixOptions {
  readonly story: StoryName
  /** One for each meaning where none are named. */
  readonly shapes?: readonly FaultKind[]
  readonly door?: DoorName
  /** These calls alone, counted from 1. */
  readonly at?: readonly number[]
  /** At most so many faults, spread evenly over all there are; each is followed both ways. */
  readonly sample?: number
  /** Random faults instead, up to four together, so many times. */
  readonly random?: { readonly seed: number; readonly times: number }
  /** Plays what follows anew for each fault, though it was played from an equal state. */
  readonly anew?: boolean
  onRun?(this: void, run: FaultRun): void
}

/** A silence is waited for as long as this, in milliseconds of a real clock. */
const SILENCE = 4_000

/** Plays a story once as it should go, and then with each fault at each call. */
export async function faultMatrix(options: MatrixOptions): Promise<readonly FaultRun[]> {
  const { story, door = 'app', anew, shapes, onRun } = options
  const { releases, before, fork, where }: FaultStory = STORIES[story]
  const longest = shapes?.includes('silence') ? SILENCE : undefined
  const world = await faultWorld(releases, defined({ fork, longest }))
  try {
    const job = await before(world)
    const sweep: Job = where ? { kind: 'sweep', repository: where } : SWEEP
    const start = world.keep()
    const open = () => DOORS[door](world)
    // What is known of upstream is filled by then, so that every other time asks the same.
    await workBy(open(), job)
    await workBy(open(), sweep)
    start.restore()
    await workBy(open(), job)
    start.restore()
    const calls = await callsOf(world, () => workBy(open(), job))
    const reference = await settledState(world, () => workBy(open(), sweep))
    const kinds = calls.map(({ kind }) => kind)
    const shared: Shared = { world, reference, job, sweep, open, known: anew ? undefined : new Map() }
    const runs: FaultRun[] = []
    for (const { faults, ways } of plansOf(options, calls)) {
      start.restore()
      for (const played of await playFault(shared, { faults, ways })) {
        const run = { story, faults, kinds, ...played }
        runs.push(run)
        onRun?.(run)
      }
    }
    if (world.github.violations.length > 0) throw new Error(world.github.violations.join('\n'))
    return runs
  } finally {
    await world.github.close()
  }
}

interface Plan {
  readonly faults: readonly PlannedFault[]
  readonly ways: readonly Followed[]
}

function plansOf(
  { shapes, sample, random, door, at }: MatrixOptions,
  calls: readonly Counted[],
): readonly Plan[] {
  // Nobody repeats a run of a workflow.
  const ways: readonly Followed[] = door === 'action' ? ['lost'] : ['lost', 'queue']
  if (random)
    return Array.from({ length: random.times }, (_, index) => ({
      faults: randomFaults(randomBy(random.seed + index), calls),
      ways: [ways[index % ways.length] ?? 'lost'],
    }))
  const all = faultsAt(calls, shapes).filter(({ call }) => at?.includes(call) ?? true)
  return sampled(all, sample).map((fault) => ({ faults: [fault], ways }))
}

async function callsOf(world: FaultWorld, work: () => Promise<string>): Promise<readonly Counted[]> {
  const before = world.github.requests.length
  const outcome = await work()
  if (outcome !== 'done') throw new Error(`without a fault the job ends as ${outcome}`)
  return world.github.requests.slice(before)
}

async function settledState(world: FaultWorld, look: () => Promise<string>): Promise<Reference> {
  const job = world.seenEverywhere()
  world.clock.at += 3600_000
  await look()
  return { job, settled: world.seenEverywhere(), commits: commitsOf(world.watched) }
}

import { isDeepStrictEqual } from 'node:util'
import type { Job } from '../../src/app/jobs/job.ts'
import type { Counted } from '../github/server.ts'
import { DOORS, type DoorName } from './fault-doors.ts'
import {
  faultsAt,
  randomFaults,
  sampled,
  walkedOnce,
  type FaultKind,
  type PlannedFault,
} from './fault-plan.ts'
import { STORIES, SWEEP, type FaultStory, type StoryName } from './fault-stories.ts'
import { faultWorld, type FaultWorld, type Seen } from './fault-world.ts'
import { commitsOf, differenceOf, doubledIn } from './fault-verdict.ts'
import { randomBy } from './random.ts'

/** Faults in a story, and what came of them. */
export interface FaultRun {
  readonly story: StoryName
  readonly faults: readonly PlannedFault[]
  /** What each call was, where the story is told without a fault. */
  readonly kinds: readonly string[]
  /** The job tried again by its queue, and then a look; or lost, and then a look by a fresh process. */
  readonly followed: Followed
  readonly outcome: string
  /** Whether all was as without the fault before the look that followed. */
  readonly equalAtOnce: boolean
  readonly equal: boolean
  /** Commits that no ref has any more, and has without the fault. */
  readonly lost: number
  /** Pull requests, issues, comments and checks of ours that stand there more often than without the fault. */
  readonly doubled: number
  /** Where it is not equal: what differs. */
  readonly differs?: string
}

type Followed = 'queue' | 'lost'

interface MatrixOptions {
  readonly story: StoryName
  readonly shapes: readonly FaultKind[]
  readonly door?: DoorName
  /** At most so many faults, spread evenly over all there are; each is followed both ways. */
  readonly sample?: number
  /** The short form instead: each shape once, at another call each, before and after in turn; tried again and lost in turn. */
  readonly short?: true
  /** Random faults instead, up to four together, so many times. */
  readonly random?: { readonly seed: number; readonly times: number }
  onRun?(this: void, run: FaultRun): void
}

/** Plays a story once as it should go, and then with each fault at each call. */
export async function faultMatrix(options: MatrixOptions): Promise<readonly FaultRun[]> {
  const { story, door = 'app', onRun } = options
  const { releases, before, fork, where }: FaultStory = STORIES[story]
  const world = await faultWorld(releases, fork && { fork })
  const job = await before(world)
  const sweep: Job = where ? { kind: 'sweep', repository: where } : SWEEP
  const start = world.keep()
  const open = () => DOORS[door](world)
  try {
    // The first time fills what is known of upstream, so that every other time asks the same.
    await open().work(job)
    start.restore()
    const calls = await callsOf(world, () => open().work(job))
    const reference = await settledState(world, () => open().work(sweep))
    const kinds = calls.map(({ kind }) => kind)
    const runs: FaultRun[] = []
    for (const { faults, followed } of plansOf(options, calls)) {
      start.restore()
      const run = await play(world, { faults, followed, reference, job, sweep, open })
      runs.push({ story, kinds, ...run })
      onRun?.({ story, kinds, ...run })
    }
    if (world.github.violations.length > 0) throw new Error(world.github.violations.join('\n'))
    return runs
  } finally {
    start.remove()
    await world.github.close()
  }
}

interface Plan {
  readonly faults: readonly PlannedFault[]
  readonly followed: Followed
}

function plansOf(
  { shapes, short, sample, random, door }: MatrixOptions,
  calls: readonly Counted[],
): readonly Plan[] {
  // Nobody repeats a run of a workflow.
  const ways: readonly Followed[] = door === 'action' ? ['lost'] : ['queue', 'lost']
  const inTurn = (index: number): Followed => ways[index % ways.length] ?? 'lost'
  if (random)
    return Array.from({ length: random.times }, (_, index) => ({
      faults: randomFaults(randomBy(random.seed + index), calls),
      followed: inTurn(index),
    }))
  const all = faultsAt(calls, shapes)
  if (short)
    return walkedOnce(all, calls.length).map((fault, index) => ({ faults: [fault], followed: inTurn(index) }))
  return sampled(all, sample).flatMap((fault) => ways.map((followed) => ({ faults: [fault], followed })))
}

interface Play extends Plan {
  readonly reference: Reference
  readonly job: Job
  readonly sweep: Job
  open(this: void): ReturnType<(typeof DOORS)[DoorName]>
}

async function play(
  world: FaultWorld,
  { faults, followed, reference, job, sweep, open }: Play,
): Promise<Omit<FaultRun, 'story' | 'kinds'>> {
  for (const fault of faults) meet(world, fault)
  const isKilled = faults.some(({ shape }) => shape === 'killed')
  const process = open()
  const isTriedAgain = followed === 'queue' && !isKilled
  const outcome = await (isTriedAgain ? process.work(job) : process.tryOnce(job))
  world.github.clearFaults()
  // Whose process died is begun anew by another.
  if (followed === 'queue' && isKilled) await open().work(job)
  const atOnce = world.seenEverywhere()
  // A lost process takes all it knew with it; what lasts an hour is over when the next look comes.
  world.clock.at += 3600_000
  await (isTriedAgain ? process : open()).work(sweep)
  const seen = world.seenEverywhere()
  const equal = isDeepStrictEqual(seen, reference.settled)
  return {
    ...{ faults, followed, outcome, equal },
    equalAtOnce: isDeepStrictEqual(atOnce, reference.job),
    lost: equal ? 0 : lostIn(world, reference),
    doubled: equal ? 0 : doubledIn(reference.settled, seen),
    ...(!equal && { differs: differenceOf(reference.settled, seen) }),
  }
}

/** From the moment that a process is killed nothing is heard of it. */
function meet({ github }: FaultWorld, { shape, call, when }: PlannedFault): void {
  if (shape !== 'killed') return github.fail({ shape, skip: call - 1, when })
  github.fail({ shape: 'cut-connection', skip: call - 1, when })
  github.fail({ shape: 'cut-connection', skip: call - 1, times: Infinity })
}

async function callsOf(world: FaultWorld, work: () => Promise<string>): Promise<readonly Counted[]> {
  const before = world.github.requests.length
  const outcome = await work()
  if (outcome !== 'done') throw new Error(`without a fault the job ends as ${outcome}`)
  return world.github.requests.slice(before)
}

interface Reference {
  readonly job: Seen
  readonly settled: Seen
  /** Every commit that a ref has in the end. */
  readonly commits: ReadonlySet<string>
}

async function settledState(world: FaultWorld, look: () => Promise<string>): Promise<Reference> {
  const job = world.seenEverywhere()
  world.clock.at += 3600_000
  await look()
  return { job, settled: world.seenEverywhere(), commits: commitsOf(world.watched) }
}

function lostIn({ watched }: FaultWorld, { commits }: Reference): number {
  const left = commitsOf(watched)
  return [...commits].filter((each) => !left.has(each)).length
}

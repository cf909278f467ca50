import { isDeepStrictEqual } from 'node:util'
import type { Job } from '../../src/app/jobs/job.ts'
import type { DOORS, DoorName } from './fault-doors.ts'
import { workBy } from './fault-doors.ts'
import type { PlannedFault } from './fault-plan.ts'
import { commitsOf, differenceOf, doubledIn } from './fault-verdict.ts'
import type { FaultWorld, Seen } from './fault-world.ts'

/** The job tried again by its queue, and then a look; or lost, and then a look by a fresh process. */
export type Followed = 'queue' | 'lost'

/** What came of faults, followed one way. */
export interface FaultPlay extends End {
  readonly followed: Followed
  /** How the job's first try ended. */
  readonly outcome: string
  /** Whether what follows was played, or is known of a fault that left the same. */
  readonly isPlayed: boolean
}

interface End {
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

/** How the story goes without a fault. */
export interface Reference {
  readonly job: Seen
  readonly settled: Seen
  /** Every commit that a ref has in the end. */
  readonly commits: ReadonlySet<string>
}

type Door = ReturnType<(typeof DOORS)[DoorName]>

/** What all plays of a story have together. */
export interface Shared {
  readonly world: FaultWorld
  readonly reference: Reference
  readonly job: Job
  readonly sweep: Job
  open(this: void): Door
  /** What followed, by what it follows from. */
  readonly known: Map<string, End> | undefined
}

interface Faulty {
  readonly faults: readonly PlannedFault[]
  readonly ways: readonly Followed[]
}

/**
 * Plays the job's first try once, and what follows from it in each way. What follows is played once for all that it follows from
 * equally: a fresh process knows what stands in the repositories and nothing else; one that goes on also knows what it was answered
 * after the fault, and when it wants to go on.
 */
export async function playFault(shared: Shared, { faults, ways }: Faulty): Promise<readonly FaultPlay[]> {
  const { world, job, open } = shared
  const { github } = world
  for (const fault of faults) meet(world, fault)
  const isKilled = faults.some(({ shape }) => shape === 'killed')
  const isSingle = faults.length === 1
  const door = open()
  const asked = github.requests.length
  const begun = await door.begin(job)
  // Where there are several, those of trying again are still to come.
  if (isSingle) overWith(world)
  const from = (faults[0]?.call ?? 0) - 1
  const answered = github.requests.slice(asked + from).map(({ kind, status }, at) => [kind, at > 0 && status])
  const state = JSON.stringify(world.seenEverywhere())
  const trace = JSON.stringify([from, begun.outcome, answered])
  const keyOf = (followed: Followed) => {
    if (!isSingle) return undefined
    return [followed, ...(followed === 'lost' ? [] : [isKilled ? 'killed' : trace]), state].join('\0')
  }
  const left = ways.length > 1 ? world.keep() : undefined
  const plays: FaultPlay[] = []
  for (const followed of ways) {
    const key = keyOf(followed)
    const known = key === undefined ? undefined : shared.known?.get(key)
    if (!known && plays.some(({ isPlayed }) => isPlayed)) left?.restore()
    const end = known ?? (await follow(shared, { followed, isKilled, door, goOn: begun.goOn }))
    if (key !== undefined) shared.known?.set(key, end)
    plays.push({ followed, outcome: begun.outcome, isPlayed: !known, ...end })
  }
  return plays
}

interface Following {
  readonly followed: Followed
  readonly isKilled: boolean
  readonly door: Door
  goOn(this: void): Promise<string>
}

async function follow(shared: Shared, { followed, isKilled, door, goOn }: Following): Promise<End> {
  const { world, reference, job, sweep, open } = shared
  // Whose process died is begun anew by another.
  if (followed === 'queue') await (isKilled ? workBy(open(), job) : goOn())
  overWith(world)
  const atOnce = world.seenEverywhere()
  // A lost process takes all it knew with it; what lasts an hour is over when the next look comes.
  world.clock.at += 3600_000
  await workBy(followed === 'queue' && !isKilled ? door : open(), sweep)
  const seen = world.seenEverywhere()
  const equal = isDeepStrictEqual(seen, reference.settled)
  return {
    ...{ equal, equalAtOnce: isDeepStrictEqual(atOnce, reference.job) },
    lost: equal ? 0 : lostIn(world, reference),
    doubled: equal ? 0 : doubledIn(reference.settled, seen),
    ...(!equal && { differs: differenceOf(reference.settled, seen) }),
  }
}

/** From the moment that a process is killed nothing is heard of it. */
function meet({ github }: FaultWorld, { shape, call, when, of }: PlannedFault): void {
  const at = of ? { kind: of.kind, skip: of.before } : { skip: call - 1 }
  if (shape === 'lag') return github.fail({ lag: 1_000, ...at })
  if (shape !== 'killed') return github.fail({ shape, ...at, when })
  github.fail({ shape: 'cut-connection', skip: call - 1, when })
  github.fail({ shape: 'cut-connection', skip: call - 1, times: Infinity })
}

function overWith({ github }: FaultWorld): void {
  github.clearFaults()
  github.world.missing.clear()
}

function lostIn({ watched }: FaultWorld, { commits }: Reference): number {
  const left = commitsOf(watched)
  return [...commits].filter((each) => !left.has(each)).length
}

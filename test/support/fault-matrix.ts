import { isDeepStrictEqual } from 'node:util'
import type { Job } from '../../src/app/jobs/job.ts'
import { SHAPES, type ShapeName } from '../github/shapes.ts'
import { snapshotOf } from '../github/snapshot.ts'
import type { Counted } from '../github/server.ts'
import { STORIES, SWEEP, type StoryName } from './fault-stories.ts'
import { faultWorld, type FaultWorld } from './fault-world.ts'

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

interface MatrixOptions {
  readonly story: StoryName
  readonly shapes: readonly ShapeName[]
  /** At most so many faults, spread evenly over all there are; each is followed both ways. */
  readonly sample?: number
  /** The short form instead: each shape once, at another call each, before and after in turn; tried again and lost in turn. */
  readonly short?: true
  onRun?(this: void, run: FaultRun): void
}

/** Plays a story once as it should go, and then with each fault at each call. */
export async function faultMatrix({
  story,
  shapes,
  sample,
  short,
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
    const all = faultsAt(calls, shapes)
    const faults = short ? walkedOnce(all, calls.length) : sampled(all, sample)
    for (const [index, fault] of faults.entries()) {
      const ways = ['queue', 'lost'] as const
      for (const followed of short ? [ways[index % 2 === 0 ? 0 : 1]] : ways) {
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

export function isWrite(kind: string): boolean {
  return /create|update|mutation|add-|remove|delete|request-reviewers|reactions/.test(kind)
}

/** One fault a shape, at calls that follow each other round and round: so each call that shapes can meet has its turn. */
function walkedOnce(all: readonly PlannedFault[], calls: number): readonly PlannedFault[] {
  const byShape = new Map<ShapeName, PlannedFault[]>()
  for (const fault of all) byShape.set(fault.shape, [...(byShape.get(fault.shape) ?? []), fault])
  return [...byShape.values()].flatMap((faults, index) => {
    const from = (index % calls) + 1
    const next = [...faults].sort(
      (a, b) => ((a.call - from + calls) % calls) - ((b.call - from + calls) % calls),
    )
    const [first, second] = next
    // Where the call has an effect, the fault comes after it every other time.
    const isAfter = second !== undefined && second.call === first?.call && index % 4 > 1
    return (isAfter ? [second] : [first]).filter((each) => each !== undefined)
  })
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

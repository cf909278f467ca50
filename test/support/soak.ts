import { receive } from '../../src/app/jobs/receive.ts'
import { ReleaseWatch, sweep } from '../../src/app/jobs/sweep.ts'
import { isSubscribed, jobsFor } from '../../src/app/jobs/jobs-for.ts'
import { readPayload } from '../../src/entry/server/read-payload.ts'
import { readRefs } from '../github/git.ts'
import type { Repo } from '../github/world.ts'
import { FAULT_KINDS, mayComeAfter } from './fault-plan.ts'
import { faultWorld } from './fault-world.ts'
import { randomBy, type Random } from './random.ts'
import { LAYOUTS, repositoriesOf, type LayoutName } from './soak-layouts.ts'
import { actSomewhere, type Soaked, type SoakPlace } from './soak-acts.ts'
import { VirtualQueue } from './virtual-queue.ts'

interface SoakOptions {
  readonly seed: number
  readonly events: number
  /** Owners; each has a repository, or two. */
  readonly repositories: number
  /** How Kubespray stands in them, in turn; every way there is where none are named. */
  readonly layouts?: readonly LayoutName[]
  onQuarter?(this: void, soak: Soaked, quarter: number): void
  onEvent?(this: void, event: number, kind: string): void
}

const START = ['v2.8.0', 'v2.9.0']

/** Plays so many things that people do, with faults among them, and lets everything come to rest. */
export async function soak(options: SoakOptions): Promise<Soaked> {
  const { seed, events, repositories, layouts = LAYOUTS, onQuarter, onEvent } = options
  const random = randomBy(seed)
  const world = await faultWorld(START)
  const { github, clock } = world
  const places: SoakPlace[] = []
  for (let at = 0; at < repositories; at++) {
    const layout = layouts[at % layouts.length] as LayoutName
    const repos = await repositoriesOf(world, layout, `owner${at}`)
    github.install(repos)
    places.push(...repos.map((repo) => ({ repo, layout, begun: headOf(repo), lines: [], reopened: [] })))
  }
  let process = world.newProcess()
  const counts: Record<string, number> = {}
  const putOff = new Map<string, string>()
  const count = (what: string) => void (counts[what] = (counts[what] ?? 0) + 1)
  const queue = new VirtualQueue(clock, async (job) => {
    const outcome = await process.run(job)
    if (outcome.kind === 'later') putOff.set(job.key, process.lines.at(-1) ?? '')
    return outcome
  })
  const upstream = { owner: 'kubernetes-sigs', name: 'kubespray' }
  const watching = () => ({ host: process.host, queue, clock, log: process.log })
  let watch = new ReleaseWatch(upstream, watching())
  const soaked: Soaked = {
    ...{ world, places, queue, counts, putOff },
    restart: () => {
      process = world.newProcess()
      watch = new ReleaseWatch(upstream, watching())
    },
  }
  const hear = () => hearWebhooks(soaked, random, count)
  const safely = async (what: string, work: () => Promise<unknown>) => {
    await work().catch(() => count(`${what} failed`))
    await queue.runDue(hear)
  }
  await hear()
  await queue.runAll(hear)
  onEvent?.(0, 'installed')
  await safely('watch', () => watch.look())
  for (let event = 1; event <= events; event++) {
    const acted = await actSomewhere(soaked, random)
    count(acted)
    const times = faultsOf(soaked, random, count)
    if (acted === 'release') await safely('watch', () => watch.look())
    await hear()
    await queue.runDue(hear)
    for (const fault of github.clearFaults()) if (fault.times < times) count('fault met')
    clock.at += (1 + random.below(10)) * 60_000
    await queue.runDue(hear)
    if (event % 100 === 0) await safely('sweep', () => sweep(watching()))
    github.requests.splice(0)
    process.lines.splice(0)
    onEvent?.(event, acted)
    const quarter = Math.floor((event * 4) / events)
    if (quarter > Math.floor(((event - 1) * 4) / events)) onQuarter?.(soaked, quarter)
  }
  await settle(soaked, { hear, sweep: () => sweep(watching()) })
  return soaked
}

function headOf({ gitDir, defaultBranch }: Repo): string {
  return readRefs(gitDir).get(`refs/heads/${defaultBranch}`) ?? ''
}

/** No more faults: what waits is done, and two days go by with a whole look at everything. */
async function settle(
  { world: { clock, github }, queue }: Soaked,
  { hear, sweep }: { hear(this: void): Promise<void>; sweep(this: void): Promise<unknown> },
): Promise<void> {
  github.clearFaults()
  await queue.runAll(hear)
  for (let day = 0; day < 2; day++) {
    clock.at += 25 * 3600_000
    await sweep()
    await queue.runAll(hear)
  }
}

/** Webhooks come; a few get lost, come twice, or in another order. */
async function hearWebhooks(
  { world: { github, clock }, queue }: Soaked,
  random: Random,
  count: (what: string) => void,
): Promise<void> {
  const sent = github.webhooks.deliveries.splice(0).flatMap((each) => {
    if (!isSubscribed(each.event)) return []
    const reading = readPayload(each.event, each.payload)
    if (reading.kind !== 'payload') throw new Error(reading.why)
    const event = { name: each.event, payload: reading.payload, delivery: each.id }
    return jobsFor(event).length > 0 ? [event] : []
  })
  const due = sent.flatMap((each) => {
    const luck = random.below(100)
    if (luck < 4) return count('webhook lost') ?? []
    if (luck < 8) return count('webhook doubled') ?? [each, each]
    return [each]
  })
  if (due.length > 1 && random.below(10) === 0) {
    count('webhooks reordered')
    due.reverse()
  }
  for (const each of due) await receive(each, { queue, clock })
}

/** One in three things that happen is to meet faults; one in thirty the end of the connection. Says how often each is to happen. */
function faultsOf({ world: { github } }: Soaked, random: Random, count: (what: string) => void): number {
  const luck = random.below(30)
  if (luck === 0) {
    count('connection ended')
    github.fail({ shape: 'cut-connection', skip: random.below(40), times: 40, when: 'after' })
    return 40
  }
  if (luck > 10) return 1
  const shapes = FAULT_KINDS.filter((shape) => shape !== 'silence' && shape !== 'killed' && shape !== 'lag')
  for (let faults = 1 + random.below(3); faults > 0; faults--) {
    const shape = shapes[random.below(shapes.length)]
    if (shape === undefined) continue
    count('fault planned')
    const isBefore = random.below(2) === 0 || !mayComeAfter(shape)
    github.fail({ shape, skip: random.below(25), when: isBefore ? 'before' : 'after' })
  }
  return 1
}

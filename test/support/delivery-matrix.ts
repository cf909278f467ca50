import { isDeepStrictEqual } from 'node:util'
import { GitObjectStore } from '../../src/adapters/git/git-object-store.ts'
import { isSubscribed, jobsFor } from '../../src/app/jobs/jobs-for.ts'
import { receive } from '../../src/app/jobs/receive.ts'
import { sweep } from '../../src/app/jobs/sweep.ts'
import { readPayload } from '../../src/entry/server/read-payload.ts'
import { askApi } from '../github/ask.ts'
import { readRefs } from '../github/git.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import { numberOf, onboarded, STEP, stepOpen } from './fault-stories.ts'
import { differenceOf } from './fault-verdict.ts'
import { faultWorld, FORK, type FaultWorld, type Seen } from './fault-world.ts'
import { historyIn, type Files } from './history.ts'
import { VirtualQueue } from './virtual-queue.ts'

/** What may become of a webhook on its way. */
const FATES = ['lost', 'twice', 'twice under another id', 'after the next'] as const
type Fate = (typeof FATES)[number]

/** A webhook that did not come as it should, and what came of it. */
export interface DeliveryRun {
  readonly story: DeliveryStory
  readonly fate: Fate
  /** Which of those that ask for something, counted from 1, and its event. */
  readonly webhook: number
  readonly event: string
  /** Whether all was as it should be before the look that comes every hour. */
  readonly equalAtOnce: boolean
  readonly equal: boolean
  readonly differs?: string
}

interface Acts {
  before(this: void, world: FaultWorld): Promise<unknown>
  /** What people do, all of it before the App hears of any. */
  act(this: void, world: FaultWorld): Promise<unknown>
}

const say = async ({ people, ...world }: FaultWorld, text: string) =>
  people.comment('ada', numberOf(world, STEP), text)

/** What people do at once, by name. */
export const DELIVERY_STORIES = {
  install: { before: async () => {}, act: async ({ github, fork }) => github.install([fork]) },
  onboarding: {
    before: async (world) => {
      world.github.install([world.fork])
      await world.newProcess().work({ kind: 'look', repository: FORK })
    },
    act: async (world) => world.people.merge(numberOf(world, 'multiarch/onboarding')),
  },
  push: {
    before: onboarded,
    act: async (world) => {
      await pushByAda(world, 'main', { 'inventory/homelab/notes.md': 'One board.\n' })
      await pushByAda(world, 'main', { 'inventory/homelab/notes.md': 'Two boards.\n' })
    },
  },
  commands: {
    before: stepOpen,
    act: async (world) => {
      await say(world, '/multiarch hold')
      await say(world, '/multiarch resume')
      await say(world, '/multiarch plan')
    },
  },
  tick: {
    before: stepOpen,
    act: async (world) => {
      const board = [...world.fork.threads.values()].find(({ pull }) => !pull)
      if (!board) throw new Error('there is no dashboard')
      await world.people.editAs('ada', board.number, board.body.replace('- [ ] Hold', '- [x] Hold'))
      await say(world, '/multiarch plan')
    },
  },
  recheck: {
    before: stepOpen,
    act: async (world) => {
      await pushByAda(world, STEP, { 'by-ada.md': 'Of Ada.\n' })
      await say(world, '/multiarch hold')
    },
  },
  merge: {
    before: stepOpen,
    act: async (world) => {
      await say(world, '/multiarch plan')
      await world.people.merge(numberOf(world, STEP))
    },
  },
} as const satisfies Readonly<Record<string, Acts>>

export type DeliveryStory = keyof typeof DELIVERY_STORIES

/** Each webhook of a story in turn lost, delivered twice, or delivered after the next one, and then the look that comes every hour. */
export async function deliveryMatrix(story: DeliveryStory): Promise<readonly DeliveryRun[]> {
  const world = await faultWorld(['v2.8.0', 'v2.9.0', ...(story === 'merge' ? ['v2.10.0'] : [])])
  const { before, act }: Acts = DELIVERY_STORIES[story]
  try {
    await before(world)
    world.github.webhooks.deliveries.splice(0)
    await act(world)
    return await eachFate(story, world)
  } finally {
    await world.github.close()
  }
}

async function eachFate(story: DeliveryStory, world: FaultWorld): Promise<readonly DeliveryRun[]> {
  const webhooks = asking(world)
  const start = world.keep()
  // What is known of upstream is filled by then.
  await play(world, webhooks)
  start.restore()
  const expected = await play(world, webhooks)
  const runs: DeliveryRun[] = []
  for (const [at, { event }] of webhooks.entries())
    for (const fate of FATES) {
      if (fate === 'after the next' && at + 1 === webhooks.length) continue
      start.restore()
      const { atOnce, settled } = await play(world, webhooks, { at, fate })
      const equal = isDeepStrictEqual(settled, expected.settled)
      runs.push({
        ...{ story, fate, webhook: at + 1, event: event.name, equal },
        equalAtOnce: isDeepStrictEqual(atOnce, expected.atOnce),
        ...(!equal && { differs: differenceOf(expected.settled, settled) }),
      })
    }
  return runs
}

interface Webhook {
  readonly event: Parameters<typeof receive>[0]
}

/** The webhooks so far that ask for something. */
function asking({ github }: FaultWorld): readonly Webhook[] {
  return github.webhooks.deliveries.splice(0).flatMap(({ event: name, payload, id }) => {
    if (!isSubscribed(name)) return []
    const reading = readPayload(name, payload)
    if (reading.kind !== 'payload') throw new Error(reading.why)
    const event = { name, payload: reading.payload, delivery: id }
    return jobsFor(event).length > 0 ? [{ event }] : []
  })
}

/** A process of the App hears of the webhooks one by one, does what each asks for, and looks an hour later. */
async function play(
  world: FaultWorld,
  webhooks: readonly Webhook[],
  fault?: { readonly at: number; readonly fate: Fate },
): Promise<{ readonly atOnce: Seen; readonly settled: Seen }> {
  const { clock } = world
  const process = world.newProcess()
  const queue = new VirtualQueue(clock, (job) => process.run(job))
  // What it does itself is told to it as well.
  const hearOwn = async (): Promise<void> => {
    for (const { event } of asking(world)) await receive(event, { queue, clock })
  }
  for (const { event } of arriving(webhooks, fault)) {
    await receive(event, { queue, clock })
    await queue.runAll(hearOwn)
  }
  const atOnce = world.seenEverywhere()
  clock.at += 3600_000
  await sweep({ host: process.host, queue, clock, log: process.log })
  await queue.runAll(hearOwn)
  if (queue.failures.length > 0) throw queue.failures[0]?.error
  return { atOnce, settled: world.seenEverywhere() }
}

function arriving(
  webhooks: readonly Webhook[],
  fault: { readonly at: number; readonly fate: Fate } | undefined,
): readonly Webhook[] {
  const one = fault && webhooks[fault.at]
  if (!one) return webhooks
  const [before, after] = [webhooks.slice(0, fault.at), webhooks.slice(fault.at + 1)]
  const [next, ...others] = after
  switch (fault.fate) {
    case 'lost':
      return [...before, ...after]
    case 'twice':
      return [...before, one, one, ...after]
    case 'twice under another id':
      return [...before, one, { event: { ...one.event, delivery: `${one.event.delivery} again` } }, ...after]
    case 'after the next':
      return [...before, ...(next ? [next] : []), one, ...others]
  }
}

/** Pushes as Ada does: the commit is made, and the branch moved by her token, so that everybody hears of it. */
async function pushByAda({ github, fork }: FaultWorld, branch: string, files: Files): Promise<void> {
  const store = new GitObjectStore({ gitDir: fork.gitDir })
  const tip = readRefs(fork.gitDir).get(`refs/heads/${branch}`) as Oid
  const author = { name: 'Ada', email: 'ada@example.com', time: 1_700_000_000 }
  const sha = await historyIn(store).commit('By hand', files, { parents: [tip], author })
  await store.close()
  const url = `${github.url}/repos/ada/kubespray/git/refs/heads/${branch}`
  const answer = await askApi(url, { token: 'ghp_ada', method: 'PATCH', body: { sha, force: true } })
  if (answer.status >= 300) throw new Error(`${branch} could not be moved: ${JSON.stringify(answer.body)}`)
}

import { expect, test } from 'vitest'
import { botWorld, CONFIG, type BotStory } from '../support/bot-world.ts'
import { Killed, mortal, type Death } from '../support/killed.ts'
import type { Workplace } from '../../src/ports/host.ts'

/** A job, told where to work. */
type Work = (world: BotStory, place: Workplace) => Promise<void>

interface Story {
  readonly name: string
  /** What had happened before the job. */
  readonly before: () => Promise<BotStory>
  readonly work: Work
}

const look: Work = (world, place) => world.useCases.lookAfter(place)

/** The thread that was there before the job. */
const answer: Work = (world, place) => world.useCases.answerComments(place, 1)

async function open(): Promise<BotStory> {
  const world = await botWorld()
  await world.look()
  return world
}

async function commanded(body: string): Promise<BotStory> {
  const world = await open()
  await world.people.comment('ada', (await world.pull())?.number ?? 0, body)
  return world
}

const STEP = 'multiarch/kubespray-2.30.0'

async function conflicting(): Promise<BotStory> {
  const world = await botWorld()
  world.engine.conflicting = true
  return world
}

/** A step with a conflict, and what somebody pushed to settle it. */
async function settledByHand(): Promise<BotStory> {
  const world = await conflicting()
  await world.look()
  await world.push(STEP, { conflict: undefined })
  return world
}

async function ticked(box: string): Promise<BotStory> {
  const world = await open()
  const { number, body } = (await world.dashboard()) ?? { number: 0, body: '' }
  await world.people.edit(number, { body: body.replace(`- [ ] ${box}`, `- [x] ${box}`) })
  return world
}

const press =
  (action: string): Work =>
  (world, place) =>
    world.useCases.pressButton(place, { branch: STEP, action, by: 'ada' })

const tick: Work = async (world, place) => {
  const number = (await world.dashboard())?.number ?? 0
  await world.useCases.answerDashboard(place, { number, by: 'ada' })
}

const sweep: Work = (world, place) => world.useCases.lookIfChanged(place)

const STORIES: readonly Story[] = [
  { name: 'onboarding', before: () => botWorld({}), work: look },
  { name: 'a step is proposed', before: () => botWorld(), work: look },
  { name: 'a broken config is told', before: () => botWorld({ [CONFIG]: 'folow: x\n' }), work: look },
  {
    name: 'a patch release takes over',
    before: async () => {
      const world = await open()
      world.engine.releases = ['v2.29.0', 'v2.30.1'] as never
      return world
    },
    work: look,
  },
  {
    name: 'commands are answered',
    before: () => commanded('/multiarch plan\n/multiarch hold\n/multiarch explain 1'),
    work: answer,
  },
  { name: 'a patch is kept', before: () => commanded('/multiarch keep 1'), work: answer },
  { name: 'a step is held', before: () => commanded('/multiarch hold'), work: answer },
  { name: 'a step in conflict is proposed', before: conflicting, work: look },
  {
    name: 'a push is rechecked',
    before: settledByHand,
    work: (world, place) => world.useCases.recheck(place, STEP),
  },
  { name: 'the button Recheck is pressed', before: settledByHand, work: press('recheck') },
  { name: 'the button Rebase is pressed', before: settledByHand, work: press('rebase') },
  { name: 'the box Hold is ticked', before: () => ticked('Hold'), work: tick },
  {
    name: 'the proposed settings were edited',
    before: async () => {
      const world = await botWorld({})
      await world.look()
      await world.push('multiarch/onboarding', { [CONFIG]: 'follow: v2.29\n' })
      return world
    },
    work: look,
  },
  {
    name: 'a step was merged',
    before: async () => {
      const world = await open()
      world.engine.releases = ['v2.29.0', 'v2.30.0', 'v2.30.1'] as never
      await world.people.merge((await world.pull())?.number ?? 0)
      return world
    },
    work: look,
  },
  {
    name: 'a step was closed',
    before: async () => {
      const world = await open()
      await world.people.close((await world.pull())?.number ?? 0)
      return world
    },
    work: look,
  },
  { name: 'a sweep comes by', before: () => botWorld(), work: sweep },
  {
    name: 'an apology',
    before: () => commanded('/multiarch plan'),
    work: async (world, place) => {
      const number = (await world.pull())?.number ?? 0
      await world.useCases.apologize(place, { number }, '42')
    },
  },
  { name: 'a patch is dropped', before: () => commanded('/multiarch drop 1'), work: answer },
  { name: 'a release is skipped', before: () => commanded('/multiarch skip v2.30.0'), work: answer },
  {
    name: 'somebody is refused',
    before: async () => {
      const world = await open()
      await world.people.comment('eve', (await world.pull())?.number ?? 0, '/multiarch recreate')
      return world
    },
    work: answer,
  },
]

test.each(STORIES)(
  '$name: killed at each port call in turn, nothing is lost and nothing is done twice',
  async ({ before, work }) => {
    const whole = await before()
    const counted = mortal(whole.place, undefined)
    await work(whole, counted.place)
    const calls = counted.calls()
    expect(calls).toBeGreaterThan(2)
    const expected = await whole.visible()
    for (let call = 1; call <= calls; call++) {
      for (const when of ['before', 'after'] as const) {
        const world = await before()
        await die(world, work, { call, when })
        await work(world, world.place)
        await work(world, world.place)
        expect(await world.visible(), `killed ${when} call ${call}`).toEqual(expected)
      }
    }
  },
)

async function die(world: BotStory, work: Work, death: Death): Promise<void> {
  const { place } = mortal(world.place, death)
  await expect(work(world, place)).rejects.toBeInstanceOf(Killed)
}

import { beforeAll, describe, expect, test } from 'vitest'
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
  { name: 'a step is built again', before: () => commanded('/multiarch rebase'), work: answer },
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

/** A step on which somebody works, told to be built from nothing. */
async function recreated() {
  const world = await open()
  const mine = await world.push(STEP, { 'mine.txt': 'mine' })
  const number = (await world.pull())?.number ?? 0
  await world.people.comment('ada', number, '/multiarch recreate')
  const said = async () => {
    const comments = await world.forge.comments.on(number)
    return comments.filter(({ author }) => author.kind === 'us').map(({ body }) => body)
  }
  const head = async () => (await world.objects.listRefs('refs/heads/')).get(`refs/heads/${STEP}`)
  return { ...world, mine, said, head }
}

describe('a step is to be built from nothing, and the process is killed at each port call in turn', () => {
  let calls = 0
  beforeAll(async () => {
    const whole = await recreated()
    const counted = mortal(whole.place, undefined)
    await answer(whole, counted.place)
    calls = counted.calls()
  })
  const deaths = () =>
    Array.from({ length: calls }, (_, index) => index + 1).flatMap((call) =>
      (['before', 'after'] as const).map((when) => ({ call, when })),
    )

  test('it is answered once, and says where to find what was thrown away', async () => {
    expect(calls).toBeGreaterThan(10)
    for (const death of deaths()) {
      const world = await recreated()
      await die(world, answer, death)
      await world.look()
      await world.useCases.lookIfChanged(world.place)
      expect(await world.said(), JSON.stringify(death)).toEqual([expect.stringContaining(world.mine)])
      expect((await world.said())[0]).toContain('multiarch:answer')
      const files = await world.objects.readTree((await world.head()) ?? world.mine)
      expect([...files.keys()]).not.toContain('mine.txt')
    }
  })

  test('what somebody pushes before the next look is not thrown away, once it had begun', async () => {
    let kept = 0
    for (const death of deaths()) {
      const world = await recreated()
      await die(world, answer, death)
      const [first, ...more] = await world.said()
      expect(more).toEqual([])
      if (!first?.includes('multiarch:begun')) continue
      kept++
      await world.push(STEP, { 'later.txt': 'later' })
      await world.look()
      const files = await world.objects.readTree((await world.head()) ?? world.mine)
      expect([...files.keys()], JSON.stringify(death)).toContain('later.txt')
      expect((await world.said())[0]).toContain('What was pushed since then I did not throw away')
    }
    expect(kept).toBeGreaterThan(5)
  })
})

async function die(world: BotStory, work: Work, death: Death): Promise<void> {
  const { place } = mortal(world.place, death)
  await expect(work(world, place)).rejects.toBeInstanceOf(Killed)
}

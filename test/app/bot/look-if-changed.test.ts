import { expect, test } from 'vitest'
import { Refusal } from '../../../src/core/model/problem.ts'
import { UPSTREAM_REFS } from '../../../src/app/repository/read-repository.ts'
import { botWorld, CONFIG, type BotStory } from '../../support/bot-world.ts'

/** Sweeps once, and says whether that was a whole look. */
async function sweeps(world: BotStory): Promise<'looked' | 'left out'> {
  const before = world.engine.calls.length
  await world.useCases.lookIfChanged(world.place)
  return world.engine.calls.length > before ? 'looked' : 'left out'
}

/** A world with its step open, swept until there was nothing left to do. */
async function settledWorld(config = 'follow: latest\n'): Promise<BotStory> {
  const world = await botWorld({ [CONFIG]: config })
  await release(world, 'v2.30.0')
  expect(await sweeps(world)).toBe('looked')
  expect(await sweeps(world)).toBe('looked')
  expect(await sweeps(world)).toBe('left out')
  return world
}

async function release(world: BotStory, tag: string): Promise<void> {
  await world.history.point(`${UPSTREAM_REFS}tags/${tag}`, world.main)
}

test('where nothing changed a sweep writes nothing and leaves the look out', async () => {
  const world = await settledWorld()
  const before = await world.seen()
  expect(await sweeps(world)).toBe('left out')
  expect(await world.seen()).toBe(before)
})

const number = async (world: BotStory) => (await world.pull())?.number ?? 0

test.each<[string, (world: BotStory) => Promise<unknown>]>([
  ['a push', (world) => world.push('main', { 'notes.md': 'mine\n' })],
  ['a commit on our branch', (world) => world.push('multiarch/kubespray-2.30.0', { a: 'b\n' })],
  ['another config', (world) => world.push('main', { [CONFIG]: 'follow: v2.30\n' })],
  ['a pull request that was edited', async (world) => world.people.edit(await number(world), { body: 'x' })],
  ['a pull request that was closed', async (world) => world.people.close(await number(world))],
  [
    'a dashboard that was edited',
    async (world) => world.people.edit((await world.dashboard())?.number ?? 0, { body: 'x' }),
  ],
  ['a decision', async (world) => void (await world.say('ada', await number(world), '/multiarch hold'))],
  ['a release', (world) => release(world, 'v2.30.1')],
  ['a day that has passed', async (world) => void (world.clock.at += 24 * 3600_000)],
])('%s is looked at', async (_, change) => {
  const world = await settledWorld()
  await change(world)
  expect(await sweeps(world)).toBe('looked')
})

test('a release of another minor is nothing to a fork that stays on its own', async () => {
  const world = await settledWorld('follow: v2.30\n')
  await release(world, 'v2.31.0')
  expect(await sweeps(world)).toBe('left out')
  await release(world, 'v2.30.1')
  expect(await sweeps(world)).toBe('looked')
})

test('a repository that is no fork of Kubespray is left alone, whatever is released', async () => {
  const world = await botWorld({})
  let surveys = 0
  world.engine.survey = () => {
    surveys++
    return Promise.reject(new Refusal({ code: 'no-base', message: 'This is no fork.' }))
  }
  await world.useCases.lookIfChanged(world.place)
  await release(world, 'v2.31.0')
  await world.useCases.lookIfChanged(world.place)
  expect(surveys).toBe(1)
})

test('what somebody has to put right is tried again by every sweep', async () => {
  const world = await botWorld()
  const moveRef = world.objects.moveRef.bind(world.objects)
  world.objects.moveRef = () =>
    Promise.reject(new Refusal({ code: 'branch-protected', message: 'Protected.' }))
  for (let sweep = 0; sweep < 3; sweep++) expect(await sweeps(world)).toBe('looked')
  world.objects.moveRef = moveRef
  expect(await sweeps(world)).toBe('looked')
  expect((await world.pull())?.state).toBe('open')
})

test('that issues are switched off is no reason to look again', async () => {
  const world = await botWorld(undefined, { facts: { issues: false } })
  await sweeps(world)
  await sweeps(world)
  expect(await sweeps(world)).toBe('left out')
})

test('where we may not see whether something changed, we look', async () => {
  const world = await botWorld()
  world.forge.repository.mark = () =>
    Promise.reject(new Refusal({ code: 'permission-missing', message: 'Not allowed.' }))
  for (let sweep = 0; sweep < 3; sweep++) expect(await sweeps(world)).toBe('looked')
})

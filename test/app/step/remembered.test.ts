import { expect, test } from 'vitest'
import type { Oid } from '../../../src/core/model/oid.ts'
import { demoWorld, type World } from '../../support/demo.ts'
import { historyIn, type Files } from '../../support/history.ts'
import { commitFile, step } from '../../support/step.ts'

const START = 'Start it with make, from the bastion only.'
const RELEASE = 'Needs Ansible 2.7 and Python on the machine you start from, and SSH to all others.'
const MINE = 'Start it with make, from the bastion, which needs Ansible 2.7.'
const AT_29 = 'multiarch/kubespray-2.9.0'
const AT_210 = 'multiarch/kubespray-2.10.0'

interface Remembering extends World {
  /** Upstream tags v2.10.0 after v2.9.0. */
  release(this: void, files: Files): Promise<void>
  show(this: void, revision: string): string
  /** What became of the patch in v2.10.0. */
  carried(this: void, options?: Parameters<typeof step>[1]): Promise<Carried>
}

interface Carried {
  readonly verdict: string | undefined
  readonly reason: object | undefined
  readonly body: string
  readonly tip: string | undefined
  readonly open: boolean
}

/** A fork whose patch changes a line of the README that v2.9.0 changed as well, before its step to v2.9.0 is settled. */
async function open(): Promise<Remembering> {
  const world = await demoWorld()
  const show = (revision: string): string => `${world.git('show', revision)}\n`
  const own = show('v2.8.0:README.md').split('\n').slice(0, -2).join('\n')
  commitFile(world, 'README.md', `${own}\n${START}\n`, 'Say where to start')
  const { carried } = await step(world.store, { onto: 'v2.9.0' })
  expect(carried.patches.at(-1)?.verdict).toBe('conflict')
  return {
    ...world,
    show,
    release: async (files) => {
      const parents = [world.git('rev-parse', 'v2.9.0') as Oid]
      await historyIn(world.store).commit('Release', files, { parents, ref: 'refs/tags/v2.10.0' })
    },
    carried: async (options = { onto: 'v2.10.0' }) => {
      const done = await step(world.reopen(), options)
      const patch = done.carried.patches.at(-1)
      const body = done.text.body
      return {
        verdict: patch?.verdict,
        reason: patch?.files[0]?.reasons.at(-1),
        body,
        tip: done.written?.tip,
        open: body.includes('**Settle**'),
      }
    },
  }
}

/** A commit of a person's on the step's branch to v2.9.0. */
async function byHand(world: Remembering, files: Files, time = 1_700_000_000): Promise<void> {
  const parents = [world.git('rev-parse', AT_29) as Oid]
  const author = { name: 'Ada', email: 'ada@example.com', time }
  await historyIn(world.reopen()).commit('By hand', files, { parents, author, ref: `refs/heads/${AT_29}` })
}

async function settled(made = MINE): Promise<Remembering> {
  const world = await open()
  await byHand(world, { 'README.md': world.show(`${AT_29}:README.md`).replace(RELEASE, made) })
  return world
}

const LINES = Array.from({ length: 200 }, (_, at) => `Line ${at} of what is new.\n`).join('')

test('moved by 200 lines into another file the same conflict is settled as before, and the text says why', async () => {
  const world = await settled()
  const readme = world.show('v2.9.0:README.md')
  await world.release({ 'README.md': undefined, 'docs/handbook.md': `# Handbook\n\n${LINES}\n${readme}` })
  const { verdict, reason, body, tip, open } = await world.carried()
  expect([verdict, open]).toEqual(['adapted', false])
  expect(reason).toEqual({ code: 'settled-before', release: 'v2.9.0', path: 'README.md' })
  expect(body).toContain('As you settled it at `v2.9.0`, in `README.md` then')
  expect(world.show(`${AT_210}:docs/handbook.md`)).toBe(
    `# Handbook\n\n${LINES}\n${readme.replace(RELEASE, MINE)}`,
  )
  // A second run finds nothing to do, and so does one without the branch that it was settled on.
  expect((await world.carried()).tip).toBe(tip)
  world.git('branch', '-D', AT_29)
  const again = await world.carried()
  expect([again.tip, again.body]).toEqual([tip, body])
})

test.each([
  ['moved in its file', (readme: string) => readme.replace('\n', `\n\n${LINES}\n`)],
  ['where it was', (readme: string) => readme],
])('%s it is settled as before', async (_, change) => {
  const world = await settled()
  await world.release({ 'README.md': change(world.show('v2.9.0:README.md')), 'docs/new.md': 'New.\n' })
  const { verdict, reason } = await world.carried()
  expect([verdict, reason]).toEqual(['adapted', { code: 'settled-before', release: 'v2.9.0' }])
  expect(world.show(`${AT_210}:README.md`)).toBe(
    change(world.show('v2.9.0:README.md')).replace(RELEASE, MINE),
  )
})

test('where the release has other words it is asked again, with the old answer shown', async () => {
  const world = await settled()
  const other = RELEASE.replace('Ansible 2.7', 'Ansible 2.8')
  await world.release({ 'README.md': world.show('v2.9.0:README.md').replace(RELEASE, other) })
  const { verdict, body, open } = await world.carried()
  expect([verdict, open]).toEqual(['conflict', true])
  expect(body).toContain('You settled this file at `v2.9.0`, and I did not do the same again')
  expect(body).toContain(`What you made of \`README.md\` then:\n\n\`\`\`diff\n-${RELEASE}\n+${MINE}\n\`\`\``)
  expect(world.show(`${AT_210}:README.md`)).toContain(other)
})

test('the same release built again is settled exactly so, and the newer of two answers counts', async () => {
  const world = await settled()
  const first = await world.carried({ onto: 'v2.9.0', as: 'again' })
  expect([first.verdict, first.reason]).toEqual(['adapted', { code: 'settled-before', release: 'v2.9.0' }])
  expect(world.show('again:README.md')).toBe(world.show(`${AT_29}:README.md`))
  await world.release({ 'docs/new.md': 'New.\n' })
  await world.carried()
  const newer = world.show(`${AT_29}:README.md`).replace(MINE, 'Start it with make.')
  await byHand(world, { 'README.md': newer }, 1_700_000_100)
  const { reason } = await world.carried()
  expect(reason).toEqual({ code: 'settled-before', release: 'v2.9.0', ways: 2 })
  expect(world.show(`${AT_210}:README.md`)).toBe(newer)
})

test('marks of a conflict are no answer', async () => {
  const world = await settled(`<<<<<<< mine\n${MINE}\n=======\n>>>>>>> theirs`)
  expect((await world.carried({ onto: 'v2.9.0', as: 'again' })).verdict).toBe('conflict')
})

const TOOK = '- README.md, of “Say where to start”: by hand'

test.each<readonly [string, (world: Remembering) => void]>([
  ['merged', (world) => void world.git('merge', '--quiet', '--no-ff', '-m', 'Merge it', AT_29)],
  [
    'squashed with what its commits say',
    (world) => {
      world.git('merge', '--quiet', '--squash', AT_29)
      world.git(
        'commit',
        '--quiet',
        '-m',
        `Upgrade\n\n${world.git('log', '--format=* %B', `main..${AT_29}`)}`,
      )
    },
  ],
  [
    'put on top one by one',
    (world) => {
      world.git('checkout', '--quiet', '-b', 'linear', AT_29)
      world.git('checkout', '--quiet', 'main')
      world.git('merge', '--quiet', '--ff-only', 'linear')
      world.git('branch', '-D', 'linear')
    },
  ],
])('%s into main it is remembered for another branch', async (_, merge) => {
  const world = await open()
  world.git('branch', 'staging')
  const conflict = /Multiarch-Conflict: ([0-9a-f]{16}) (\S+)/.exec(world.git('log', '--format=%B', AT_29))
  const parents = [world.git('rev-parse', AT_29) as Oid]
  const files = { 'README.md': world.show(`${AT_29}:README.md`).replace(RELEASE, MINE) }
  const message = `Settle it\n\n${TOOK}\n\nMultiarch-Settled: hand ${conflict?.[1]} ${conflict?.[2]} README.md`
  await historyIn(world.reopen()).commit(message, files, { parents, ref: `refs/heads/${AT_29}` })
  merge(world)
  world.git('branch', '-D', AT_29)
  const { verdict, reason } = await world.carried({ onto: 'v2.9.0', branch: 'staging', as: 'again' })
  expect([verdict, reason]).toEqual(['adapted', { code: 'settled-before', release: 'v2.9.0' }])
  expect(world.show('again:README.md')).toContain(MINE)
})

import { expect, test } from 'vitest'
import { gitText } from '../github/git.ts'
import { onboarded, type AppStory } from '../support/app-story.ts'

const AT_290 = 'multiarch/kubespray-2.9.0'
const AT_291 = 'multiarch/kubespray-2.9.1'
const START = 'Start it with make, from the bastion only.'
const RELEASE = 'Needs Ansible 2.7 and Python on the machine you start from, and SSH to all others.'
const MINE = 'Start it with make, from the bastion, which needs Ansible 2.7.'
const LINES = Array.from({ length: 200 }, (_, at) => `Line ${at} of what is new.\n`).join('')

type Story = AppStory & { tell(this: void, branch: string, body: string): Promise<string> }

/** Patch 7 changes a line of the README that v2.9.0 changed. */
async function inConflict(): Promise<Story> {
  const story = await onboarded(undefined, {
    releases: ['v2.8.0', 'v2.9.0'],
    before: async ({ push, file }) => {
      const own = file('main', 'README.md').split('\n').slice(0, -1).join('\n')
      await push('main', { 'README.md': `${own}\n${START}\n` }, { message: 'Say where to start' })
    },
  })
  const tell: Story['tell'] = async (branch, body) =>
    story.say('ada', (await story.pull(branch)).number, body)
  return { ...story, tell }
}

async function byHand({ push, settle, file }: Story): Promise<void> {
  const readme = `${file(AT_290, 'README.md')}\n`
  await push(AT_290, { 'README.md': readme.replace(RELEASE, MINE) }, { message: 'Settle it' })
  await settle()
}

test('settled at one release, nothing is asked at the next, until it is forgotten', async () => {
  const story = await inConflict()
  const { upstream, upstreamRelease, pull, check, file, tell, tipOf, push, settle } = story
  await byHand(story)
  const readme = `${gitText(upstream.gitDir, ['show', 'refs/tags/v2.9.0:README.md'])}\n`
  await upstreamRelease('v2.9.1', {
    files: { 'README.md': undefined, 'docs/handbook.md': `${LINES}\n${readme}` },
  })
  expect(await pull(AT_291)).toMatchObject({ draft: false, title: 'Upgrade Kubespray from v2.8.0 to v2.9.1' })
  expect((await pull(AT_291)).body).toContain('As you settled it at `v2.9.0`, in `README.md` then')
  expect(await check(AT_291)).toMatchObject({ state: 'success' })
  expect(file(AT_291, 'docs/handbook.md')).toBe(`${LINES}\n${readme.replace(RELEASE, MINE)}`.trimEnd())
  expect(await tell(AT_291, '/multiarch explain 7')).toContain('As you settled it at `v2.9.0`')
  // The branch that goes to it moves on, and it is built again.
  await push('main', { 'inventory/homelab/notes.md': 'Two boards.\n' })
  await settle()
  expect((await pull(AT_291)).body).toContain('As you settled it at `v2.9.0`, in `README.md` then')
  expect(await tell(AT_291, '/multiarch forget 7')).toContain(
    'I forgot how “Say where to start” was settled at `v2.9.0`, and will not use that again.',
  )
  expect(file(AT_291, 'docs/handbook.md')).toBe(`${LINES}\n${readme}`.trimEnd())
  expect((await pull(AT_291)).body).not.toContain('As you settled it')
  expect(await tell(AT_291, '/multiarch forget 7')).toContain('I remember nothing of how a conflict of')
  await tell(AT_291, '/multiarch recreate')
  expect((await pull(AT_291)).body).not.toContain('As you settled it')
  expect(tipOf(AT_291)).toBeDefined()
})

test('built from nothing it stands as it was settled, and forgotten it is open', async () => {
  const { tell, file, pull, tipOf } = await inConflict()
  expect(await tell(AT_290, '/multiarch take 7 both')).toContain('Nothing is left to settle.')
  const settled = file(AT_290, 'README.md')
  expect(await tell(AT_290, '/multiarch recreate')).toContain('These commits are on the branch no more')
  expect(file(AT_290, 'README.md')).toBe(settled)
  const after = await pull(AT_290)
  expect(after.draft).toBe(false)
  expect(after.body).toContain('As you settled it at `v2.9.0`')
  const tip = tipOf(AT_290)
  await tell(AT_290, '/multiarch recreate')
  expect(tipOf(AT_290)).toBe(tip)
  const answer = await tell(AT_290, '/multiarch forget "Say where"')
  expect(answer).toContain('`README.md` stands as the release has it, and is open again.')
  expect(answer).toContain('Something is left for you to settle')
  expect(file(AT_290, 'README.md')).toContain(RELEASE)
  expect(await pull(AT_290)).toMatchObject({
    draft: true,
    title: 'Upgrade Kubespray from v2.8.0 to v2.9.0: 1 conflict to settle',
  })
  for (const how of ['recreate', 'rebase']) {
    await tell(AT_290, `/multiarch ${how}`)
    expect((await pull(AT_290)).draft).toBe(true)
  }
  // Another answer after that is remembered as any is.
  await tell(AT_290, '/multiarch take 7 mine')
  await tell(AT_290, '/multiarch recreate')
  expect(file(AT_290, 'README.md')).toContain(START)
  expect((await pull(AT_290)).draft).toBe(false)
})

test('what a person wrote on the branch stays, and is forgotten for what comes', async () => {
  const story = await inConflict()
  const { tell, file } = story
  await byHand(story)
  expect(await tell(AT_290, '/multiarch forget 7')).toContain(
    '`README.md` is as a person left it on this branch.',
  )
  expect(file(AT_290, 'README.md')).toContain(MINE)
  await tell(AT_290, '/multiarch recreate')
  expect(file(AT_290, 'README.md')).toContain(RELEASE)
})

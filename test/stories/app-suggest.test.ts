import { expect, test } from 'vitest'
import { onboarded, type AppStory } from '../support/app-story.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'
const RELEASE = 'Needs Ansible 2.7 and Python on the machine you start from, and SSH to all others.'
const SUGGESTED =
  'Needs Ansible 2.7 and Python on the machine of your own you start from, and SSH to all others.'

/** A patch that puts words into a line that the release wrote anew, and whatever else it does to the file. */
async function withPatch(edit: (readme: string) => string): Promise<AppStory> {
  return onboarded(undefined, {
    releases: ['v2.8.0', 'v2.9.0'],
    before: async ({ push, file }) => {
      const own = file('main', 'README.md').replace('a machine', 'a machine of your own')
      await push('main', { 'README.md': `${edit(own)}\n` }, { message: 'Say whose machine' })
    },
  })
}

test('what I would write is suggested once at its lines, and settles the conflict when it is committed', async () => {
  const story = await withPatch((readme) => readme)
  const { number } = await story.pull(BRANCH)
  const { lineComments } = await story.forge()
  const [suggestion, ...more] = await lineComments.ours(number)
  expect(more).toEqual([])
  expect(suggestion?.path).toBe('README.md')
  expect(suggestion?.body).toContain(`\`\`\`suggestion\n${SUGGESTED}\n\`\`\``)
  expect(story.fork.lineComments.map(({ from, to }) => [from, to])).toEqual([[5, 5]])

  await story.push('main', { 'inventory/homelab/notes.md': 'Two boards.\n' })
  await story.settle()
  await story.say('ada', number, '/multiarch recheck')
  expect(await lineComments.ours(number), 'said once').toHaveLength(1)

  const readme = story.file(BRANCH, 'README.md')
  await story.push(BRANCH, { 'README.md': `${readme.replace(RELEASE, SUGGESTED)}\n` })
  await story.settle()
  expect(await story.say('ada', number, '/multiarch recheck')).toContain('Nothing is left to settle.')
  expect(await lineComments.ours(number)).toHaveLength(1)
})

test('where a click would leave another line of the patch behind, nothing is suggested', async () => {
  const story = await withPatch((readme) => readme.replace('A made-up', 'A wholly made-up'))
  const { number, draft } = await story.pull(BRANCH)
  expect(draft).toBe(true)
  expect(await (await story.forge()).lineComments.ours(number)).toEqual([])
})

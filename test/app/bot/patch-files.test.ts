import { expect, test } from 'vitest'
import { gitText } from '../../github/git.ts'
import { onboarded, STEP, type AppStory } from '../../support/app-story.ts'
import { HOME, infrastructure } from '../../support/infrastructure.ts'
import { collidingPatch, demoPatches } from '../../support/patch-files.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'
const UP = [
  'VERSION=2.8.0',
  'git clone -b v$VERSION https://github.com/kubernetes-sigs/kubespray',
  'for each in patches/$VERSION/*.patch; do patch -p1 -d kubespray < $each; done',
  '',
].join('\n')

async function installed(patches: Readonly<Record<string, string>>): Promise<AppStory> {
  const { world } = await infrastructure({ files: { ...HOME, 'up.sh': UP, ...patches } })
  const before = async ({ fork }: AppStory): Promise<void> => {
    gitText(fork.gitDir, ['fetch', '--quiet', '--no-tags', world.path, '+refs/heads/main:refs/heads/main'])
    await Promise.resolve()
  }
  return onboarded(undefined, { fork: 'copied', releases: ['v2.8.0', 'v2.9.0'], before })
}

test('patch files: a pull request with the folder for the next release, each patch carried, upstream’s left out', async () => {
  const [taken = '', kept = ''] = await demoPatches()
  const story = await installed({ 'patches/2.8.0/1.patch': taken, 'patches/2.8.0/2.patch': kept })
  expect((await story.pull('multiarch/onboarding')).body).toContain(
    '2 patch files in `patches/2.8.0` are applied to it.',
  )
  const pull = await story.pull(BRANCH)
  expect(pull.draft).toBe(false)
  expect(pull.body).toContain('| `patches/2.8.0/1.patch` | `patches/2.9.0/1.patch` | left out')
  expect(pull.body).toContain('| `patches/2.8.0/2.patch` | `patches/2.9.0/2.patch` | does the same as it is')
  expect(story.git('ls-tree', '-r', '--name-only', `refs/heads/${BRANCH}`, 'patches/')).toBe(
    'patches/2.8.0/1.patch\npatches/2.8.0/2.patch\npatches/2.9.0/2.patch',
  )
  expect(story.file(BRANCH, 'patches/2.9.0/2.patch')).toBe(kept.trimEnd())
  expect(story.file(BRANCH, 'up.sh')).toContain('VERSION=2.9.0')
  await story.merge(BRANCH)
  expect(await story.dashboard()).toContain('v2.9.0')
  expect(await story.open()).toEqual([])
})

test('a patch file that collides: a draft with both sides, until somebody writes the file anew', async () => {
  const [, kept = ''] = await demoPatches()
  const story = await installed({
    'patches/2.8.0/1.patch': collidingPatch(),
    'patches/2.8.0/2.patch': kept,
  })
  const pull = await story.pull(BRANCH)
  expect(pull.draft).toBe(true)
  expect(pull.body).toContain('`patches/2.9.0/1.patch` | open')
  expect(pull.body).toContain('Needs Ansible 2.7')
  expect(pull.body).toContain('Start with the inventory')
  expect(story.file(BRANCH, 'patches/2.9.0/1.patch')).toBe(collidingPatch().trimEnd())
  await story.push(BRANCH, { 'patches/2.9.0/1.patch': collidingPatch('v2.9.0') })
  await story.settle()
  expect((await story.check(BRANCH, STEP))?.state).toBe('success')
  expect((await story.pull(BRANCH)).body).not.toContain('collides with the release')
  await story.merge(BRANCH)
  expect(await story.dashboard()).toContain('v2.9.0')
})

test('a patch file that collides and is deleted on the branch is settled; under another name it is as open as before', async () => {
  const [, kept = ''] = await demoPatches()
  const colliding = collidingPatch()
  const story = await installed({ 'patches/2.8.0/1.patch': colliding, 'patches/2.8.0/2.patch': kept })
  await story.push(BRANCH, { 'patches/2.9.0/1.patch': undefined, 'patches/2.9.0/0.patch': colliding })
  await story.settle()
  expect((await story.check(BRANCH, STEP))?.state).toBe('failure')
  await story.push(BRANCH, { 'patches/2.9.0/0.patch': undefined })
  await story.settle()
  expect((await story.check(BRANCH, STEP))?.state).toBe('success')
  expect((await story.pull(BRANCH)).draft).toBe(false)
})

test('a patch file that does not go onto its own release is asked about, and nothing is proposed', async () => {
  const story = await installed({ 'patches/2.8.0/1.patch': collidingPatch('v2.8.0', 'Never said.') })
  expect(await story.open()).toEqual([])
  expect((await story.pull('multiarch/onboarding')).body).toContain(
    '`patches/2.8.0/1.patch:5` does not go onto',
  )
})

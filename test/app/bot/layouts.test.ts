import { expect, test } from 'vitest'
import { gitText } from '../../github/git.ts'
import { onboarded, type AppStory } from '../../support/app-story.ts'
import { HOME, infrastructure, type Held } from '../../support/infrastructure.ts'

const RELEASES = ['v2.8.0', 'v2.8.1', 'v2.9.0']
const STEP = 'multiarch/kubespray-2.9.0'
const SUBMODULE =
  '[submodule "kubespray"]\n\tpath = kubespray\n\turl = https://github.com/kubernetes-sigs/kubespray.git\n'

/** The App on a repository that is no fork, onboarded with what it proposed itself. */
async function installedOn(held: Held, config?: string): Promise<AppStory> {
  const { world } = await infrastructure(held)
  const before = async ({ fork }: AppStory): Promise<void> => {
    gitText(fork.gitDir, ['fetch', '--quiet', '--no-tags', world.path, '+refs/heads/main:refs/heads/main'])
    await Promise.resolve()
  }
  return onboarded(config, { fork: 'copied', releases: RELEASES, before })
}

test('a submodule: onboarded, moved by a pull request, and up to date once that is merged', async () => {
  const story = await installedOn({ files: { ...HOME, '.gitmodules': SUBMODULE }, gitlink: 'kubespray' })
  const onboarding = await story.pull('multiarch/onboarding')
  expect(onboarding.body).toContain('Kubespray is used here as a submodule at `kubespray`, at `v2.8.0`.')
  const [step] = await story.open()
  expect(step).toMatch(/^multiarch\/kubespray-2\.(?:8\.1|9\.0)$/)
  const pull = await story.pull(step as string)
  expect(pull.body).toContain('| `kubespray` |')
  expect(pull.body).toContain('`git submodule update --init kubespray`')
  const to = story.releases[(step as string).replace('multiarch/kubespray-', 'v')]
  expect(story.git('rev-parse', `refs/heads/${step}:kubespray`)).toBe(to)
  await story.merge(step as string)
  expect(story.git('rev-parse', 'refs/heads/main:kubespray')).toBe(to)
})

test('an image in a Makefile: the step changes its line and the inventory', async () => {
  const story = await installedOn({
    files: { ...HOME, Makefile: 'V ?= RELEASE\nrun:\n\tdocker run quay.io/kubespray/kubespray:$(V)\n' },
  })
  const [step = ''] = await story.open()
  expect(story.git('diff', '--name-only', 'refs/heads/main', `refs/heads/${step}`).split('\n')).toContain(
    'Makefile',
  )
  expect(story.file(step, 'Makefile')).toContain(`V ?= v${step.replace('multiarch/kubespray-', '')}\n`)
})

test('pins that disagree: the onboarding asks, and the answer in the settings is taken', async () => {
  const held = {
    files: {
      ...HOME,
      Dockerfile: 'FROM quay.io/kubespray/kubespray:v2.8.0\n',
      'up.sh': 'git clone -b v2.9.0 https://github.com/kubernetes-sigs/kubespray\n',
    },
  }
  const { world } = await infrastructure(held)
  const { appStory } = await import('../../support/app-story.ts')
  const story = await appStory({ fork: 'copied', releases: RELEASES })
  gitText(story.fork.gitDir, [
    'fetch',
    '--quiet',
    '--no-tags',
    world.path,
    '+refs/heads/main:refs/heads/main',
  ])
  story.github.install([story.fork])
  await story.settle()
  expect((await story.pull('multiarch/onboarding')).body).toMatch(
    /do not agree: `Dockerfile:1` .* `up\.sh:1`/,
  )
  await story.push('multiarch/onboarding', { '.github/multiarch.yml': 'layout: pin:Dockerfile\n' })
  await story.settle()
  expect((await story.pull('multiarch/onboarding')).body).toContain(
    'as an image (`Dockerfile:1`), at `v2.8.0`',
  )
  expect(await story.open()).not.toContain(STEP)
})

test('a repository of something else is left alone', async () => {
  const { world } = await infrastructure({
    files: { 'main.c': 'int main() {}\n', 'group_vars/web.yml': 'port: 80\n' },
  })
  const { appStory } = await import('../../support/app-story.ts')
  const story = await appStory({ fork: 'copied', releases: RELEASES })
  gitText(story.fork.gitDir, [
    'fetch',
    '--quiet',
    '--no-tags',
    world.path,
    '+refs/heads/main:refs/heads/main',
  ])
  story.github.install([story.fork])
  await story.settle()
  expect(await story.open()).toEqual([])
})

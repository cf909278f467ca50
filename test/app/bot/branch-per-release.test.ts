import { expect, test } from 'vitest'
import { writeRefs, ZERO } from '../../github/write-refs.ts'
import { appStory, CONFIG, type AppStory } from '../../support/app-story.ts'

const STEP = 'multiarch/kubespray-2.9.0'

/** The demo's fork with its patches on a branch that is named for its release, and one of an older form beside it. */
async function perRelease(releases: readonly string[]): Promise<AppStory> {
  const story = await appStory({ releases })
  const head = story.tipOf('main') as string
  // The default branch is a mirror of upstream, as with most who have a branch for each release.
  writeRefs(
    story.fork.gitDir,
    new Map([
      ['refs/heads/mine-2.8', head],
      ['refs/heads/main', story.releases['v2.8.0'] as string],
    ]),
  )
  return story
}

test('two branches that differ in a release alone: the pattern is proposed, and nothing is done before it is merged', async () => {
  const story = await perRelease(['v2.8.0', 'v2.9.0', 'v2.10.0'])
  await story.push('mine-2.9', { 'notes.txt': 'mine\n' }, { onto: story.releases['v2.9.0'] as never })
  story.github.install([story.fork])
  await story.settle()
  const { body } = await story.pull('multiarch/onboarding')
  expect(story.file('multiarch/onboarding', CONFIG)).toContain('branch: "mine-{minor}"\n')
  expect(body).toContain('Each release has a branch of its own here, the newest is `mine-2.9`')
  expect(body).toContain('`mine-2.9` stands on Kubespray')
  expect(story.tipOf('mine-2.10')).toBeUndefined()
})

test.each(['merge', 'squash'] as const)(
  'a branch is started at the release, the series goes there by a pull request, and the next step starts from it (%s)',
  async (how) => {
    const story = await perRelease(['v2.8.0', 'v2.9.0'])
    const before = story.tipOf('mine-2.8')
    story.github.install([story.fork])
    await story.settle()
    await story.push('multiarch/onboarding', {
      [CONFIG]: 'branch: mine-{minor}\narchitectures: [amd64, arm64]\n',
    })
    await story.settle()
    expect(story.tipOf('mine-2.9')).toBeUndefined()
    await story.merge('multiarch/onboarding')
    const pull = await story.pull(STEP)
    expect(pull.base.branch).toBe('mine-2.9')
    expect(story.tipOf('mine-2.9')).toBe(story.releases['v2.9.0'])
    expect(story.tipOf('mine-2.8')).toBe(before)
    expect(pull.body).toContain('**This goes to a branch of its own, `mine-2.9`, which starts at `v2.9.0`.**')
    // Their patches change while it is open: the step follows, and the branch that was started stays.
    const at = story.tipOf(STEP)
    await story.push('mine-2.8', { 'roles/extra/tasks/main.yml': '- debug:\n' })
    await story.settle()
    expect(story.tipOf(STEP)).not.toBe(at)
    expect(story.file(STEP, 'roles/extra/tasks/main.yml')).toBe('- debug:')
    expect(story.tipOf('mine-2.9')).toBe(story.releases['v2.9.0'])
    // Somebody commits to the branch that was started: their commit stays, and so do the patches to come.
    await story.push('mine-2.9', { 'notes.txt': 'mine\n' })
    await story.settle()
    await story.sweep()
    expect((await story.pull(STEP)).state).toBe('open')
    await story.merge(STEP, how)
    expect(story.file('mine-2.9', 'notes.txt')).toBe('mine')
    expect(story.file('mine-2.9', 'roles/extra/tasks/main.yml')).toBe('- debug:')
    expect(await story.dashboard()).toContain('`mine-2.9` stands on Kubespray')
    await story.release('v2.10.0')
    const next = await story.pull('multiarch/kubespray-2.10.0')
    expect(next.base.branch).toBe('mine-2.10')
    expect(story.tipOf('mine-2.10')).toBe(story.releases['v2.10.0'])
    expect(story.file('multiarch/kubespray-2.10.0', 'notes.txt')).toBe('mine')
  },
)

test('a branch that is there for something else is left alone, and the dashboard says so', async () => {
  const story = await perRelease(['v2.8.0', 'v2.9.0'])
  const old = story.releases['v2.8.0'] as string
  writeRefs(story.fork.gitDir, new Map([['refs/heads/mine-2.9', old]]))
  await story.push('main', { [CONFIG]: 'branch: mine-{minor}\n' })
  story.github.install([story.fork])
  await story.settle()
  expect(await story.dashboard()).toContain(
    '`mine-2.9`, which is there already and does not hold that release',
  )
  expect(story.tipOf('mine-2.9')).toBe(old)
  writeRefs(story.fork.gitDir, new Map([['refs/heads/mine-2.9', ZERO]]))
  await story.sweep()
  expect((await story.pull(STEP)).base.branch).toBe('mine-2.9')
})

import { expect, test } from 'vitest'
import { gitText } from '../../github/git.ts'
import { onboarded, type AppStory } from '../../support/app-story.ts'
import { HOME, infrastructure } from '../../support/infrastructure.ts'

const RELEASES = ['v2.8.0', 'v2.9.0']
const BRANCH = 'multiarch/kubespray-2.9.0'
const SUBMODULE =
  '[submodule "kubespray"]\n\tpath = kubespray\n\turl = https://github.com/kubernetes-sigs/kubespray.git\n'

async function withSubmodule(): Promise<AppStory> {
  const { world } = await infrastructure({
    files: { ...HOME, '.gitmodules': SUBMODULE },
    gitlink: 'kubespray',
  })
  const before = async ({ fork }: AppStory): Promise<void> => {
    gitText(fork.gitDir, ['fetch', '--quiet', '--no-tags', world.path, '+refs/heads/main:refs/heads/main'])
    await Promise.resolve()
  }
  return onboarded(undefined, { fork: 'copied', releases: RELEASES, before })
}

/** What `git revert` makes of everything since a commit, pushed by a person. */
async function takeBack(story: AppStory, since: string): Promise<string> {
  const made = story.git(
    ...['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'],
    ...[
      'commit-tree',
      `${since}^{tree}`,
      '-p',
      'refs/heads/main',
      '-m',
      'Revert "Upgrade Kubespray"\n\nReverts ada/kubespray#2',
    ],
  )
  await story.moveBranch('main', made as NonNullable<ReturnType<AppStory['tipOf']>>)
  await story.settle()
  return made
}

test.each([false, true])(
  'a step that was merged and taken back is proposed again, though its branch is still there (with a person’s commit on it: %s)',
  async (isPersons) => {
    const story = await withSubmodule()
    const since = story.tipOf('main') ?? ''
    const first = await story.pull(BRANCH)
    if (isPersons) await story.push(BRANCH, { 'notes.md': 'Mine.\n' })
    await story.settle()
    await story.merge(BRANCH)
    const merged = story.tipOf(BRANCH)
    expect(await story.open()).toEqual([])
    const reverted = await takeBack(story, since)
    expect(await story.open()).toEqual([BRANCH])
    const again = await story.pull(BRANCH)
    expect(again.number).toBeGreaterThan(first.number)
    expect(story.tipOf(BRANCH)).not.toBe(merged)
    // On what people have now, and nothing of what they had is out of reach.
    expect(story.git('merge-base', 'refs/heads/main', `refs/heads/${BRANCH}`)).toBe(reverted)
    expect(story.git('merge-base', '--is-ancestor', String(merged), 'refs/heads/main')).toBe('')
    expect(story.git('rev-parse', `refs/heads/${BRANCH}:kubespray`)).toBe(story.releases['v2.9.0'])
    await story.merge(BRANCH)
    expect(await story.dashboard()).toContain('up to date')
  },
)

test.each(['merge', 'squash'] as const)(
  'a fork whose step was taken back by GitHub’s button stands where its files are, and its changes are carried as before (%s)',
  async (how) => {
    const story = await onboarded(undefined, { releases: RELEASES })
    const since = story.tipOf('main') ?? ''
    const carried = story.git('rev-parse', `refs/heads/${BRANCH}^{tree}`)
    await story.merge(BRANCH, how)
    await takeBack(story, since)
    expect(await story.open()).toEqual([BRANCH])
    expect(await story.dashboard()).toContain('stands on Kubespray `v2.8.0`')
    const { body } = await story.pull(BRANCH)
    expect(body).toContain('says that the fork stands on `v2.9.0`, but its files are those of `v2.8.0`')
    expect(story.git('rev-parse', `refs/heads/${BRANCH}^{tree}`)).toBe(carried)
  },
)

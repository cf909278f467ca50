import { expect, test } from 'vitest'
import { gitText, readRefs } from '../../github/git.ts'
import type { Repo } from '../../github/world.ts'
import type { PullRequest } from '../../../src/ports/forge.ts'
import { appStory, CONFIG, type AppStory } from '../../support/app-story.ts'
import { MODULES } from '../../support/fork-submodule.ts'
import { HOME, infrastructure } from '../../support/infrastructure.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'
const INFRA = { owner: 'ada', name: 'infra' }

interface Both {
  readonly story: AppStory
  readonly infra: Repo
  /** The pull request in the repository that has the submodule. */
  readonly pull: () => Promise<PullRequest>
  /** The submodule's commit on a branch there. */
  readonly link: (branch?: string) => string
  readonly people: ReturnType<AppStory['github']['people']>
}

/** The demo's fork and a repository with it as a submodule, both Ada's; the App is on the fork where it is said so. */
async function installedOn(which: 'both' | 'infra'): Promise<Both> {
  const story = await appStory({ releases: ['v2.8.0', 'v2.9.0'] })
  const { github } = story
  await story.push('main', { [CONFIG]: 'architectures: [amd64, arm64]\n' })
  const infra = github.createRepo({ ...INFRA, defaultBranch: 'main', hasIssues: true })
  const files = { ...HOME, '.gitmodules': MODULES, [CONFIG]: 'architectures: [amd64, arm64]\n' }
  const { world } = await infrastructure({ files })
  world.git('update-index', '--add', '--cacheinfo', `160000,${story.tipOf('main')},kubespray`)
  world.git('commit', '--quiet', '--message', 'Our own fork')
  gitText(infra.gitDir, ['fetch', '--quiet', '--no-tags', world.path, '+refs/heads/main:refs/heads/main'])
  github.install(which === 'both' ? [story.fork, infra] : [infra])
  // Whichever is looked at first: the submodule's repository looks again until its fork's step is there.
  await story.quiet()
  story.jobs.splice(0)
  await story.sweep()
  const forge = async () => (await story.wiring.host.open(INFRA)).forge
  return {
    story,
    infra,
    people: github.people(infra),
    pull: async () => {
      const [newest] = await (await forge()).pullRequests.from(BRANCH)
      if (!newest) throw new Error(`no pull request\n${story.lines.join('\n')}`)
      return newest
    },
    link: (branch = BRANCH) => gitText(infra.gitDir, ['rev-parse', `refs/heads/${branch}:kubespray`]).trim(),
  }
}

test.each(['merge', 'squash'] as const)(
  'an own fork as a submodule: two pull requests, the second waits until the first is there (%s)',
  async (how) => {
    const { story, infra, pull, link, people } = await installedOn('both')
    const first = await story.pull(BRANCH)
    const waiting = await pull()
    expect(waiting.draft).toBe(true)
    expect(waiting.body).toContain(`waits for \`ada/kubespray#${first.number}\``)
    expect(waiting.body).toContain(`(${first.url})`)
    expect(link()).toBe(story.tipOf(BRANCH))
    // Somebody adds to the fork's step, and it is still that step which is waited for.
    await story.push(BRANCH, { 'roles/extra/tasks/main.yml': '- debug:\n' })
    await story.settle()
    await story.sweep()
    expect(link()).toBe(story.tipOf(BRANCH))
    await story.merge(BRANCH, how)
    const merged = story.tipOf('main')
    await story.sweep()
    expect(link()).toBe(merged)
    const ready = await pull()
    expect(ready.body).not.toContain('waits for')
    expect(ready.body).toContain('| `kubespray` |')
    await people.merge(ready.number)
    await story.settle()
    expect(gitText(infra.gitDir, ['rev-parse', 'refs/heads/main:kubespray']).trim()).toBe(merged)
  },
)

test('the fork’s pull request is closed: the second says so, and stays a draft', async () => {
  const { story, pull } = await installedOn('both')
  const first = await story.pull(BRANCH)
  await story.people.close(first.number)
  await story.settle()
  await story.sweep()
  const waiting = await pull()
  expect(waiting.body).toContain(`waited for \`ada/kubespray#${first.number}\``)
  expect(waiting.draft).toBe(true)
})

test('without the App on the fork it says what to do, and writes nothing', async () => {
  const { story, infra } = await installedOn('infra')
  const { forge } = await story.wiring.host.open(INFRA)
  const board = await forge.issues.ours('multiarch-dashboard')
  expect(board?.body).toContain('Install me on it as well')
  expect([...readRefs(infra.gitDir).keys()].filter((ref) => ref.startsWith('refs/heads/'))).toEqual([
    'refs/heads/main',
  ])
})

import { describe, expect, test } from 'vitest'
import { appStory, CONFIG, onboarded, STEP } from '../support/app-story.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'
const EARLY = { releases: ['v2.8.0', 'v2.9.0'] }
const WORKFLOW = '.github/workflows/ci.yml'

describe('what GitHub does not let us do', () => {
  test('a protected branch: said in the check and on the dashboard, and forgotten once it is mended', async () => {
    const story = await onboarded('# all by default\n', {
      ...EARLY,
      before: async ({ fork }) => void fork.protectedBranches.add(BRANCH),
    })
    expect(await story.open()).toEqual([])
    const check = await story.check('main')
    expect(check).toMatchObject({ state: 'action-required', title: 'I cannot go on by myself' })
    expect(check?.summary).toContain('A branch protection or ruleset of this repository does not let me move')
    expect(await story.dashboard()).toContain('Let me write branches that begin with multiarch/')
    story.fork.protectedBranches.clear()
    await story.sweep()
    expect(await story.open()).toEqual([BRANCH])
    expect(await story.check('main')).toMatchObject({ state: 'success', title: 'Nothing stops me any more' })
    expect(await story.dashboard()).not.toContain('What stops me')
  })

  test('without the permission for workflows those files stay as the fork has them, and the proposal says so', async () => {
    const story = await onboarded('# all by default\n', {
      ...EARLY,
      before: ({ upstreamRelease }) => upstreamRelease('v2.9.1', { files: { [WORKFLOW]: 'on: push\n' } }),
    })
    const branch = 'multiarch/kubespray-2.9.1'
    expect(await story.open()).toEqual([branch])
    expect(story.git('ls-tree', '-r', '--name-only', branch, '.github')).toBe(CONFIG)
    expect((await story.pull(branch)).body).toContain(`\`${WORKFLOW}\` stays as your fork has it`)
    expect(await story.check(branch)).toMatchObject({ state: 'success' })
    await story.merge(branch)
    await story.upstreamRelease('v2.9.2', { files: { [WORKFLOW]: 'on: [push, pull_request]\n' } })
    // What was left is no patch of the fork's from then on.
    expect((await story.pull('multiarch/kubespray-2.9.2')).body).toContain('Of 5 patches: 5 clean.')
  })

  test('a permission that an older installation lacks is asked for where it is missed', async () => {
    const story = await appStory(EARLY)
    const { checks, ...less } = story.github.world.app.permissions
    story.github.install([story.fork], less)
    await story.settle()
    await story.merge('multiarch/onboarding')
    expect(checks).toBe('write')
    expect(await story.open()).toEqual([BRANCH])
    expect(await story.dashboard()).toContain(
      'GitHub says that I may not do this here; it takes checks=write.',
    )
  })
})

test('a copy that shares nothing with upstream gets the release as a snapshot, which says so', async () => {
  const story = await onboarded('# all by default\n', { ...EARLY, fork: 'copied' })
  expect(await story.open()).toEqual([BRANCH])
  const step = story.git(
    'log',
    '--first-parent',
    '--format=%P%n%B',
    '--grep',
    'Move to Kubespray',
    `main..${BRANCH}`,
  )
  expect(step.split('\n')[0]).toBe(story.tipOf('main'))
  expect(step).toContain("The release's own commit cannot be reached from this repository")
  expect(step).toContain(`Multiarch-Release: ${story.releases['v2.9.0']}`)
  await story.merge(BRANCH)
  await story.release('v2.10.0')
  expect(await story.open()).toEqual(['multiarch/kubespray-2.10.0'])
})

test('GitHub Enterprise Server: everything under /api/v3 and /api/graphql, and each link where what it names is', async () => {
  const story = await onboarded(undefined, { ...EARLY, base: '/api' })
  expect(story.github.url).toMatch(/\/api\/v3$/)
  const { number } = await story.pull(BRANCH)
  expect(await story.say('ada', number, '/multiarch hold')).toContain('I hold')
  expect(await story.say('ada', number, '/multiarch resume')).toContain('I go on')
  const texts = [...story.fork.threads.values(), ...story.fork.comments.values()].map(({ body }) => body)
  const urls = texts.flatMap((text) => text.match(/https?:\/\/[^\s)>"`]+/g) ?? [])
  const own = urls.filter((url) => url.includes('/ada/kubespray'))
  expect(own.length).toBeGreaterThan(10)
  // Where the server is, or as it says itself of a pull request.
  const isThere = (url: string) =>
    [story.github.url.replace('/api/v3', ''), 'https://github.example'].some((web) =>
      url.startsWith(`${web}/ada/`),
    )
  expect(own.filter((url) => !isThere(url))).toEqual([])
  expect(
    urls
      .filter((url) => url.includes('/kubernetes-sigs/'))
      .filter((url) => !url.startsWith('https://redirect.github.com/')),
  ).toEqual([])
  await story.merge(BRANCH)
  expect(await story.dashboard()).toContain('up to date')
})

describe('somebody is faster', () => {
  test('another server opens the pull request first: there is one, with one dashboard', async () => {
    const story = await appStory(EARLY)
    const second = await story.another()
    story.github.install([story.fork])
    await story.settle()
    story.github.meanwhile('pulls/create', second.look)
    await story.merge('multiarch/onboarding')
    expect(await story.open()).toEqual([BRANCH])
    const threads = [...story.fork.threads.values()]
    expect(threads.map(({ title }) => title)).toEqual([
      'Add the settings of kubespray-multiarch',
      'Upgrade Kubespray from v2.8.0 to v2.9.0',
      'Kubespray upgrades',
    ])
    const runs = story.fork.checks.filter(
      ({ name, headSha }) => name === STEP && headSha === story.tipOf(BRANCH),
    )
    expect(runs).toHaveLength(1)
  })

  test('a person pushes while the branch is built anew: theirs stays, and is judged', async () => {
    const story = await onboarded(undefined, EARLY)
    let mine: string | undefined
    story.github.meanwhile('graphql mutation', async () => {
      mine = await story.push(BRANCH, { 'README.md': 'Mine.\n' })
    })
    await story.push('main', { 'inventory/homelab/notes.md': 'Two boards.\n' })
    await story.settle()
    expect(mine).toBeDefined()
    expect(story.tipOf(BRANCH)).toBe(mine)
    expect((await story.pull(BRANCH)).body).toContain('1 commit of yours is on the branch')
    expect(await story.dashboard()).not.toContain('What stops me')
  })

  test('a release comes while another step is open: both stand, the older one is not lost', async () => {
    const story = await onboarded(undefined, EARLY)
    const mine = await story.push(BRANCH, { 'README.md': 'Mine.\n' })
    await story.settle()
    await story.upstreamRelease('v2.9.1', { files: { 'cluster.yml': '---\n- hosts: all\n' } })
    expect((await story.open()).sort()).toEqual([BRANCH, 'multiarch/kubespray-2.9.1'])
    expect(story.tipOf(BRANCH)).toBe(mine)
    await story.merge('multiarch/kubespray-2.9.1')
    expect(await story.open()).toEqual([BRANCH])
    const { number } = await story.pull(BRANCH)
    expect(await story.say('ada', number, '/multiarch rebase')).toContain('so `v2.9.0` is behind it')
    expect(story.tipOf(BRANCH)).toBe(mine)
  })
})

test('replicas that lag and a secondary limit in the middle put a step off, and nothing is done twice', async () => {
  const story = await appStory(EARLY)
  story.github.install([story.fork])
  await story.settle()
  story.github.world.lag = 1
  story.github.fail({ kind: 'pulls/create', status: 403, headers: { 'retry-after': '1' } })
  await story.people.merge((await story.pull('multiarch/onboarding')).number)
  await story.quiet()
  expect(story.lines.some((line) => line.startsWith('job put back'))).toBe(true)
  story.github.world.lag = 0
  await story.sweep()
  expect(await (await story.forge()).pullRequests.from(BRANCH)).toHaveLength(1)
  expect(await story.check(BRANCH)).toMatchObject({ state: 'success' })
  expect([...story.fork.threads.values()].filter(({ pull }) => !pull)).toHaveLength(1)
})

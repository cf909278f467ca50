import { expect, test } from 'vitest'
import { CONFIG, onboarded, STEP } from '../support/app-story.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'
const NEXT = 'multiarch/kubespray-2.10.0'
const EARLY = { releases: ['v2.8.0', 'v2.9.0'] }

test('a squash-merged step is taken for what it is, and the next release carries the series on', async () => {
  const story = await onboarded(undefined, EARLY)
  await story.merge(BRANCH, 'squash')
  expect(await story.open()).toEqual([])
  expect(await story.dashboard()).toContain('`main` stands on Kubespray `v2.9.0` with Kubernetes `1.13.5`.')
  await story.release('v2.10.0')
  expect(await story.open()).toEqual([NEXT])
  const { body } = await story.pull(NEXT)
  expect(body).toContain('Of ')
  expect(body).not.toContain('to settle')
  const patched = story.file(NEXT, 'roles/kubernetes/preinstall/tasks/0040-set_facts.yml')
  expect(patched).toContain('armv7l: arm')
})

test('a force-pushed default branch: the step is built anew on what is there now', async () => {
  const story = await onboarded(undefined, EARLY)
  const before = story.tipOf(BRANCH)
  // The same files, with nothing between them and the second patch: what was merged and committed since is one commit now.
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
  const again = story.git(...who, 'commit-tree', 'main^{tree}', '-p', 'main~6', '-m', 'Begin again')
  await story.moveBranch('main', again as never)
  await story.settle()
  const { body, state } = await story.pull(BRANCH)
  expect(state).toBe('open')
  expect(story.tipOf(BRANCH)).not.toBe(before)
  expect(body).toContain('Of 3 patches:')
  expect(body).toContain('| Begin again |')
  expect(story.git('merge-base', '--is-ancestor', 'main', BRANCH)).toBe('')
})

test('closed unmerged, a release is skipped until somebody says resume', async () => {
  const story = await onboarded('addons: { ingress_nginx: keep }\n', EARLY)
  const { number } = await story.pull(BRANCH)
  await story.people.close(number)
  await story.settle()
  expect(await story.open()).toEqual([])
  expect(await story.dashboard()).toContain('## Skipped\n\n- [`v2.9.0`](')
  await story.sweep()
  expect(await story.open()).toEqual([])
  const answer = await story.say('ada', await story.dashboardNumber(), '/multiarch resume')
  expect(answer).toContain('I go on')
  expect(await story.open()).toEqual([BRANCH])
  expect((await story.pull(BRANCH)).number).toBeGreaterThan(number)
})

test('a broken config stops everything, is said once at its line, and mended is forgotten', async () => {
  const story = await onboarded(undefined, EARLY)
  const { body } = await story.pull(BRANCH)
  await story.push('main', { [CONFIG]: 'folow: latest\n' })
  await story.settle()
  const check = await story.check('main', 'kubespray-multiarch / settings')
  expect(check).toMatchObject({ state: 'failure', title: '1 problem in the settings' })
  expect(story.fork.checks.at(-1)?.annotations[0]).toMatchObject({ path: CONFIG, start_line: 1 })
  expect(await story.dashboard()).toContain(
    '`.github/multiarch.yml:1`: I do not know the key `folow`; did you mean `follow`?',
  )
  expect((await story.pull(BRANCH)).body, 'left alone').toBe(body)
  await story.push('main', { [CONFIG]: 'follow: v2.99\n' })
  await story.settle()
  expect(await story.dashboard()).toContain('upstream has no release of that minor')
  await story.push('main', { [CONFIG]: 'follow: latest\n' })
  await story.settle()
  expect(await story.dashboard()).not.toContain('What stops me')
  expect(await story.open()).toEqual([BRANCH])
})

test('a patch release takes the place of a step that nobody touched', async () => {
  const story = await onboarded(undefined, EARLY)
  await story.upstreamRelease('v2.9.1', { files: { 'README.md': 'Patched.\n' } })
  expect(await story.open()).toEqual(['multiarch/kubespray-2.9.1'])
  const old = await story.pull(BRANCH)
  expect(old.state).toBe('closed')
  const comments = await (await story.forge()).comments.on(old.number)
  expect(comments.at(-1)?.body).toMatch(
    /^#\d+ takes the place of this: Kubespray v2.9.1 is out, and it holds all of this.$/,
  )
  await story.merge('multiarch/kubespray-2.9.1')
  expect(await story.dashboard()).toContain('up to date')
})

test('a role that upstream renamed: the patch goes along to where it is now', async () => {
  const story = await onboarded(undefined, EARLY)
  await story.upstreamRelease('v2.9.1', { move: ['roles/kubernetes-apps', 'roles/kubernetes_apps'] })
  const branch = 'multiarch/kubespray-2.9.1'
  const { body } = await story.pull(branch)
  expect(body).toMatch(/\| Keep the dashboard on amd64 nodes \| \*\*moved along with upstream\*\*/)
  const to = 'roles/kubernetes_apps/ansible/templates/dashboard.yml.j2'
  expect(story.file(branch, to)).toContain('amd64')
  expect(story.git('ls-tree', '-r', '--name-only', branch, 'roles/kubernetes-apps')).toBe('')
})

test('a tag of upstream’s that moves is refused and said, in the check and on the dashboard', async () => {
  const story = await onboarded(undefined, EARLY)
  const { number, body } = await story.pull(BRANCH)
  const before = story.tipOf(BRANCH)
  await story.upstreamRelease('v2.9.0', { files: { 'README.md': 'Not what it was.\n' } })
  expect(story.tipOf(BRANCH)).toBe(before)
  expect((await story.pull(BRANCH)).body).toBe(body)
  expect(await story.check(BRANCH)).toMatchObject({ state: 'action-required' })
  expect(await story.dashboard()).toContain('Upstream’s tag `v2.9.0` pointed to')
  expect(await story.say('ada', number, '/multiarch recheck')).toContain('I go no further with it')
  expect(await story.say('ada', number, '/multiarch recreate')).toContain('I built the branch again')
  expect(story.file(BRANCH, 'README.md')).toBe('Not what it was.')
  expect(await story.check(BRANCH)).toMatchObject({ state: 'success' })
  expect(await story.dashboard()).not.toContain('What stops me')

  await story.merge(BRANCH)
  await story.upstreamRelease('v2.9.0', { files: { 'README.md': 'Moved once more.\n' } })
  expect(await story.open()).toEqual([])
  expect(await story.dashboard()).toContain('I go on from that')
  await story.release('v2.10.0')
  expect((await story.pull(NEXT)).body).toContain('Upstream’s tag `v2.9.0` has moved to')
  expect(story.fork.checks.filter(({ name }) => name === STEP).at(-1)?.conclusion).toBe('success')
})

import { expect, test } from 'vitest'
import { audit } from '../../../src/app/audit/audit.ts'
import { planFork } from '../../../src/app/plan/plan-fork.ts'
import { upgrade, type Upgrade } from '../../../src/app/step/upgrade.ts'
import { demoWorld, UPSTREAM } from '../../support/demo.ts'
import { commitFile, step, verdicts } from '../../support/step.ts'

test('the demo’s fork stands on v2.8.0 with six patches and three files of its own', async () => {
  const { store } = await demoWorld()
  const { branch, fork, route } = await planFork(store, UPSTREAM)
  expect(branch).toMatchObject({ name: 'main', others: [] })
  expect(fork.base).toMatchObject({ release: 'v2.8.0', exact: true, found: 'ancestry' })
  expect(fork.series.patches).toHaveLength(6)
  expect(fork.series.ownFiles.size).toBe(3)
  expect(route.steps.map(({ kubespray, kubernetes }) => `${kubespray.to} ${kubernetes.to}`)).toEqual([
    'v2.9.0 v1.13.5',
    'v2.10.0 v1.14.1',
    'v2.11.0 v1.15.3',
  ])
})

/** The commit of the last patch, below what was changed in inventories. */
function lastPatch({ written }: Upgrade): string {
  return [...(written?.commits.values() ?? [])].at(-1) as string
}

test('a step carries the series to the very tree that git rebase makes; the inventory is changed on top', async () => {
  const world = await demoWorld()
  const done = await step(world.store)
  expect(verdicts(done)).toEqual(['upstreamed', 'clean', 'clean', 'clean', 'clean', 'moved'])
  world.git('checkout', '--quiet', '--detach', 'main')
  world.git('rebase', '--quiet', '--onto', 'v2.9.0', 'v2.8.0')
  expect(world.git('rev-parse', `${lastPatch(done)}^{tree}`)).toBe(world.git('rev-parse', 'HEAD^{tree}'))
})

test('the branch begins with a merge of the release, then one commit a patch, author and message kept', async () => {
  const world = await demoWorld()
  const { written } = await step(world.store)
  const name = 'multiarch/kubespray-2.9.0'
  expect(written?.name).toBe(name)
  const commits = world.git('rev-list', '--first-parent', '--reverse', `main..${name}`).split('\n')
  expect(world.git('log', '-1', '--format=%P', commits[0] as string)).toBe(
    `${world.git('rev-parse', 'main')} ${world.git('rev-parse', 'v2.9.0')}`,
  )
  expect(world.git('diff', '--name-only', 'v2.9.0', commits[0] as string).split('\n')).toEqual([
    'inventory/homelab/group_vars/k8s-cluster/addons.yml',
    'inventory/homelab/group_vars/k8s-cluster/k8s-cluster.yml',
    'inventory/homelab/hosts.ini',
  ])
  // One merge, five patches with something left, two changes of the inventory.
  expect(commits).toHaveLength(8)
  const message = world.git('log', '-1', '--format=%an, %aI, %cn%n%B', commits[1] as string)
  expect(message.replace(world.git('rev-parse', 'main~5'), '<main~5>')).toMatchInlineSnapshot(`
    "Fork owner, 2018-12-01T20:30:00+00:00, kubespray-multiarch
    Do not check kubeadm and hyperkube against one checksum

    There is one for amd64 only, so every other node fails.

    Multiarch-Patch: <main~5>
    Multiarch-Verdict: clean
    Multiarch-Base: v2.9.0"
  `)
  expect(world.git('fsck', '--strict', '--no-dangling')).toBe('')
})

test('nothing but the branch changes, and a dry run changes nothing', async () => {
  const world = await demoWorld()
  const refs = world.git('for-each-ref')
  const dry = await upgrade(world.reopen(), { ...UPSTREAM, write: 'nothing' })
  expect(dry).toMatchObject({ kind: 'upgraded' })
  expect(dry).not.toHaveProperty('written')
  expect(world.git('for-each-ref')).toBe(refs)
  await step(world.store)
  expect(world.git('status', '--porcelain')).toBe('')
  expect(world.git('symbolic-ref', 'HEAD')).toBe('refs/heads/main')
  expect(world.git('for-each-ref', '--format=%(refname)', 'refs/heads').split('\n')).toEqual([
    'refs/heads/main',
    'refs/heads/multiarch/kubespray-2.9.0',
  ])
})

test('a second run makes the same commits and says that nothing changed', async () => {
  const world = await demoWorld()
  const first = await step(world.store)
  const second = await step(world.reopen())
  expect(second.written).toEqual({ ...first.written, change: 'unchanged' })
  expect(second.text).toEqual(first.text)
})

test('after the branch is merged, the next run stands on the release and knows its patches again', async () => {
  const world = await demoWorld()
  const first = await step(world.store)
  world.git('merge', '--quiet', '--no-ff', '-m', 'Merge the step', 'multiarch/kubespray-2.9.0')
  const { fork } = await planFork(world.reopen(), UPSTREAM)
  expect(fork.base).toMatchObject({ release: 'v2.9.0', exact: true, found: 'trailer' })
  const carried = first.carried.patches.filter(({ verdict }) => verdict !== 'upstreamed')
  expect(fork.series.patches.map(({ id }) => id)).toEqual(carried.map(({ patch }) => patch.id))
  expect(fork.series.net).toBeUndefined()
  const second = await step(world.reopen())
  expect(second.to).toBe('v2.10.0')
})

test('after a fast-forward, with work on top, the series is the carried patches and that work', async () => {
  const world = await demoWorld()
  await step(world.store)
  world.git('merge', '--quiet', '--ff-only', 'multiarch/kubespray-2.9.0')
  commitFile(world, 'cluster.yml', '---\n- hosts: all\n', 'Play on all hosts')
  const { fork } = await planFork(world.reopen(), UPSTREAM)
  expect(fork.base).toMatchObject({ release: 'v2.9.0', found: 'trailer' })
  expect(fork.series.patches.map(({ title }) => title).at(-1)).toBe('Play on all hosts')
  expect(fork.series.patches).toHaveLength(6)
})

test('work that went on beside the open step is carried beside it, commit by commit', async () => {
  const world = await demoWorld()
  await step(world.store)
  commitFile(world, 'cluster.yml', '---\n- hosts: all\n', 'Play on all hosts')
  commitFile(world, 'inventory/homelab/hosts.ini', 'node1\n', 'One node')
  world.git('merge', '--quiet', '--no-ff', '-m', 'Merge the step', 'multiarch/kubespray-2.9.0')
  const { fork } = await planFork(world.reopen(), UPSTREAM)
  expect(fork.base).toMatchObject({ release: 'v2.9.0', found: 'trailer' })
  expect(fork.series.net).toBeUndefined()
  expect(fork.series.patches).toHaveLength(6)
  expect(fork.series.patches.map(({ title }) => title)).toContain('Play on all hosts')
  expect([...new Set(fork.series.leftOut.map(({ why }) => why))].sort()).toEqual([
    'bot',
    'merge',
    'own-files',
  ])
})

test('a topic branch merged beside other work is carried commit by commit where nothing mixed', async () => {
  const world = await demoWorld()
  world.git('checkout', '--quiet', '-b', 'topic', 'main~1')
  commitFile(world, 'cluster.yml', '---\n- hosts: all\n', 'Play on all hosts')
  world.git('checkout', '--quiet', 'main')
  world.git('merge', '--quiet', '--no-ff', '-m', 'Merge topic', 'topic')
  const { fork } = await planFork(world.reopen(), UPSTREAM)
  expect(fork.series.net).toBeUndefined()
  expect(fork.series.patches).toHaveLength(7)
})

test('a merge that a person settled by hand is carried as net change', async () => {
  const world = await demoWorld()
  world.git('checkout', '--quiet', '-b', 'topic', 'main~1')
  commitFile(world, 'cluster.yml', '---\n- hosts: all\n', 'Play on all hosts')
  world.git('checkout', '--quiet', 'main')
  commitFile(world, 'cluster.yml', '---\n- hosts: some\n', 'Play on some hosts')
  world.git('merge', '--quiet', '--no-ff', '-X', 'theirs', '-m', 'Merge topic', 'topic')
  const { fork } = await planFork(world.reopen(), UPSTREAM)
  expect(fork.series.net).toBe('merges')
  const topic = fork.series.patches.find(({ changes }) => changes.some(({ path }) => path === 'cluster.yml'))
  expect(topic?.commits).toHaveLength(2)
})

test('a squash merge does not lose the series: it is found again as the files’ net change', async () => {
  const world = await demoWorld()
  await step(world.store)
  world.git('merge', '--quiet', '--squash', 'multiarch/kubespray-2.9.0')
  const log = world.git(
    'log',
    '--first-parent',
    '--reverse',
    '--format=* %B',
    'main..multiarch/kubespray-2.9.0',
  )
  world.git('commit', '--quiet', '-m', `Kubespray v2.9.0 (#1)\n\n${log}`)
  const { fork } = await planFork(world.reopen(), UPSTREAM)
  expect(fork.base).toMatchObject({ release: 'v2.9.0', found: 'trailer' })
  expect(fork.series.net).toBe('copied')
  expect(fork.series.patches.flatMap(({ changes }) => changes.map(({ path }) => path)).sort()).toEqual([
    'inventory/sample/inventory.ini',
    'roles/download/defaults/main.yml',
    'roles/kubernetes-apps/ansible/templates/dashboard.yml.j2',
    'roles/kubernetes/preinstall/tasks/0040-set_facts.yml',
  ])
  world.git('branch', '--quiet', '-D', 'multiarch/kubespray-2.9.0')
  const next = await step(world.reopen())
  expect(
    world.git('show', `${next.written?.tip}:roles/kubernetes/preinstall/tasks/0040-set_facts.yml`),
  ).toContain('armv7l: arm')
})

test('a squash without our trailers is found by its files, and the plan says that history says otherwise', async () => {
  const world = await demoWorld()
  world.git('checkout', '--quiet', 'v2.10.0', '--', '.')
  world.git('rm', '--quiet', 'inventory/sample/hosts.ini')
  world.git('commit', '--quiet', '-m', 'Copy v2.10.0 over')
  commitFile(world, 'cluster.yml', '---\n- hosts: all\n', 'Play on all hosts')
  const { fork } = await planFork(world.reopen(), UPSTREAM)
  expect(fork.base).toMatchObject({
    release: 'v2.10.0',
    found: 'content',
    disagreement: { says: 'ancestry', release: 'v2.8.0' },
  })
  expect(fork.series.patches.map(({ title }) => title)).toEqual(['Play on all hosts'])
})

test('a vendored copy without common history is carried from the release it was copied from', async () => {
  const world = await demoWorld()
  world.git('checkout', '--quiet', '--orphan', 'vendored', 'v2.9.0')
  world.git('commit', '--quiet', '-m', 'Import Kubespray')
  commitFile(world, 'cluster.yml', '---\n- hosts: all\n', 'Play on all hosts')
  const found = await planFork(world.reopen(), { ...UPSTREAM, branch: 'vendored' })
  expect(found.fork.base).toMatchObject({ release: 'v2.9.0', found: 'content' })
  expect(found.fork.base.disagreement).toBeUndefined()
  expect(found.fork.series.patches.map(({ title }) => title)).toEqual(['Play on all hosts'])
})

test('a branch that merged upstream is carried as its net change', async () => {
  const world = await demoWorld()
  world.git('merge', '--quiet', '--no-ff', '-X', 'ours', '-m', 'Merge v2.9.0', 'v2.9.0')
  const { fork } = await planFork(world.reopen(), UPSTREAM)
  expect(fork.base).toMatchObject({ release: 'v2.9.0', exact: true, found: 'ancestry' })
  expect(fork.series.net).toBe('merges')
  expect(fork.series.leftOut).toMatchObject([{ title: 'Merge v2.9.0', why: 'merge' }])
  // The inventory still says 1.12, so the plan would raise Kubernetes first.
  const done = await step(world.reopen(), { onto: 'v2.10.0' })
  expect(done.to).toBe('v2.10.0')
  expect(done.carried.patches.length).toBeGreaterThan(0)
})

test('a tag of the fork’s own that looks like a release hides nothing', async () => {
  const world = await demoWorld()
  world.git('tag', 'v1.4.2', 'main~1')
  world.git('tag', 'v1.4.3', 'main')
  const { branch, fork } = await planFork(world.reopen(), UPSTREAM)
  expect(branch).toMatchObject({ name: 'main', others: [] })
  expect(fork.base).toMatchObject({ release: 'v2.8.0', exact: true })
  expect(fork.series.patches).toHaveLength(6)
})

test('a branch between two releases stands on the commit, and on the release before it', async () => {
  const world = await demoWorld()
  world.git('rebase', '--quiet', '--onto', 'v2.9.0~2', 'v2.8.0', 'main')
  const { fork } = await planFork(world.reopen(), UPSTREAM)
  expect(fork.base).toMatchObject({
    release: 'v2.8.0',
    exact: false,
    commit: world.git('rev-parse', 'v2.9.0~2'),
  })
})

test('where the default branch is a mirror, the branch with own commits is taken and said', async () => {
  const world = await demoWorld()
  world.git('branch', '--quiet', '-m', 'main', 'arm')
  world.git('branch', '--quiet', 'main', 'v2.9.0')
  world.git('symbolic-ref', 'HEAD', 'refs/heads/main')
  const { branch } = await planFork(world.reopen(), UPSTREAM)
  const instead = { name: 'arm', insteadOf: { branch: 'main', why: 'no-own-commits' } }
  expect(branch).toMatchObject(instead)
  const { of } = await audit(world.reopen(), UPSTREAM)
  expect(of).toMatchObject({ ...instead, commit: branch.head })
  expect((await audit(world.reopen(), { ...UPSTREAM, rev: 'main' })).of).toEqual({
    name: 'main',
    commit: world.git('rev-parse', 'main'),
  })
})

import { expect, test } from 'vitest'
import { bump } from '../../../src/app/step/bump.ts'
import { planFork } from '../../../src/app/plan/plan-fork.ts'
import { upgrade, type Upgrade } from '../../../src/app/step/upgrade.ts'
import { demoWorld, UPSTREAM, type World } from '../../support/demo.ts'
import { commitFile, step } from '../../support/step.ts'

const CLUSTER = 'inventory/homelab/group_vars/k8s-cluster/k8s-cluster.yml'

/** The subjects of the commits above the last patch, oldest first. */
function inventoryCommits(world: World, { written }: Upgrade): readonly string[] {
  const last = [...(written?.commits.values() ?? [])].at(-1) as string
  return world.git('log', '--reverse', '--format=%s', `${last}..${written?.tip ?? ''}`).split('\n')
}

test('each change of the inventory is a commit of its own, and a diff of one line', async () => {
  const world = await demoWorld()
  const done = await step(world.store)
  expect(inventoryCommits(world, done)).toEqual([
    'inventory/homelab: kube_version v1.12.3 → v1.13.5',
    'inventory/homelab: ingress_nginx_enabled true → false',
  ])
  const diff = world.git('diff', '--unified=0', 'main', done.written?.tip ?? '', '--', 'inventory/homelab')
  expect(diff.split('\n').filter((line) => /^[+-][^+-]/.test(line))).toEqual([
    '-ingress_nginx_enabled: true',
    '+ingress_nginx_enabled: false',
    '-kube_version: v1.12.3   # all nodes run this',
    '+kube_version: v1.13.5   # all nodes run this',
  ])
  const message = world.git('log', '-1', '--format=%B', done.written?.tip ?? '')
  expect(message).toContain('\n\nMultiarch-Step: inventory')
})

test('what was changed stands in the proposal, and the next run goes on from there', async () => {
  const world = await demoWorld()
  const done = await step(world.store)
  expect(done.text.body).toContain(`| \`${CLUSTER}:2\` | \`kube_version\` | \`v1.12.3\` | \`v1.13.5\` |`)
  world.git('merge', '--quiet', '--no-ff', '-m', 'Merge the step', 'multiarch/kubespray-2.9.0')
  const plan = await planFork(world.reopen(), UPSTREAM)
  expect(plan.fork.base).toMatchObject({ release: 'v2.9.0', found: 'trailer' })
  expect(plan.fork.series.patches).toHaveLength(5)
  expect(plan.route.steps[0]).toMatchObject({
    kubespray: { from: 'v2.9.0', to: 'v2.10.0' },
    kubernetes: { from: 'v1.13.5', to: 'v1.14.1' },
  })
})

test('the config decides about add-ons, and what is a template is left to a person', async () => {
  const world = await demoWorld()
  commitFile(world, '.github/multiarch.yml', 'addons: { ingress_nginx: keep }\n', 'Settings')
  commitFile(world, 'inventory/office/group_vars/all.yml', 'kube_version: "{{ x }}.3"\nx: v1.12\n', 'Office')
  const done = await step(world.store)
  expect(inventoryCommits(world, done)).toEqual(['inventory/homelab: kube_version v1.12.3 → v1.13.5'])
  expect(done.findings).toContainEqual(expect.objectContaining({ code: 'kubernetes-unknown' }))
})

test('several inventories go each from where they stand', async () => {
  const world = await demoWorld()
  commitFile(world, 'inventory/office/group_vars/all.yml', 'kube_version: "v1.13.4"\n', 'Office')
  const done = await step(world.store)
  expect(inventoryCommits(world, done)).toEqual([
    'inventory/homelab: kube_version v1.12.3 → v1.13.5',
    'inventory/homelab: ingress_nginx_enabled true → false',
    'inventory/office: kube_version "v1.13.4" → "v1.13.5"',
  ])
})

test('where versions are pinned they are in every inventory', async () => {
  const world = await demoWorld()
  commitFile(world, '.github/multiarch.yml', 'kubernetes: { follow: pinned }\n', 'Settings')
  commitFile(world, 'inventory/office/group_vars/all.yml', 'kube_version: v1.13.4\n', 'Office')
  const done = await step(world.store)
  expect(done.step?.kubernetes).toEqual({ from: 'v1.12.3', to: 'v1.12.3' })
  expect(inventoryCommits(world, done)).toEqual(['inventory/homelab: ingress_nginx_enabled true → false'])
})

test('a version that is said to run is raised from there, and written down where it is no default', async () => {
  const world = await demoWorld()
  world.git('checkout', '--quiet', '-B', 'main', 'v2.11.0')
  commitFile(world, 'inventory/homelab/group_vars/all/a.yml', 'a: 1\n# kube_version: v1.9.0\nb: 1\n', 'Mine')
  const request = { ...UPSTREAM, write: 'branch', kubernetes: 'v1.13.5' } as const
  const first = await bump(world.reopen(), request)
  expect(first).toMatchObject({ step: { kubernetes: { from: 'v1.13.5', to: 'v1.14.6' } } })
  const written = world.git('show', 'multiarch/kubernetes-1.14.6:inventory/homelab/group_vars/all/a.yml')
  expect(written).toBe('a: 1\n# kube_version: v1.9.0\nkube_version: v1.14.6\nb: 1')
  // The next one is what the release has by default.
  const second = await bump(world.reopen(), { ...request, kubernetes: 'v1.14.6' })
  expect(second).toMatchObject({ step: { kubernetes: { to: 'v1.15.3' } }, inventories: [{ edits: [] }] })
})

test('a person’s commits on the branch are kept, inventory commits are not a person’s', async () => {
  const world = await demoWorld()
  await step(world.store)
  commitFile(world, 'cluster.yml', '---\n', 'Another patch')
  expect((await step(world.reopen())).written?.change).toBe('moved')
  world.git('checkout', '--quiet', 'multiarch/kubespray-2.9.0')
  commitFile(world, 'README.md', 'mine\n', 'By hand')
  world.git('checkout', '--quiet', 'main')
  commitFile(world, 'cluster.yml', '---\n- hosts: all\n', 'And another')
  await expect(step(world.reopen())).rejects.toThrow('holds commits that are not mine')
})

test('where Kubernetes goes up first an upgrade says so and writes nothing; bump makes that step', async () => {
  const world = await demoWorld()
  await step(world.store)
  world.git('merge', '--quiet', '--no-ff', '-m', 'Merge the step', 'multiarch/kubespray-2.9.0')
  commitFile(world, CLUSTER, 'kube_version: v1.12.3\n', 'Not yet')
  const refs = world.git('for-each-ref')
  const blocked = await upgrade(world.reopen(), { ...UPSTREAM, write: 'branch' })
  expect(blocked).toMatchObject({ kind: 'kubernetes-first', step: { kubernetes: { to: 'v1.13.5' } } })
  expect(world.git('for-each-ref')).toBe(refs)

  const bumped = await bump(world.reopen(), { ...UPSTREAM, write: 'branch' })
  expect(bumped).toMatchObject({
    kind: 'bumped',
    written: { name: 'multiarch/kubernetes-1.13.5', change: 'created' },
  })
  expect(world.git('log', '--format=%s', 'main..multiarch/kubernetes-1.13.5')).toBe(
    'inventory/homelab: kube_version v1.12.3 → v1.13.5',
  )
  expect(world.git('log', '-1', '--format=%B', 'multiarch/kubernetes-1.13.5')).toContain(
    'Multiarch-Step: kubernetes 1.12.3 1.13.5',
  )
  const again = await bump(world.reopen(), { ...UPSTREAM, write: 'branch' })
  expect(again).toMatchObject({ kind: 'bumped', written: { change: 'unchanged' } })

  world.git('merge', '--quiet', 'multiarch/kubernetes-1.13.5')
  const plan = await planFork(world.reopen(), UPSTREAM)
  expect(plan.fork.base).toMatchObject({ release: 'v2.9.0', found: 'trailer' })
  expect(plan.fork.series.patches).toHaveLength(5)
  expect(plan.route.steps[0]).toMatchObject({ kind: 'kubespray', kubespray: { to: 'v2.10.0' } })
})

test('a bump without anything newer in the release does nothing, and says where the way ends', async () => {
  const world = await demoWorld()
  commitFile(world, '.github/multiarch.yml', 'architectures: [amd64]\n', 'Settings')
  expect(await bump(world.reopen(), { ...UPSTREAM, write: 'branch' })).toMatchObject({
    kind: 'none',
    plan: { route: { steps: [] } },
  })
  expect(world.git('branch', '--list', 'multiarch/*')).toBe('')
})

test('a bump without an inventory is refused: there is nothing to change', async () => {
  const world = await demoWorld()
  world.git('rm', '--quiet', '-r', 'inventory/homelab')
  world.git('commit', '--quiet', '-m', 'The inventory is elsewhere')
  commitFile(world, '.github/multiarch.yml', 'architectures: [amd64]\n', 'Settings')
  const request = { ...UPSTREAM, write: 'branch', kubernetes: 'v1.11.5' } as const
  await expect(bump(world.reopen(), request)).rejects.toThrow('no inventory of your own')
})

test('a jump over releases is carried, and said to be none for a running cluster', async () => {
  const world = await demoWorld()
  const done = await step(world.store, { onto: 'v2.11.0' })
  expect(done.step).toBeUndefined()
  expect(done.findings[0]).toMatchObject({ code: 'releases-skipped', severity: 'error' })
  expect(done.text.body).toContain(': do not apply it yet.**')
  expect(world.git('show', `${done.written?.tip ?? ''}:${CLUSTER}`)).toContain('kube_version: v1.12.3')
})

test('a release that cannot be installed yet is carried to all the same, with what would open it', async () => {
  const world = await demoWorld()
  commitFile(world, '.github/multiarch.yml', 'architectures: [amd64, s390x]\n', 'Settings')
  const done = await step(world.store)
  expect(done.to).toBe('v2.9.0')
  expect(done.findings[0]).toMatchObject({ code: 'not-installable', severity: 'error' })
  expect(done.findings[0]?.message).toContain('No s390x node in the cluster.')
})

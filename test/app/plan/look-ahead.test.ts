import { expect, test } from 'vitest'
import { planFork } from '../../../src/app/plan/plan-fork.ts'
import { demoWorld, UPSTREAM, type World } from '../../support/demo.ts'
import { commitFile } from '../../support/step.ts'

const CLUSTER = 'inventory/homelab/group_vars/k8s-cluster/k8s-cluster.yml'
const CHECKS = 'roles/kubernetes/preinstall/tasks/0020-verify-settings.yml'

/** Lets a release of upstream's check the settings, before everything else that it does. */
function withChecks(world: World, tag: string, checks: string): void {
  world.git('checkout', '--quiet', '--detach', tag)
  const playbook = world.git('show', `${tag}:cluster.yml`)
  commitFile(
    world,
    'cluster.yml',
    `- hosts: all\n  roles: [kubernetes/preinstall]\n${playbook}\n`,
    'Look first',
  )
  commitFile(
    world,
    'roles/kubernetes/preinstall/tasks/main.yml',
    '- import_tasks: 0020-verify-settings.yml\n',
    'Do',
  )
  commitFile(world, CHECKS, checks, 'Check the settings')
  world.git('tag', '--force', tag)
  world.git('checkout', '--quiet', 'main')
}

test('a release that refuses a setting ends the way before it', async () => {
  const world = await demoWorld()
  const list = `- assert:\n    that: kube_network_plugin in ['calico']\n    msg: "{{ kube_network_plugin }} is not supported"\n`
  withChecks(world, 'v2.10.0', list)
  const { route, ahead } = await planFork(world.reopen(), UPSTREAM)
  expect(route.steps.map(({ kubespray }) => kubespray.to)).toEqual(['v2.9.0'])
  expect(route.stopped).toMatchObject({
    code: 'setting-refused',
    release: 'v2.10.0',
    component: 'kube_network_plugin',
    at: { file: CLUSTER },
  })
  expect(route.stopped?.message).toContain('“flannel is not supported”')
  expect(ahead).toHaveLength(1)
})

/** Upstream's list of plugins at v2.8.0 and v2.10.0, and the fork's own at v2.8.0. */
async function withList(changed: (list: string) => string): Promise<World> {
  const world = await demoWorld()
  const listed = (names: string): string => `- assert:\n    that: kube_network_plugin in [${names}]\n`
  withChecks(world, 'v2.8.0', listed("'calico', 'canal'"))
  withChecks(world, 'v2.10.0', `${listed("'calico', 'canal'")}- debug:\n    msg: checked\n`)
  world.git('rebase', '--quiet', '--onto', 'v2.8.0', 'main~6', 'main')
  commitFile(world, CHECKS, changed(listed("'calico', 'canal'")), 'A plugin of ours')
  return world
}

test('a setting that the fork’s own patch lets through is let through on the way as well', async () => {
  const world = await withList((list) => list.replace("'canal'", "'canal', 'flannel'"))
  const { route } = await planFork(world.reopen(), UPSTREAM)
  expect(route.stopped).toBeUndefined()
  const entering = route.steps.find(({ kubespray }) => kubespray.to === 'v2.10.0')
  expect(entering?.reasons.map(({ message }) => message)).toContain(
    'v2.10.0 alone stops the play for `kube_network_plugin` as it is here; with your patches on it, it does not.',
  )
})

test('a patch of the checks that lets it through nowhere is said to have been on it', async () => {
  const world = await withList((list) => list.replace("'canal'", "'canal', 'weave'"))
  const { route } = await planFork(world.reopen(), UPSTREAM)
  expect(route.stopped).toMatchObject({ code: 'setting-refused', release: 'v2.10.0' })
  expect(route.stopped?.message).toMatch(/ That is v2\.10\.0 with your patches on it\.$/)
})

test('what another check of a release on the way stops at is told for that step', async () => {
  const world = await demoWorld()
  withChecks(world, 'v2.10.0', '- assert:\n    that: groups.etcd | length is not divisibleby 1\n')
  const { ahead } = await planFork(world.reopen(), UPSTREAM)
  const told = ahead.map(({ kubespray, findings }) => [
    kubespray.to,
    findings
      .filter(({ code }) => code === 'release-check')
      .map(({ severity, file, line }) => [severity, file, line]),
  ])
  expect(told).toEqual([
    ['v2.9.0', []],
    ['v2.10.0', [['error', CHECKS, 2]]],
    ['v2.11.0', []],
  ])
})

test('the inventory is asked as the steps before will have left it', async () => {
  const world = await demoWorld()
  // The demo's inventory pins v1.12.3 now; on the way there it will have gone up.
  withChecks(world, 'v2.10.0', `- assert:\n    that: kube_version is version('v1.14.0', '>=')\n`)
  const { ahead } = await planFork(world.reopen(), UPSTREAM)
  expect(ahead.flatMap(({ findings }) => findings).filter(({ code }) => code === 'release-check')).toEqual([])
})

test('a check that a patch of the fork changes is judged when the patch is carried', async () => {
  const world = await demoWorld()
  const never = '- assert:\n    that: groups.etcd | length is not divisibleby 1\n'
  withChecks(world, 'v2.10.0', never)
  commitFile(world, CHECKS, '- assert:\n    that: true\n', 'Any number of hosts')
  const { ahead } = await planFork(world.reopen(), UPSTREAM)
  expect(ahead.flatMap(({ findings }) => findings).filter(({ code }) => code === 'release-check')).toEqual([])
})

import { expect, test } from 'vitest'
import { audit } from '../../../src/app/audit/audit.ts'
import { planFork } from '../../../src/app/plan/plan-fork.ts'
import { bump } from '../../../src/app/step/bump.ts'
import type { Upgrade } from '../../../src/app/step/upgrade.ts'
import { demoWorld, UPSTREAM, type World } from '../../support/demo.ts'
import { commitFile, step } from '../../support/step.ts'

const CLUSTER = 'inventory/homelab/group_vars/k8s-cluster/k8s-cluster.yml'
const COMMAND = 'ansible-playbook -i inventory/homelab/hosts.ini upgrade-cluster.yml -e kube_version='

function inventoryCommits(world: World, { written }: Upgrade): readonly string[] {
  const last = [...(written?.commits.values() ?? [])].at(-1) as string
  return world.git('log', '--reverse', '--format=%s', `${last}..${written?.tip ?? ''}`).split('\n')
}

function changedLines(world: World, done: Upgrade, path: string): readonly string[] {
  const diff = world.git('diff', '--unified=0', 'main', done.written?.tip ?? '', '--', path)
  return diff.split('\n').filter((line) => /^[+-][^+-]/.test(line))
}

test('a version that a script hands in is moved there, and in the inventory that says the same', async () => {
  const world = await demoWorld()
  commitFile(world, 'up.sh', `#!/bin/sh\n${COMMAND}v1.12.3 "$@"\n`, 'How I run it')
  const done = await step(world.store)
  expect(changedLines(world, done, 'up.sh')).toEqual([`-${COMMAND}v1.12.3 "$@"`, `+${COMMAND}v1.13.5 "$@"`])
  expect(changedLines(world, done, CLUSTER)).toContain('+kube_version: v1.13.5   # all nodes run this')
  expect(done.text.body).toContain('| `up.sh:2` | `kube_version` | `v1.12.3` | `v1.13.5` |')
})

test('a file of variables that a command hands in beats the inventory, and is what is edited', async () => {
  const world = await demoWorld()
  commitFile(
    world,
    'inventory/homelab/cluster-variables.yaml',
    'kube_version: "v1.12.5" # mine\n',
    'Variables',
  )
  const command =
    'up:\n\tansible-playbook -i inventory/homelab/hosts.ini cluster.yml -e @inventory/homelab/cluster-variables.yaml\n'
  commitFile(world, 'Makefile', command, 'Make')
  const plan = await planFork(world.reopen(), UPSTREAM)
  expect(plan.clusters.map(({ facts }) => facts.kubernetes.value)).toEqual(['v1.12.5'])
  const done = await step(world.reopen())
  expect(changedLines(world, done, 'inventory/homelab/cluster-variables.yaml')).toEqual([
    '-kube_version: "v1.12.5" # mine',
    '+kube_version: "v1.13.5" # mine',
  ])
  // The inventory says another version, which nobody reads; that is told and left.
  expect(changedLines(world, done, CLUSTER)).toEqual([])
})

test('a workflow that hands a version in holds Kubernetes, and the step does not say otherwise', async () => {
  const world = await demoWorld()
  const workflow = `on: push\njobs:\n  up:\n    steps:\n      - run: ${COMMAND}v1.12.3\n`
  commitFile(world, '.github/workflows/up.yml', workflow, 'A workflow')
  const done = await step(world.store)
  expect(inventoryCommits(world, done).join()).not.toContain('kube_version')
  expect(done.findings).toContainEqual(
    expect.objectContaining({ code: 'extra-variable-held', file: '.github/workflows/up.yml', line: 5 }),
  )
  expect(done.text.body).toContain(
    'Kubernetes stays `1.12.3` until you set `1.13.5` in `.github/workflows/up.yml:5`',
  )
  expect(done.text.body).not.toContain('Kubernetes goes from')
})

test('a step of Kubernetes alone that a command holds is no step', async () => {
  const world = await demoWorld()
  await step(world.store)
  world.git('merge', '--quiet', '--no-ff', '-m', 'Merge the step', 'multiarch/kubespray-2.9.0')
  const workflow = `on: push\njobs:\n  up:\n    steps:\n      - run: ${COMMAND}v1.12.3\n`
  commitFile(world, '.github/workflows/up.yml', workflow, 'A workflow')
  const bumped = bump(world.reopen(), { ...UPSTREAM, write: 'branch' })
  await expect(bumped).rejects.toThrow('a workflow hands it in')
  expect(world.git('branch', '--list', 'multiarch/kubernetes-*')).toBe('')
})

test('a version that a command puts together when it runs is not known, and nothing is edited for it', async () => {
  const world = await demoWorld()
  commitFile(world, 'up.sh', `#!/bin/sh\n${COMMAND}"$(cat version)"\n`, 'How I run it')
  const { route, clusters } = await planFork(world.store, UPSTREAM)
  expect(clusters.map(({ facts }) => facts.kubernetes.value)).toEqual([undefined])
  expect(route.stopped).toMatchObject({ code: 'kubernetes-unknown' })
})

test('alternatives share the folder’s variables: edited once, and each file its own', async () => {
  const world = await demoWorld()
  const hosts = (name: string): string =>
    `[kube-master]\n${name}\n[kube-node]\n${name}\n[k8s-cluster:children]\nkube-master\nkube-node\n`
  commitFile(world, 'inventory/pair/a.ini', `${hosts('a1')}[k8s-cluster:vars]\nhelm_enabled=True\n`, 'A')
  commitFile(world, 'inventory/pair/b.ini', hosts('b1'), 'B')
  commitFile(world, 'inventory/pair/group_vars/all.yml', 'kube_version: v1.12.3\n', 'Both')
  const done = await step(world.store)
  expect(done.plan.clusters.map(({ inventory }) => inventory.path)).toEqual([
    'inventory/homelab',
    'inventory/pair/a.ini',
    'inventory/pair/b.ini',
  ])
  expect(inventoryCommits(world, done).filter((title) => title.includes('pair'))).toEqual([
    'inventory/pair/a.ini: kube_version v1.12.3 → v1.13.5',
  ])
  expect(changedLines(world, done, 'inventory/pair')).toEqual([
    '-kube_version: v1.12.3',
    '+kube_version: v1.13.5',
  ])
})

/** What hosts and settings say, and what both commands take. */
const told: readonly [string, string, readonly [readonly string[], string, readonly string[]]][] = [
  ['nothing', '[all]\na1\n', [['amd64'], 'assumed', []]],
  ['names that sound like it', '[all]\nrpi3\nnuc0\n', [['amd64'], 'assumed', ['rpi3 arm64', 'nuc0 amd64']]],
  ['a kind of machine', '[all]\na1 instance_type=t4g.medium\n', [['amd64'], 'assumed', ['a1 arm64']]],
  ['one host of two', '[all]\na1 ansible_architecture=aarch64\nb1\n', [['amd64', 'arm64'], 'inventory', []]],
  ['every host', '[all]\na1 ansible_architecture=aarch64\n', [['arm64'], 'inventory', []]],
  ['a range', '[all]\na[1:2] ansible_architecture=aarch64\n', [['arm64'], 'inventory', []]],
]

test.each(told)(
  'plan and audit take the same architectures where the inventory tells %s',
  async (_title, hosts, taken) => {
    const world = await demoWorld()
    world.git('checkout', '--quiet', '-B', 'main', 'v2.11.0')
    commitFile(world, 'inventory/homelab/hosts.ini', `${hosts}[kube-master:children]\nall\n`, 'Mine')
    const plan = await planFork(world.reopen(), UPSTREAM)
    const judged = await audit(world.reopen(), UPSTREAM)
    const spoken = (all: typeof judged.speaking): readonly string[] =>
      all.map((each) => `${each.host} ${each.architecture}`)
    expect([
      plan.architectures.architectures,
      plan.architectures.from,
      spoken(plan.architectures.speaking),
    ]).toEqual(taken)
    expect([judged.architectures, judged.architecturesFrom, spoken(judged.speaking)]).toEqual(taken)
    expect(judged.inventories).toEqual(plan.clusters.map(({ inventory }) => inventory.path))
  },
)

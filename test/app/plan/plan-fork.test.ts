import { expect, test } from 'vitest'
import { planFork, type ForkPlan, type PlanRequest } from '../../../src/app/plan/plan-fork.ts'
import { Refusal } from '../../../src/core/model/problem.ts'
import { demoWorld, UPSTREAM, type World } from '../../support/demo.ts'
import { commitFile } from '../../support/step.ts'

const CLUSTER = 'inventory/homelab/group_vars/k8s-cluster/k8s-cluster.yml'
const HOSTS = 'inventory/homelab/hosts.ini'

async function planOf(world: World, options: Partial<PlanRequest> = {}): Promise<ForkPlan> {
  return planFork(world.reopen(), { ...UPSTREAM, ...options })
}

function stepsOf({ route }: ForkPlan): readonly string[] {
  return route.steps.map(({ kubespray, kubernetes }) => `${kubespray.to} ${kubernetes.to}`)
}

async function configured(config: string): Promise<World> {
  const world = await demoWorld()
  commitFile(world, '.github/multiarch.yml', config, 'Settings')
  return world
}

async function problemsOf(work: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Refusal)) throw new Error(`no refusal: ${String(error)}`)
  return error.problems.map(({ code, at }) =>
    `${code} ${at ? `${at.file}:${at.line}:${at.column}` : ''}`.trim(),
  )
}

test('a plan has the inventory, the architectures it tells, and the whole way with reasons', async () => {
  const plan = await planOf(await demoWorld())
  const [cluster] = plan.clusters
  expect(cluster?.facts).toMatchObject({
    path: 'inventory/homelab',
    kubernetes: { value: 'v1.12.3' },
    networkPlugin: { value: 'flannel' },
    containerManager: { value: 'docker' },
  })
  expect(plan.architectures).toEqual({
    architectures: ['amd64', 'arm64'],
    from: 'inventory',
    evidence: ['arm64'],
    speaking: [],
  })
  expect(stepsOf(plan)).toEqual(['v2.9.0 v1.13.5', 'v2.10.0 v1.14.1', 'v2.11.0 v1.15.3'])
  expect(plan.route.stopped).toBeUndefined()
  for (const { reasons } of plan.route.steps) expect(reasons.length).toBeGreaterThan(0)
})

test('where the inventory tells no architecture the patches do', async () => {
  const world = await demoWorld()
  const hosts = world.git('show', `main:${HOSTS}`)
  commitFile(world, HOSTS, hosts.slice(0, hosts.indexOf('# 64-bit')), 'Say nothing of boards')
  const { architectures, route } = await planOf(world)
  expect(architectures).toMatchObject({ architectures: ['amd64', 'arm'], from: 'patches' })
  expect(architectures.evidence).toContain('Call armv7l arm, as images do')
  expect(route.stopped).toMatchObject({ code: 'not-installable', release: 'v2.9.0', architecture: 'arm' })
})

test('the config outranks both', async () => {
  const { architectures, route } = await planOf(await configured('architectures: [x86_64, ppc64le]\n'))
  expect(architectures).toMatchObject({ architectures: ['amd64', 'ppc64le'], from: 'config', evidence: [] })
  expect(route).toMatchObject({ steps: [], stopped: { code: 'not-installable', architecture: 'ppc64le' } })
})

test('of a host alone the variable counts, and the others are amd64', async () => {
  const world = await demoWorld()
  commitFile(world, HOSTS, '[all]\na\nb ansible_architecture=aarch64\n', 'Two hosts')
  expect((await planOf(world)).architectures.architectures).toEqual(['amd64', 'arm64'])
  commitFile(world, HOSTS, '[all]\na\nb\n[all:vars]\nansible_architecture=aarch64\n', 'Only boards')
  expect((await planOf(world)).architectures.architectures).toEqual(['arm64'])
})

test.each([
  ['follow: v2.9\n', ['v2.9.0 v1.13.5']],
  ['follow: v2.8\n', []],
  ['kubernetes: { max: "1.14" }\n', ['v2.9.0 v1.13.5', 'v2.10.0 v1.14.1', 'v2.11.0 v1.14.6']],
  ['kubernetes: { follow: release }\n', ['v2.9.0 v1.13.5', 'v2.10.0 v1.14.1', 'v2.11.0 v1.15.3']],
  ['kubernetes: { follow: pinned }\n', ['v2.9.0 v1.12.3']],
])('with %s the way is %j', async (config, expected) => {
  expect(stepsOf(await planOf(await configured(config)))).toEqual(expected)
})

test('a pinned version that a release has no more ends the way there, with what would open it', async () => {
  const { route } = await planOf(await configured('kubernetes: { follow: pinned }\n'))
  expect(route.stopped).toMatchObject({ code: 'kubernetes-pinned', release: 'v2.10.0' })
  expect(route.stopped?.message).toContain('Kubernetes stays at v1.12.3')
})

test('patches of the fork may bring what a release lacks', async () => {
  const world = await demoWorld()
  const downloads = 'roles/download/defaults/main.yml'
  // The fork's own release has nothing for ppc64le but this: a checksum map that also counts when it is carried on.
  const next = world.git('show', `v2.9.0:${downloads}`)
  // Another build has another checksum: one that stands under two architectures is none to rely on.
  const maps = next
    .replace(/^ {2}arm64:$/gm, '  ppc64le:')
    .replace(/^( {2})arm64: /gm, '$1ppc64le: ')
    .replace(/: ([0-9a-f]{8,})$/gm, (_, digest: string) => `: ${[...digest].reverse().join('')}`)
  const both = next.replace(/^\w+_checksums:\n/gm, (head) => {
    const from = maps.indexOf(head) + head.length
    return head + maps.slice(from, maps.indexOf('\n  amd64', from) + 1)
  })
  world.git('checkout', '--quiet', '-B', 'main', 'v2.9.0')
  commitFile(world, downloads, both, 'Checksums for POWER')
  commitFile(world, '.github/multiarch.yml', 'architectures: [amd64, ppc64le]\n', 'Settings')
  const { route } = await planOf(world)
  expect(route.steps.map(({ kubespray }) => kubespray.to)).toContain('v2.10.0')
  expect(route.steps[0]?.reasons.map(({ code }) => code)).toContain('with-patches')
})

test('what cannot be known is said, and a version given by hand helps', async () => {
  const world = await demoWorld()
  commitFile(world, CLUSTER, "kube_version: \"{{ lookup('env', 'KUBE') }}\"\n", 'From outside')
  const { route } = await planOf(world)
  expect(route).toMatchObject({ steps: [], stopped: { code: 'kubernetes-unknown' } })
  expect(route.stopped?.message).toContain(`\`${CLUSTER}\`, line 1`)
  const told = await planOf(world, { kubernetes: 'v1.12.3' })
  expect(told.route.steps).toHaveLength(3)
})

test.each([
  ['half a version', CLUSTER, 'kube_version: v1.12\n', `unknown-kubernetes ${CLUSTER}:1:1`],
  ['no version at all', CLUSTER, '---\nkube_version:\n', `unknown-kubernetes ${CLUSTER}:2:1`],
  ['a list of versions', CLUSTER, 'kube_version: [v1.12.3]\n', `unknown-kubernetes ${CLUSTER}:1:1`],
  [
    'an architecture nobody knows',
    HOSTS,
    'a ansible_architecture=amr64\n',
    `unknown-architecture ${HOSTS}:1:3`,
  ],
])('%s is refused at its place', async (_, file, text, expected) => {
  const world = await demoWorld()
  commitFile(world, file, text, 'Trouble')
  expect(await problemsOf(planOf(world))).toEqual([expected])
})

test.each([
  ['a list where variables belong', CLUSTER, '---\n- a: 1\n', `inventory-no-variables ${CLUSTER}:2:1`],
  ['a file that is no text', CLUSTER, 'a: 1\nb: \0\n', `inventory-no-text ${CLUSTER}:2:4`],
  ['YAML that is none', CLUSTER, 'kube_version: [\n', `yaml-syntax ${CLUSTER}:2:1`],
  [
    'a million aliases',
    CLUSTER,
    `a: &a 1\nb: [${'*a,'.repeat(1_000_000)}]\n`,
    `yaml-alias ${CLUSTER}:2:30005`,
  ],
  ['50 MB', CLUSTER, `a: ${'x'.repeat(50_000_000)}\n`, `yaml-too-large ${CLUSTER}:1:1`],
  ['a bracket that is never closed', HOSTS, 'a\n[b\n', `inventory-syntax ${HOSTS}:2:1`],
  ['50 MB of hosts', HOSTS, 'node x=1\n'.repeat(6_000_000), `inventory-too-large ${HOSTS}:1:1`],
  ['a section that Ansible does not know', HOSTS, '[a:hosts_]\nb\n', `inventory-syntax ${HOSTS}:2:1`],
])(
  '%s: the inventory is left alone and named at the place, and nothing is refused',
  async (_, file, text, expected) => {
    const world = await demoWorld()
    commitFile(world, file, text, 'Trouble')
    const { clusters, unread, route } = await planOf(world)
    expect(clusters).toEqual([])
    expect(unread.map(({ path }) => path)).toEqual(['inventory/homelab'])
    const [first] = unread.flatMap(({ problems }) => problems)
    expect(`${first?.code} ${first?.at?.file}:${first?.at?.line}:${first?.at?.column}`).toBe(expected)
    expect(route).toMatchObject({ steps: [], stopped: { code: 'inventory-unreadable' } })
  },
)

test('one inventory that cannot be read does not hold up the others', async () => {
  const world = await demoWorld()
  commitFile(world, 'inventory/office/group_vars/all.yml', 'kube_version: [\n', 'A slip')
  const { clusters, unread, route } = await planOf(world)
  expect(clusters.map(({ inventory }) => inventory.path)).toEqual(['inventory/homelab'])
  expect(unread.map(({ path }) => path)).toEqual(['inventory/office'])
  expect(route.steps).toHaveLength(3)
})

test.each([{}, { kubernetes: 'v1.99.0' }])(
  'a Kubernetes that no release has ends the way, with those that there are: %j',
  async (told) => {
    const world = await demoWorld()
    if (!('kubernetes' in told)) commitFile(world, CLUSTER, '---\nkube_version: v1.99.0\n', 'A slip')
    const { route } = await planOf(world, told)
    expect(route).toMatchObject({ steps: [], stopped: { code: 'kubernetes-not-offered' } })
    expect(route.stopped?.message).toContain(
      'Kubernetes 1.99 is to run now, and the releases from v2.8.0 to v2.11.0 have 1.11 to 1.15.',
    )
    if (!('kubernetes' in told)) expect(route.stopped?.opens?.join()).toContain(`\`${CLUSTER}\`, line 2`)
  },
)

test('a version older than the release has ends the way with what to do, and refuses nothing', async () => {
  const world = await demoWorld()
  commitFile(world, CLUSTER, 'kube_version: v1.9.4\n', 'Long ago')
  expect((await planOf(world)).route.stopped).toMatchObject({ code: 'below-minimum', release: 'v2.8.0' })
})

test('values that stand twice and anchors stop nothing; they are told', async () => {
  const world = await demoWorld()
  const all = 'inventory/homelab/group_vars/all.yml'
  commitFile(world, all, 'kube_version: &k v1.11.5\nold: *k\n<<: {a: 1}\nold: 2\n', 'Twice')
  const [cluster] = (await planOf(world)).clusters
  expect(cluster?.facts.kubernetes.value).toBe('v1.12.3')
  expect(cluster?.settings.problems.map(({ code }) => code).sort()).toEqual([
    'variable-set-twice',
    'yaml-duplicate-key',
  ])
})

test('the cluster furthest behind decides, and inventories can be named', async () => {
  const world = await demoWorld()
  const other = 'inventory/office/group_vars/all.yml'
  commitFile(world, other, 'kube_version: v1.11.5\n', 'An older cluster')
  const config = 'architectures: [amd64]\n'
  commitFile(world, '.github/multiarch.yml', config, 'Settings')
  const both = await planOf(world)
  expect(both.clusters.map(({ inventory }) => inventory.path)).toEqual([
    'inventory/homelab',
    'inventory/office',
  ])
  expect(both.route.steps[0]).toMatchObject({ kind: 'kubernetes', kubernetes: { from: 'v1.11.5' } })
  commitFile(world, '.github/multiarch.yml', `${config}inventories: [inventory/homelab]\n`, 'Settings')
  expect((await planOf(world)).route.steps[0]).toMatchObject({ kind: 'kubespray' })
  commitFile(world, '.github/multiarch.yml', `${config}inventories: [inventory/homelap]\n`, 'Settings')
  expect(await problemsOf(planOf(world))).toEqual(['unknown-inventory'])
})

test('the way ends where the first of several clusters cannot follow', async () => {
  const world = await demoWorld()
  const other = 'inventory/office/group_vars/all.yml'
  commitFile(world, other, 'kube_version: v1.14.9\n', 'A cluster that is ahead of all')
  commitFile(world, '.github/multiarch.yml', 'architectures: [amd64]\n', 'Settings')
  const { route } = await planOf(world)
  expect(route).toMatchObject({ steps: [], stopped: { code: 'kubernetes-ahead', release: 'v2.9.0' } })
  expect(route.stopped?.message).toMatch(/^The cluster of `inventory\/office` cannot follow\. /)
  commitFile(world, other, 'kube_version: "{{ x }}.9"\nx: v1.14\n', 'Who knows')
  expect((await planOf(world)).route.steps).toHaveLength(3)
  commitFile(world, other, 'kube_version: v1.77.0\n', 'A slip')
  const slip = (await planOf(world)).route
  expect(slip).toMatchObject({ steps: [], stopped: { code: 'kubernetes-not-offered' } })
  expect(slip.stopped?.message).toMatch(/^The cluster of `inventory\/office` cannot follow\. /)
})

test('without an inventory of its own a fork is planned with the sample', async () => {
  const world = await demoWorld()
  world.git('rm', '--quiet', '-r', 'inventory/homelab')
  world.git('commit', '--quiet', '-m', 'The inventory is elsewhere')
  const { clusters, route } = await planOf(world, { kubernetes: 'v1.12.2' })
  expect(clusters.map(({ inventory }) => inventory.isSample)).toEqual([true])
  expect(route.stopped?.code ?? route.steps[0]?.kubernetes.from).toBeDefined()
})

test('a broken config is refused at its lines, and the config of the default branch names the branch', async () => {
  const world = await configured('arch: [amd64]\nfollow: v3\n')
  expect(await problemsOf(planOf(world))).toEqual([
    'config-unknown-key .github/multiarch.yml:1:1',
    'config-wrong-value .github/multiarch.yml:2:9',
  ])
  world.git('checkout', '--quiet', '-b', 'work', 'main~1')
  world.git('checkout', '--quiet', 'main')
  commitFile(world, '.github/multiarch.yml', 'branch: work\n', 'Settings')
  expect((await planOf(world)).branch.name).toBe('work')
})

import { expect, test } from 'vitest'
import { HOME, infrastructure, type Held } from '../../support/infrastructure.ts'
import { multiarch, refused } from '../../support/run-multiarch.ts'
import { HELD, OWN, THREE_CLUSTERS } from '../../support/three-clusters.ts'

const CONFIG = '.github/multiarch.yml'

async function clusters(settings = THREE_CLUSTERS, more: Held['files'] = {}) {
  return infrastructure({ ...HELD, files: { ...HELD.files, ...more, [CONFIG]: settings } })
}

test('three clusters on two releases: planned one by one, and a step of one touches no file of another', async () => {
  const { world, upstream } = await clusters()
  const from = ['--upstream', upstream.path]
  const plan = await multiarch('plan', world.path, ...from, '--json')
  expect(plan.err).toBe('')
  const planned = JSON.parse(plan.out) as {
    clusters: { cluster: string; base: { release: string }; inventories: { path: string }[] }[]
  }
  expect(
    planned.clusters.map(({ cluster, base, inventories }) => [
      cluster,
      base.release,
      ...inventories.map(({ path }) => path),
    ]),
  ).toEqual([
    ['prod', 'v2.8.0', 'prod/inventory'],
    ['staging', 'v2.8.0', 'inventory/staging'],
    ['lab', 'v2.9.0', 'inventory/lab'],
  ])
  const told = await multiarch('plan', world.path, ...from)
  for (const name of Object.keys(OWN)) {
    expect(told.out).toMatch(new RegExp(`Cluster ["“\`']?${name}`))
    expect(told.out).toContain(`--cluster ${name}`)
  }
  expect(await refused(world, 'upgrade', world.path, ...from)).toMatch(
    /several clusters: `prod`, `staging` and `lab`\. .*`--cluster prod`/,
  )

  for (const [name, to] of [
    ['prod', '2.9.0'],
    ['staging', '2.9.0'],
    ['lab', '2.10.0'],
  ] as const) {
    const { err } = await multiarch('upgrade', world.path, ...from, '--cluster', name, '--onto', `v${to}`)
    expect(err).toBe('')
    const branch = `multiarch/${name}/kubespray-${to}`
    const changed = world.git('diff', '--name-only', 'main', branch).split('\n')
    expect(changed.length).toBeGreaterThan(0)
    const own = OWN[name] ?? []
    expect(changed.filter((path) => !own.some((place) => path.startsWith(place)))).toEqual([])
    expect(changed).toContain(name === 'staging' ? 'deps/kubespray' : own.at(-1)?.replace(/\/$/, '/Makefile'))
  }
  expect(world.git('show', 'multiarch/lab/kubespray-2.10.0:.github/multiarch.yml')).toBe(
    THREE_CLUSTERS.replace('base: v2.9.0', 'base: v2.10.0').trimEnd(),
  )
})

test.each<[string, string, RegExp]>([
  [
    'a folder that is not there',
    'clusters:\n  prod: { folder: production }\n',
    /multiarch\.yml:2:\d+.*The cluster `prod` names `production`, and there is no such thing in this repository\./,
  ],
  [
    'two that name one submodule',
    'clusters:\n  a: { layout: submodule:deps/kubespray }\n  b: { layout: submodule:deps/kubespray }\n',
    /multiarch\.yml:3:\d+.*`deps\/kubespray` is what the cluster `a` names as its own.*make them one cluster/,
  ],
  [
    'one inside another',
    'clusters:\n  a: { folder: prod }\n  b: { inventories: [prod/inventory], base: v2.8.0 }\n',
    /multiarch\.yml:3:\d+.*`prod\/inventory` overlaps `prod`/,
  ],
  [
    'a name that is no part of a branch',
    'clusters:\n  "a b": { folder: prod }\n',
    /multiarch\.yml:2:\d+.*`a b` is no name for a cluster/,
  ],
])('bad settings, %s: one sentence at its line', async (_, settings, sentence) => {
  const { world, upstream } = await clusters(settings)
  const from = ['--upstream', upstream.path]
  for (const command of ['plan', 'audit'])
    expect(await refused(world, command, world.path, ...from)).toMatch(sentence)
})

test('what a step would have to change outside of its cluster is refused, and named', async () => {
  const settings = 'clusters:\n  home: { inventories: [inventory/home/hosts.ini], base: v2.8.0 }\n'
  const { world, upstream } = await infrastructure({ files: { ...HOME, [CONFIG]: settings } })
  const step = ['upgrade', world.path, '--upstream', upstream.path, '--cluster', 'home', '--onto', 'v2.9.0']
  const sentence =
    /cluster `home`.* would have to change `inventory\/home\/group_vars\/k8s-cluster\/k8s-cluster\.yml`/
  expect(await refused(world, ...step)).toMatch(sentence)
  expect(await refused(world, ...step, '--dry-run')).toMatch(sentence)
})

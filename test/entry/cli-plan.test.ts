import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { demoWorld } from '../support/demo.ts'
import { multiarch, refused } from '../support/run-multiarch.ts'
import { commitFile } from '../support/step.ts'
import { removeFolder } from '../support/remove-folder.ts'

const CLUSTER = 'inventory/homelab/group_vars/k8s-cluster/k8s-cluster.yml'

test('plan answers in JSON with inventories, architectures and steps, as documented', async () => {
  const { path } = await demoWorld()
  const { code, out } = await multiarch('plan', path, '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    schema: 1,
    base: { release: 'v2.8.0', exact: true },
    inventories: [
      {
        path: 'inventory/homelab',
        kubernetes: 'v1.12.3',
        networkPlugin: 'flannel',
        containerManager: 'docker',
      },
    ],
    architectures: ['amd64', 'arm64'],
    architecturesFrom: { source: 'inventory', evidence: ['arm64'] },
    steps: [
      {
        kind: 'kubespray',
        kubespray: { from: 'v2.8.0', to: 'v2.9.0' },
        kubernetes: { from: 'v1.12.3', to: 'v1.13.5' },
        reasons: [
          { code: 'next-minor-release' },
          { code: 'kubernetes-next-minor' },
          { code: 'newest-usable' },
        ],
      },
      {},
      {},
    ],
  })
  expect(JSON.parse(out)).not.toHaveProperty('stopped')
})

test('plan reads well', async () => {
  const world = await demoWorld()
  const { out } = await multiarch('plan', world.path)
  expect(
    out
      .replace(world.git('rev-parse', '--short=9', 'v2.8.0'), '<v2.8.0>')
      .replace(/ {2}[0-9a-f]{9}$/gm, '  <id>')
      .replace(world.path, '<repo>'),
  ).toMatchInlineSnapshot(`
    "\`main\` stands on v2.8.0 (<v2.8.0>)

      - 1 commit changed only files of your own, which come along as they are now.

    6 patches
         patch                                                      changes  commit
      1  Download hyperkube and etcd for ARM too                    1 file   <id>
      2  Do not check kubeadm and hyperkube against one checksum    1 file   <id>
      3  Call armv7l arm, as images do                              1 file   <id>
      4  Use flannel images with a manifest for every architecture  1 file   <id>
      5  Keep the dashboard on amd64 nodes                          1 file   <id>
      6  Show an ARM node in the sample inventory                   1 file   <id>

    Own files, carried as they are: 3

    Inventories
      - Inventory inventory/homelab: Kubernetes v1.12.3, flannel, docker

    Architectures: amd64, arm64 (by the inventory: arm64)

    Route: 3 steps to v2.11.0 with Kubernetes v1.15.3
    Kubespray goes up one minor at a time, each time to its last patch release. Kubernetes goes up one minor at a
    time, as kubeadm demands.

      1. Kubespray v2.8.0 → v2.9.0, Kubernetes v1.12.3 → v1.13.5
         - v2.9.0 can install 1.13.5, the newest 1.13, on amd64 and arm64.
      2. Kubespray v2.9.0 → v2.10.0, Kubernetes v1.13.5 → v1.14.1
         - v2.10.0 can install 1.14.1, the newest 1.14, on amd64 and arm64.
      3. Kubespray v2.10.0 → v2.11.0, Kubernetes v1.14.1 → v1.15.3
         - v2.11.0 can install 1.15.3, the newest 1.15, on amd64 and arm64.

    Next
      multiarch upgrade <repo>
    "
  `)
})

test('a way that ends early is code 3, and says what would open it', async () => {
  const world = await demoWorld()
  commitFile(world, '.github/multiarch.yml', 'architectures: [amd64, s390x]\n', 'Settings')
  const text = await multiarch('plan', world.path)
  expect([text.code, text.out.includes('No s390x node in the cluster.')]).toEqual([3, true])
  const { code, out } = await multiarch('plan', world.path, '--json')
  expect(code).toBe(3)
  expect(JSON.parse(out)).toMatchObject({
    steps: [],
    stopped: { code: 'not-installable', architecture: 's390x' },
  })
})

test('route plans from a state given by hand, over the clone that is named', async () => {
  const { path } = await demoWorld()
  const state = ['--from', 'v2.8.0', '--kubernetes', 'v1.12.3', '--upstream', path]
  const text = await multiarch('route', ...state, '--architectures', 'amd64,aarch64')
  expect([text.code, text.out.split('\n')[0]]).toEqual([
    0,
    'Route: 3 steps to v2.11.0 with Kubernetes v1.15.3',
  ])
  const { code, out } = await multiarch('route', ...state, '--to', '2.9.0', '--json')
  expect(code).toBe(0)
  const answer = JSON.parse(out) as { steps: { kubernetes: object }[] }
  expect(answer.steps.map(({ kubernetes }) => kubernetes)).toEqual([{ from: 'v1.12.3', to: 'v1.13.5' }])
  const arm = await multiarch('route', ...state, '--architectures', 'arm', '--json')
  expect(arm.code).toBe(3)
  expect(JSON.parse(arm.out)).toMatchObject({
    schema: 1,
    stopped: { code: 'not-installable', release: 'v2.9.0' },
  })
})

test.each([
  ['an unknown release', ['--from', 'v2.8.9', '--kubernetes', 'v1.12.3'], 'nearest I have is `v2.8.0`'],
  ['no release', ['--from', 'master', '--kubernetes', 'v1.12.3'], 'no Kubespray release `master`'],
  ['an unknown version', ['--from', 'v2.8.0', '--kubernetes', 'v1.99.0'], 'have 1.11 to 1.15'],
  ['half a version', ['--from', 'v2.8.0', '--kubernetes', '1.12'], 'write it in full'],
  ['an unknown target', ['--from', 'v2.8.0', '--kubernetes', '1.12.3', '--to', 'v2.9.9'], '`v2.9.0`'],
  ['a target behind', ['--from', 'v2.9.0', '--kubernetes', '1.13.5', '--to', 'v2.8.0'], 'never goes down'],
  [
    'an unknown architecture',
    ['--from', 'v2.8.0', '--kubernetes', '1.12.3', '--architectures', 'amd64,amr64'],
    'Did you mean `arm64`?',
  ],
  ['no architecture', ['--from', 'v2.8.0', '--kubernetes', '1.12.3', '--architectures', ','], 'at least one'],
])('route refuses %s in a sentence', async (_, options, sentence) => {
  const world = await demoWorld()
  expect(await refused(world, 'route', '--upstream', world.path, ...options)).toContain(sentence)
})

test('route asks for what it needs', async () => {
  const { code, err } = await multiarch('route', '--from', 'v2.8.0')
  expect([code, err.includes('--kubernetes')]).toEqual([2, true])
})

test('release prints what a release holds, and answers in JSON', async () => {
  const { path } = await demoWorld()
  const text = await multiarch('release', 'v2.11.0', '--upstream', path)
  expect(text.code).toBe(0)
  expect(text.out).toContain('Kubernetes: v1.15.3 by default')
  expect(text.out).toMatch(/^ {2}arm {2,}v1\.15\.3, v1\.14\.6 {2,}4 versions$/m)
  const { out } = await multiarch('release', '2.11.0', '--upstream', path, '--json')
  expect(JSON.parse(out)).toMatchObject({
    schema: 1,
    tag: 'v2.11.0',
    kubernetes: { default: 'v1.15.3', versions: { arm64: ['v1.15.3', 'v1.15.1', 'v1.14.6', 'v1.14.1'] } },
    components: { etcd: { version: 'v3.3.10', architectures: ['amd64', 'arm64', 'arm'] } },
    addons: { ingress_nginx_enabled: { default: false } },
    paths: { checksums: 'roles/download/defaults/main.yml' },
  })
})

test('bump writes a branch of inventory changes, in JSON as an upgrade does', async () => {
  const world = await demoWorld()
  commitFile(world, CLUSTER, 'kube_version: v1.11.5\n', 'An older cluster')
  commitFile(world, '.github/multiarch.yml', 'architectures: [amd64]\n', 'Settings')
  const blocked = await multiarch('upgrade', world.path, '--json')
  expect(blocked.code).toBe(3)
  expect(JSON.parse(blocked.out)).toMatchObject({
    step: { kind: 'kubernetes' },
    blocked: { code: 'kubernetes-first' },
  })
  const dry = await multiarch('bump', world.path, '--dry-run')
  expect(dry.code).toBe(0)
  // It ends with the command that writes the branch.
  expect(dry.out.trimEnd().split('\n').slice(-2)).toEqual([
    'Dry run: nothing was written. This writes the branch:',
    `  multiarch bump ${world.path}`,
  ])
  const { code, out } = await multiarch('bump', world.path, '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    schema: 1,
    step: { kind: 'kubernetes', kubernetes: { from: 'v1.11.5', to: 'v1.12.3' } },
    branch: 'multiarch/kubernetes-1.12.3',
    commit: world.git('rev-parse', 'multiarch/kubernetes-1.12.3'),
    patches: [],
    inventory: [{ file: CLUSTER, line: 1, key: 'kube_version', from: 'v1.11.5', to: 'v1.12.3' }],
    title: 'Upgrade Kubernetes from 1.11.5 to 1.12.3 on Kubespray v2.8.0',
  })
  const again = await multiarch('bump', world.path)
  expect(again.out).toContain('Nothing to do: `multiarch/kubernetes-1.12.3` is what I would write')
})

test('upgrade names the inventory’s changes and what it found, at file and line', async () => {
  const { path } = await demoWorld()
  const { out } = await multiarch('upgrade', path, '--json')
  const answer = JSON.parse(out) as { inventory: object[]; findings: { code: string; line: number }[] }
  expect(answer.inventory).toContainEqual({
    file: CLUSTER,
    line: 2,
    key: 'kube_version',
    from: 'v1.12.3',
    to: 'v1.13.5',
  })
  expect(answer.findings.map(({ code }) => code)).toContain('verification-off')
  for (const { line } of answer.findings) expect(line).toBeGreaterThan(0)
})

test('an inventory that cannot be read: the patches are carried, it is named, and a person is needed', async () => {
  const world = await demoWorld()
  const file = 'inventory/homelab/group_vars/broken.yml'
  commitFile(world, file, 'a: [1\nb: }\n', 'A slip')
  const plan = await multiarch('plan', world.path)
  expect(plan.code).toBe(3)
  expect(plan.out.replace(/\s+/g, ' ')).toContain(`I cannot read the inventory \`inventory/homelab\``)
  const { code, out } = await multiarch('upgrade', world.path, '--json')
  expect(code).toBe(3)
  const answer = JSON.parse(out) as { branch: string; findings: { code: string }[]; patches: object[] }
  expect(answer.findings).toContainEqual(
    expect.objectContaining({ code: 'inventory-unreadable', severity: 'error', file, line: 2 }),
  )
  expect(answer.patches).toHaveLength(6)
  expect(world.git('diff', '--name-only', 'main', answer.branch, '--', 'inventory/homelab')).toBe('')
  const audit = await multiarch('audit', world.path, '--json')
  expect(audit.code).toBe(3)
  expect(audit.out).toContain('"inventory-unreadable"')
  expect((await multiarch('bump', world.path)).code).toBe(3)
})

test('a Kubernetes that nobody has: the patches are carried, and what there is is said', async () => {
  const world = await demoWorld()
  commitFile(world, CLUSTER, 'kube_version: v1.99.0\n', 'A slip')
  const { code, out } = await multiarch('upgrade', world.path, '--json')
  expect(code).toBe(3)
  const answer = JSON.parse(out) as { branch: string; findings: { code: string; message: string }[] }
  const found = answer.findings.find((each) => each.code === 'kubernetes-not-offered')
  expect(found?.message).toContain('the releases from v2.8.0 to v2.11.0 have 1.11 to 1.15')
  expect(world.git('rev-parse', answer.branch)).toMatch(/^[0-9a-f]{40}$/)
})

test('a branch that holds Kubespray no more is refused, with those that do', async () => {
  const world = await demoWorld()
  world.git('checkout', '--quiet', '-b', 'site')
  world.git('rm', '--quiet', '-r', 'roles')
  commitFile(world, 'index.html', '<p>', 'A site')
  expect(await refused(world, 'upgrade', world.path, '--branch', 'site')).toMatch(
    /The branch `site` holds Kubespray no more: of the \d+ files .* 0 are left\. .*`main` do.*`--branch`/,
  )
})

test('config check names problems at their lines, and is content with a good file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-config-'))
  onTestFinished(() => removeFolder(folder))
  const file = join(folder, 'multiarch.yml')
  writeFileSync(file, 'architectures: [amr64]\nfolow: latest\n')
  const bad = await multiarch('config', 'check', file)
  expect(bad.code).toBe(2)
  expect(bad.err.replaceAll(file, '<file>').trim().split('\n')).toEqual([
    expect.stringContaining('<file>:1:17:') as string,
    expect.stringContaining('<file>:2:1:') as string,
  ])
  expect(bad.err).toContain('`follow`')
  writeFileSync(file, 'architectures: [arm64]\n')
  expect(await multiarch('config', 'check', file)).toMatchObject({ code: 0, err: '' })
  const none = await multiarch('config', 'check', join(folder, 'none.yml'))
  expect([none.code, none.err.includes('there is no such file')]).toEqual([2, true])
})

test('config schema prints a JSON schema', async () => {
  const { code, out } = await multiarch('config', 'schema')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ type: 'object', additionalProperties: false })
})

test('reports go to a file as well', async () => {
  const { path } = await demoWorld()
  const file = join(path, '.git', 'plan.md')
  await multiarch('plan', path, '--report', file)
  expect(readFileSync(file, 'utf8')).toContain('Route: 3 steps to v2.11.0')
})

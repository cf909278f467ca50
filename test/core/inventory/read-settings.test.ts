import { expect, test } from 'vitest'
import { clusterSetting } from '../../../src/core/inventory/read-settings.ts'
import { isTagged, type YamlValue } from '../../../src/core/yaml/values/yaml-value.ts'
import { caseFiles, inventoryOf } from '../../support/inventory.ts'

function settingsOf(files: Record<string, string>) {
  return inventoryOf(new Map(Object.entries(files).map(([path, text]) => [`inventory/i/${path}`, text])))
    .settings
}

const HOSTS =
  '[kube_control_plane]\na\n[kube_node]\na\n[k8s_cluster:children]\nkube_control_plane\nkube_node\n'

/** The later line of each pair wins. */
const precedence: readonly [string, Record<string, string>, YamlValue][] = [
  [
    'the last file of a group by name',
    { 'group_vars/all/a.yml': 'x: 1\n', 'group_vars/all/b.yml': 'x: 2\n' },
    2,
  ],
  [
    'capitals before small letters',
    { 'group_vars/all/a.yml': 'x: 1\n', 'group_vars/all/B.yml': 'x: 2\n' },
    1,
  ],
  [
    'the cluster’s group over `all`',
    { 'group_vars/k8s_cluster.yml': 'x: 2\n', 'group_vars/all.yml': 'x: 1\n' },
    2,
  ],
  [
    'its old name over `all`',
    { 'group_vars/all.yml': 'x: 1\n', 'group_vars/k8s-cluster/a.yml': 'x: 2\n' },
    2,
  ],
  [
    'a child over its parent',
    { 'group_vars/kube_control_plane.yml': 'x: 2\n', 'group_vars/k8s_cluster.yml': 'x: 1\n' },
    2,
  ],
  [
    'a file over the inventory',
    { 'hosts.ini': `${HOSTS}[k8s_cluster:vars]\nx=1\n`, 'group_vars/all.yml': 'x: 2\n' },
    2,
  ],
  ['the last of a key twice', { 'group_vars/all.yml': 'x: 1\nx: 2\n' }, 2],
  ['INI where nothing else is', { 'hosts.ini': '[all:vars]\nx=v1\n' }, 'v1'],
  ['not a host’s own', { 'group_vars/all.yml': 'x: 1\n', 'host_vars/a.yml': 'x: 2\n' }, 1],
  ['not another group’s', { 'group_vars/all.yml': 'x: 1\n', 'group_vars/kube_node.yml': 'x: 2\n' }, 1],
  ['another group’s where no other is', { 'group_vars/etcd.yml': 'x: 2\n' }, 2],
  ['what a merge key brings', { 'group_vars/all.yml': 'a: &a\n  x: 1\n<<: *a\n' }, 1],
]

test.each(precedence)('for the cluster counts %s', (_title, files, value) => {
  expect(clusterSetting(settingsOf({ 'hosts.ini': HOSTS, ...files }), 'x')?.value).toBe(value)
})

test('tells file, line, column, what is written and what it means', () => {
  const { settings } = inventoryOf(caseFiles('mixed-architectures', 'before'))
  expect(clusterSetting(settings, 'container_manager')).toMatchObject({
    at: { file: 'inventory/home/group_vars/k8s_cluster/k8s-cluster.yml', line: 27, column: 1 },
    written: "'containerd'",
    value: 'containerd',
    nature: 'plain',
  })
  expect(clusterSetting(settings, 'ntp_enabled')).toMatchObject({ written: 'yes', value: true })
  expect(clusterSetting(settings, 'calico_cni_name')?.at).toMatchObject({ line: 5, column: 1 })
  expect(clusterSetting(settings, 'kubelet_custom_flags')?.value).toBe('--event-qps=50 --max-pods=60')
})

test('passes templates and encrypted values through', () => {
  const { settings } = inventoryOf(caseFiles('mixed-architectures', 'before'))
  const password = clusterSetting(settings, 'registry_password')
  expect(password?.nature).toBe('encrypted')
  expect(isTagged(password?.value) && password.value.tag).toBe('!vault')
  expect(clusterSetting(settings, 'metallb_enabled')).toMatchObject({ nature: 'template' })
})

test('reads hosts and variables of a YAML inventory', () => {
  const { settings } = inventoryOf(caseFiles('yaml-hosts', 'before'))
  expect(settings.hosts.get('kube_node')).toEqual(['amd1', 'arm1'])
  expect([...(settings.children.get('k8s_cluster') ?? [])]).toEqual(['kube_control_plane', 'kube_node'])
  const arm = settings.settings.filter(({ scope }) => scope.name === 'arm1')
  expect(arm.map(({ name, value, at }) => [name, value, at.line])).toEqual([
    ['ansible_architecture', 'aarch64', 11],
    ['ansible_user', 'admin', 10],
  ])
  expect(clusterSetting(settings, 'image_tag')?.value).toBe('1.33.7')
})

test('every kind of trouble is a problem at its place, and no value is quoted', () => {
  const { settings } = inventoryOf(caseFiles('trouble', 'before'))
  const places = settings.problems.map(
    ({ code, at }) => `${code} ${at?.file.slice('inventory/mess/'.length)}:${at?.line}:${at?.column}`,
  )
  expect(places).toEqual([
    'inventory-syntax hosts.ini:6:5',
    'inventory-syntax hosts.ini:9:1',
    'yaml-duplicate-key group_vars/all/all.yml:3:1',
    'yaml-syntax group_vars/all/broken.yml:3:1',
    'inventory-no-variables group_vars/all/list.yml:1:1',
    'variable-set-twice group_vars/all/all.yml:2:1',
  ])
  expect(settings.problems.map(({ message }) => message).join()).not.toMatch(/flannel|calico|3031/)
})

test.each(['null\n...\n', '---\n', '{}\n', '[]\n', '~\n', 'false\n', '# nothing yet\n'])(
  'a file of variables that says nothing, %j, is an empty one, as it is to Ansible',
  (text) => {
    const { settings, problems } = settingsOf({
      'group_vars/all/a.yml': text,
      'group_vars/all/b.yml': 'x: 1\n',
    })
    expect(problems).toEqual([])
    expect(settings.map(({ name }) => name)).toEqual(['x'])
  },
)

test('a variable with two values is told where it does not count', () => {
  const { problems } = settingsOf({
    'group_vars/all/a.yml': 'x: 1\ny: 1\nz: 1\n',
    'group_vars/all/b.yml': 'x: 2\ny: 1\n',
    'group_vars/kube_node.yml': 'z: 2\n',
  })
  expect(problems).toEqual([
    {
      code: 'variable-set-twice',
      message:
        '`x` has another value in `inventory/i/group_vars/all/b.yml`, line 1, and Ansible takes that one. Remove one of the two.',
      at: { file: 'inventory/i/group_vars/all/a.yml', line: 1, column: 1 },
    },
  ])
})

test('a file that Ansible does not read sets nothing and is told', () => {
  const { settings } = inventoryOf(caseFiles('old-names', 'before'))
  expect(settings.problems.map(({ code, at }) => [code, at?.file])).toEqual([
    ['inventory-file-not-read', 'inventory/prod/group_vars/all.yml'],
  ])
  expect(clusterSetting(settings, 'kube_version')?.value).toBe('v1.16.15')
})

test('hostile files are refused one by one', () => {
  const { problems, settings } = settingsOf({
    'group_vars/all/a.yml': `a: &a 1\nb: [${'*a,'.repeat(1_000_000)}]\n`,
    'group_vars/all/b.yml': `x: ${'y'.repeat(50_000_000)}\n`,
    'group_vars/all/c.yml': 'kube_version: v1.30.6\n',
  })
  expect(problems.map(({ code }) => code)).toEqual(['yaml-alias', 'yaml-too-large'])
  expect(settings.map(({ name }) => name)).toEqual(['kube_version'])
})

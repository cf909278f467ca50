import { expect, test } from 'vitest'
import { filesOf, findInventories } from '../../../src/core/inventory/find-inventories.ts'
import { withChanges } from '../../../src/core/model/tree.ts'
import { treeOf } from '../../support/inventory.ts'

const UPSTREAM = [
  'contrib/dind/group_vars/all/all.yaml',
  'contrib/terraform/aws/inventory/hosts.ini',
  'inventory/local/hosts.ini',
  'inventory/sample/group_vars/all/all.yml',
  'inventory/sample/inventory.ini',
  'roles/kubernetes/preinstall/tasks/main.yml',
  'test-infra/image-builder/hosts.ini',
  'tests/files/packet_ubuntu.yml',
]

function pathsOf(files: readonly string[]): readonly string[] {
  return findInventories(treeOf([...UPSTREAM, ...files])).map((inventory) => inventory.path)
}

const table: readonly [string, readonly string[], readonly string[]][] = [
  ['nothing but the sample', [], ['inventory/sample']],
  ['one beside the sample', ['inventory/home/hosts.yml'], ['inventory/home']],
  [
    'several, sorted',
    ['inventory/b/inventory.ini', 'inventory/a/hosts.yaml'],
    ['inventory/a', 'inventory/b'],
  ],
  ['one known by its variables alone', ['inventory/home/group_vars/all.yml'], ['inventory/home']],
  ['one at the root', ['hosts.ini', 'group_vars/all.yml'], ['']],
  ['one right below `inventory`', ['inventory/group_vars/all.yml'], ['inventory']],
  ['one anywhere else', ['clusters/prod/inventory.ini'], ['clusters/prod']],
  [
    'nothing in what Helm reads of a chart',
    ['apps/dns/Chart.yaml', 'apps/dns/templates/hosts.yaml', 'apps/dns/charts/x/inventory.yaml'],
    ['inventory/sample'],
  ],
  ['one beside a chart', ['site/Chart.yml', 'site/hosts.yaml', 'site/crds/hosts.yaml'], ['site']],
]

test.each(table)('finds %s', (_title, files, paths) => {
  expect(pathsOf(files)).toEqual(paths)
})

test('what is upstream’s by its base release is not the user’s, wherever it lies', () => {
  const base = treeOf([...UPSTREAM, 'somewhere/group_vars/all.yml'])
  const own = withChanges(base, treeOf(['inventory/home/hosts.ini']))
  expect(findInventories(own, base).map((inventory) => inventory.path)).toEqual(['inventory/home'])
  expect(findInventories(own).map((inventory) => inventory.path)).toEqual(['inventory/home', 'somewhere'])
})

test('lists files in the order Ansible reads them', () => {
  const files = [
    'i/group_vars/all/z.yml',
    'i/group_vars/all/a/later.yml',
    'i/group_vars/all/a.yml',
    'i/group_vars/all/B',
    'i/group_vars/k8s-cluster.yaml',
    'i/group_vars/all/.hidden.yml',
    'i/group_vars/all/a.yml~',
    'i/group_vars/all/notes.md',
    'i/host_vars/node1.example.com',
    'i/host_vars/node1.yml',
    'i/host_vars/README.md',
    'i/hosts.ini',
    'i/aws.ini',
    'i/artifacts/admin.conf',
  ]
  const [inventory] = findInventories(treeOf(files))
  if (!inventory) throw new Error('no inventory')
  expect(filesOf(inventory)).toEqual([
    'i/aws.ini',
    'i/hosts.ini',
    'i/group_vars/all/B',
    'i/group_vars/all/a/later.yml',
    'i/group_vars/all/a.yml',
    'i/group_vars/all/z.yml',
    'i/group_vars/k8s-cluster.yaml',
    'i/host_vars/node1.yml',
    'i/host_vars/node1.example.com',
  ])
  expect(inventory.variableFiles.map(({ scope }) => scope.name)).toEqual([
    ...['all', 'all', 'all', 'all', 'k8s-cluster'],
    ...['node1', 'node1.example.com'],
  ])
})

test('a file beside a folder of its name is not read', () => {
  const files = [
    'i/group_vars/all.yml',
    'i/group_vars/all/all.yml',
    'i/group_vars/etcd.yml',
    'i/group_vars/etcd.yaml',
  ]
  const [inventory] = findInventories(treeOf(files))
  expect(inventory?.shadowed).toEqual([
    { path: 'i/group_vars/all.yml', by: 'i/group_vars/all' },
    { path: 'i/group_vars/etcd.yaml', by: 'i/group_vars/etcd.yml' },
  ])
  expect(inventory?.variableFiles.map(({ path }) => path)).toEqual([
    'i/group_vars/all/all.yml',
    'i/group_vars/etcd.yml',
  ])
})

test('a symbolic link holds no variables', () => {
  const link = treeOf(['i/group_vars/all.yml']).get('i/group_vars/all.yml')
  if (!link) throw new Error('no entry')
  expect(findInventories(new Map([['i/group_vars/all.yml', { ...link, mode: '120000' }]]))).toEqual([])
})

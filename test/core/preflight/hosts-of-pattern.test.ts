import { describe, expect, test } from 'vitest'
import type { InventorySettings } from '../../../src/core/inventory/read-settings.ts'
import {
  hostClasses,
  hostsOf,
  isInPattern,
  namesOfGroup,
  settingsFor,
  type HostClass,
  type Hosts,
} from '../../../src/core/preflight/host-class.ts'

const HOSTS: Hosts = {
  groups: new Map([
    ['all', ['cp1', 'cp2', 'n1', 'n2']],
    ['kube_control_plane', ['cp1', 'cp2']],
    ['kube_node', ['n1', 'n2']],
    ['etcd', ['cp1']],
  ]),
}

function classOf(host: string): HostClass {
  const found = hostClasses(HOSTS).find(({ hosts }) => hosts.includes(host))
  if (!found) throw new Error(`no ${host}`)
  return found
}

// Ansible's own patterns: https://docs.ansible.com/ansible/latest/inventory_guide/intro_patterns.html
test.each<[string, string, boolean | undefined]>([
  ['all', 'n1', true],
  ['*', 'n1', true],
  ['localhost', 'n1', true],
  ['kube_node', 'n1', true],
  ['kube_node', 'cp1', false],
  ['kube-node', 'n1', true],
  ['cp2', 'cp2', true],
  ['kube_control_plane:kube_node', 'n1', true],
  ['kube_node,kube_control_plane', 'cp1', true],
  ['kube_node : kube_control_plane', 'cp1', true],
  ['all:!kube_node', 'n1', false],
  ['all:!kube_node', 'cp1', true],
  ['!kube_node:all', 'n1', false],
  ['!kube_node:all', 'cp1', true],
  ['!kube_node', 'n1', false],
  ['!kube_node', 'cp1', true],
  ['&etcd', 'cp1', true],
  ['&etcd', 'cp2', false],
  ['&etcd:kube_control_plane', 'cp2', false],
  ['&etcd:kube_control_plane', 'cp1', true],
  ['all:!etcd:!kube_node', 'cp2', true],
  ['all:!etcd:!kube_node', 'cp1', false],
  ['kube_*:!kube_node', 'n1', undefined],
  ['kube_control_plane:&etcd', 'cp1', true],
  ['kube_control_plane:&etcd', 'cp2', false],
  ['kube_node:&etcd', 'cp1', false],
  ['kube_control_plane[0]', 'cp1', true],
  ['kube_control_plane[0]', 'cp2', false],
  ['kube_control_plane[1:]', 'cp1', false],
  ['kube_control_plane[1:]', 'cp2', true],
  ['kube_control_plane[1:]', 'n1', false],
  ['kube_control_plane[1]', 'cp2', undefined],
  ['calico_rr[1]', 'cp2', false],
  ['calico_rr', 'cp2', false],
  ['kube_*', 'n1', undefined],
  ['~kube.*', 'n1', undefined],
  ['kube_nod?', 'n1', undefined],
  ['kube_node:kube_*', 'n1', undefined],
  ['', 'n1', undefined],
])('%j with %s: %s', (pattern, host, expected) => {
  expect(isInPattern(pattern, classOf(host), HOSTS)).toBe(expected)
})

describe('who is in which group', () => {
  const inventory = (hosts: Record<string, string[]>, children: Record<string, string[]> = {}) =>
    hostsOf({
      hosts: new Map(Object.entries(hosts)),
      children: new Map(Object.entries(children).map(([group, names]) => [group, new Set(names)])),
    } as unknown as InventorySettings)?.groups

  test('a group has the hosts of its children, and theirs, each once', () => {
    const groups = inventory(
      { one: ['a', 'b'], two: ['b', 'c'], three: ['d'] },
      { top: ['one', 'under'], under: ['two', 'three', 'top'] },
    )
    expect(groups?.get('top')).toEqual(['a', 'b', 'c', 'd'])
    expect(groups?.get('under')).toEqual(['b', 'c', 'd', 'a'])
    expect(groups?.get('all')).toEqual(['a', 'b', 'c', 'd'])
  })

  test('ranges are written out', () => {
    expect(inventory({ one: ['n[1:3]'] })?.get('one')).toEqual(['n1', 'n2', 'n3'])
  })

  test('the cluster’s own group has those that Kubespray puts into it', () => {
    expect(inventory({ kube_node: ['a'], etcd: ['b'] })?.get('k8s_cluster')).toEqual(['a'])
    expect(inventory({ etcd: ['b'] })?.has('k8s_cluster')).toBe(false)
  })

  test('nobody is named: somebody else says who is where', () => {
    expect(inventory({ one: [] }, { top: ['one'] })).toBeUndefined()
    expect(inventory({})).toBeUndefined()
  })

  test('`all` has everybody, whatever an inventory says of it', () => {
    expect(inventory({ all: ['a'], one: ['b'] }, { all: ['one'] })?.get('all')).toEqual(['a', 'b'])
  })
})

test.each([
  ['kube_node', ['kube_node', 'kube-node']],
  ['kube_control_plane', ['kube_control_plane', 'kube-master']],
  ['etcd', ['etcd']],
])('a group %s is known by %j', (name, names) => {
  expect(namesOfGroup(name)).toEqual(names)
})

test('settings hold for the hosts of their group, and for hosts of that name', () => {
  const setting = (kind: string, name: string) => ({ scope: { kind, name } })
  const all = [
    ...[
      setting('group', 'kube_node'),
      setting('group', 'etcd'),
      setting('host', 'n1'),
      setting('host', 'n[2:3]'),
    ],
    setting('host', 'cp1'),
  ]
  const found = settingsFor(classOf('n2'), { settings: all } as unknown as InventorySettings)
  expect(found.map(({ scope }) => scope.name)).toEqual(['kube_node', 'n[2:3]'])
})

test('hosts are of one class that stand in the same groups, the first of each aside', () => {
  const groups = new Map([
    ['all', ['a', 'b', 'c', 'd_e', 'x.example']],
    ['kube_node', ['a', 'b', 'c', 'd_e', 'x.example']],
  ])
  const classes = hostClasses({ groups })
  // No DNS name can be `d_e`: releases check that.
  expect(classes.map(({ hosts }) => hosts)).toEqual([['a'], ['b', 'c', 'x.example'], ['d_e']])
  expect(classes[0]).toMatchObject({ host: 'a', firstOf: new Set(['all', 'kube_node']) })
})

import { expect, test } from 'vitest'
import {
  hostClasses,
  isInPattern,
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
  ['!kube_node', 'cp1', false],
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

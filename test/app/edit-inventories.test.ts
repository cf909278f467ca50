import { expect, test } from 'vitest'
import { editCluster, type EditedInventory } from '../../src/app/edit-inventories.ts'
import { readFacts } from '../../src/core/inventory/facts.ts'
import type { InventoryChange } from '../../src/core/inventory/step-changes.ts'
import { differingPaths } from '../../src/core/model/tree.ts'
import { inventoryOf, treeOf } from '../support/inventory.ts'

const MASTER: InventoryChange = { kind: 'group', from: 'kube-master', to: 'kube_control_plane', why: 'Why.' }
const CLUSTER: InventoryChange = { kind: 'group', from: 'k8s-cluster', to: 'k8s_cluster', why: 'Why.' }

function edited(files: ReadonlyMap<string, string>, changes: readonly InventoryChange[]): EditedInventory {
  const read = inventoryOf(files)
  const facts = readFacts(read.inventory, read.settings, { addons: new Map() })
  return editCluster(treeOf(files), { ...read, facts }, changes)
}

const FILES = new Map([
  ['inventory/mine/hosts.ini', '[kube-master]\na\n[k8s-cluster:children]\nkube-master\n'],
  ['inventory/mine/group_vars/k8s-cluster/main.yml', 'kube_version: v1.19.9\n'],
  ['inventory/mine/group_vars/k8s-cluster/notes.md', 'Notes\n'],
  ['inventory/mine/group_vars/kube-master.yml', 'a: 1\n'],
  ['inventory/mine/group_vars/kube-masters.yml', 'b: 1\n'],
])

test('a group is renamed in the files of hosts, and its folder or file of variables goes along', () => {
  const { edits } = edited(FILES, [MASTER, CLUSTER])
  expect(edits.map(({ title }) => title)).toEqual([
    'inventory/mine: call the group kube-master kube_control_plane',
    'inventory/mine: call the group k8s-cluster k8s_cluster',
  ])
  const tree = edits.at(-1)?.tree
  expect([...(tree?.keys() ?? [])].sort()).toEqual([
    'inventory/mine/group_vars/k8s_cluster/main.yml',
    'inventory/mine/group_vars/k8s_cluster/notes.md',
    'inventory/mine/group_vars/kube-masters.yml',
    'inventory/mine/group_vars/kube_control_plane.yml',
    'inventory/mine/hosts.ini',
  ])
  const hosts = [...(edits.at(-1)?.newBlobs.values() ?? [])].map((bytes) => Buffer.from(bytes).toString())
  expect(hosts).toEqual(['[kube_control_plane]\na\n[k8s_cluster:children]\nkube_control_plane\n'])
  expect(edits[0]?.changed).toEqual([
    {
      file: 'inventory/mine/hosts.ini',
      line: 1,
      key: 'kube-master',
      from: 'kube-master',
      to: 'kube_control_plane',
    },
    {
      file: 'inventory/mine/group_vars/kube-master.yml',
      line: 1,
      key: 'kube-master.yml',
      from: 'inventory/mine/group_vars/kube-master.yml',
      to: 'inventory/mine/group_vars/kube_control_plane.yml',
    },
  ])
})

test.each([
  [
    'both names are in use',
    'inventory/mine/hosts.ini',
    '[kube-master]\na\n[kube_control_plane:children]\nkube-master\n',
  ],
  ['the new file is there', 'inventory/mine/group_vars/kube_control_plane.yml', 'c: 1\n'],
])('a group stays as it is where %s', (_, file, text) => {
  expect(edited(new Map([...FILES, [file, text]]), [MASTER]).edits).toEqual([])
})

test('changes are made one on the other, each with its own tree', () => {
  const { edits } = edited(FILES, [
    { kind: 'variable', change: { kind: 'set', name: 'kube_version', value: 'v1.20.7' }, why: 'Why.' },
    { kind: 'variable', change: { kind: 'set', name: 'kube_version', value: 'v1.20.7' }, why: 'Again.' },
    { kind: 'variable', change: { kind: 'rename', name: 'a', to: 'c' }, why: 'Why.' },
    { kind: 'variable', change: { kind: 'remove', name: 'b' }, why: 'Why.' },
    { kind: 'variable', change: { kind: 'set', name: 'container_manager', value: 'docker' }, why: 'Why.' },
  ])
  expect(edits.map(({ title }) => title)).toEqual([
    'inventory/mine: kube_version v1.19.9 → v1.20.7',
    'inventory/mine: call a c',
    'inventory/mine: take out b',
    'inventory/mine: set container_manager to docker',
  ])
  const trees = [treeOf(FILES), ...edits.map(({ tree }) => tree)]
  const steps = trees.slice(1).map((tree, index) => differingPaths(trees[index] as typeof tree, tree).length)
  expect(steps).toEqual([1, 1, 1, 1])
})

test('what only Ansible can work out is left to a person, at its place', () => {
  const files = new Map([['i/group_vars/all.yml', 'kube_version: "{{ x }}.3"\n']])
  const { edits, problems } = edited(files, [
    { kind: 'variable', change: { kind: 'set', name: 'kube_version', value: '1.32.8' }, why: 'Why.' },
  ])
  expect(edits).toEqual([])
  expect(problems).toMatchObject([
    { code: 'variable-is-template', at: { file: 'i/group_vars/all.yml', line: 1 } },
  ])
})

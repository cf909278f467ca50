import { expect, test } from 'vitest'
import { editCluster, type EditedInventory } from '../../../src/app/carry/edit-cluster.ts'
import type { InventoryChange } from '../../../src/core/inventory/step-changes.ts'
import { inventoryOf, treeOf } from '../../support/inventory.ts'

const set = (name: string, value: string): InventoryChange => ({
  ...{ kind: 'variable', why: 'Because.' },
  change: { kind: 'set', name, value },
})

function edited(files: Record<string, string>, changes: readonly InventoryChange[]): EditedInventory {
  const all = new Map(Object.entries(files).map(([path, text]) => [`inventory/i/${path}`, text]))
  return editCluster(treeOf(all), inventoryOf(all), changes)
}

/** The texts that each edit wrote. */
function writtenBy({ edits }: EditedInventory): readonly (readonly string[])[] {
  return edits.map(({ newBlobs }) => [...newBlobs.values()].map((each) => Buffer.from(each).toString()))
}

test('two new variables share the file that is made for the first', () => {
  const done = edited({ 'hosts.ini': '[etcd]\na\n' }, [
    set('kube_version', '1.34.7'),
    set('container_manager', 'docker'),
  ])
  expect(writtenBy(done)).toEqual([
    ['---\nkube_version: 1.34.7\n'],
    ['---\nkube_version: 1.34.7\ncontainer_manager: docker\n'],
  ])
})

test('what is changed after a group was renamed is changed where its files are now', () => {
  const done = edited({ 'hosts.ini': '[k8s-cluster]\na\n', 'group_vars/k8s-cluster/a.yml': 'x: 1\n' }, [
    { kind: 'group', from: 'k8s-cluster', to: 'k8s_cluster', why: 'Because.' },
    set('x', 'v'),
  ])
  expect(writtenBy(done)).toEqual([['[k8s_cluster]\na\n'], ['x: v\n']])
  expect([...(done.edits.at(-1)?.tree.keys() ?? [])].sort()).toEqual([
    'inventory/i/group_vars/k8s_cluster/a.yml',
    'inventory/i/hosts.ini',
  ])
})

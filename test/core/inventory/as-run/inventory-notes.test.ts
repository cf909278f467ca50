import { expect, test } from 'vitest'
import type { InventoriesAsRun } from '../../../../src/core/inventory/as-run/inventories-as-run.ts'
import { filesOf } from '../../../../src/core/inventory/find-inventories.ts'
import { clusterSetting, readSettings } from '../../../../src/core/inventory/read-settings.ts'
import type { Tree } from '../../../../src/core/model/tree.ts'
import { treeOf } from '../../../support/inventory.ts'
import { runInventories } from '../../../support/run-inventories.ts'

type Files = Readonly<Record<string, string>>

function asRun(files: Files, base?: Tree): InventoriesAsRun {
  return runInventories(new Map(Object.entries(files)), base)
}

/** `path (files of hosts) + what is handed in`, one an inventory. */
function said({ inventories }: InventoriesAsRun): readonly string[] {
  return inventories.map(({ inventory: { path, hostFiles, dynamic, extra } }) => {
    const names = [...hostFiles, ...dynamic.map((each) => `${each}?`)].map((each) => each.split('/').at(-1))
    const handedIn = extra.map((each) => (each.kind === 'file' ? `@${each.path}` : each.path))
    return `${path} (${names.join(' ')})${handedIn.length > 0 ? ` + ${handedIn.join(' ')}` : ''}`
  })
}

const one = (host: string): string =>
  `[kube_control_plane]\n${host}\n[kube_node]\n${host}\n[k8s_cluster:children]\nkube_control_plane\nkube_node\n`
const VARS = 'kube_version: v1.30.4\n'

test('alternatives share their folder’s variables, and each sets what is its own', () => {
  const files = {
    'x/a.ini': `${one('a1')}[all:vars]\nkube_version=v1.30.1\n`,
    'x/b.ini': `${one('b1')}[all:vars]\nkube_version=v1.31.1\n`,
    'x/group_vars/k8s_cluster.yml': 'container_manager: crio\n',
  }
  const values = asRun(files).inventories.map(({ inventory }) => {
    const texts = new Map(filesOf(inventory).map((path) => [path, files[path as keyof typeof files]]))
    const settings = readSettings(inventory, texts)
    return ['kube_version', 'container_manager'].map((name) => clusterSetting(settings, name)?.value)
  })
  expect(values).toEqual([
    ['v1.30.1', 'crio'],
    ['v1.31.1', 'crio'],
  ])
})

test('what is left out is told with the reason', () => {
  const { leftOut } = asRun({
    'x/a.ini': one('a1'),
    'x/b.ini': one('b1'),
    'run.sh': 'ansible-playbook -i x/a.ini cluster.yml\n',
    'inventory/sample/hosts.ini': one('s1'),
    'sbom/hosts.yml': 'all:\n  hosts:\n    x:\n',
  })
  expect(leftOut).toEqual([
    { path: 'sbom', why: 'no-kubespray' },
    { path: 'inventory/sample', why: 'sample' },
    { path: 'x/b.ini', why: 'not-run' },
  ])
})

test('what nobody can read is not taken for another project’s', () => {
  expect(said(asRun({ 'x/hosts.yml': 'all: [\n', 'y/hosts.ini': one('a1') }))).toEqual([
    'x (hosts.yml)',
    'y (hosts.ini)',
  ])
  const vault = '$ANSIBLE_VAULT;1.1;AES256\n00\n'
  expect(said(asRun({ 'x/group_vars/all/vault.yml': vault, 'x/hosts.ini': one('a1') }))).toEqual([
    'x (hosts.ini)',
  ])
})

test('notes say what is not known', () => {
  const [only] = asRun({
    'x/terraform.py': '#!/usr/bin/env python\n',
    'x/group_vars/all.yml': VARS,
    'x/more.yml': 'container_manager: crio\n',
    'run.sh': 'ansible-playbook -i x/terraform.py cluster.yml -e @secrets.yml\n',
  }).inventories
  expect(only?.notes).toEqual([
    { kind: 'dynamic', file: 'x/terraform.py' },
    { kind: 'unknown-extra', written: 'secrets.yml', at: { file: 'run.sh', line: 1, column: 1 } },
    { kind: 'not-handed-in', file: 'x/more.yml', at: { file: 'x/more.yml', line: 1, column: 1 } },
  ])
})

test('upstream’s own files say nothing, as the release has them', () => {
  const upstream = {
    'roles/kubespray-defaults/defaults/main.yml': 'kube_version: v1\n',
    'inventory/sample/inventory.ini': one('s1'),
    'inventory/local/hosts.ini': one('l1'),
    'tests/run.sh': 'ansible-playbook -i tests/x.ini cluster.yml -e kube_version=v1.2.3\n',
    'scripts/x.sh': 'ansible-playbook -i inventory/home/a.ini cluster.yml -e kube_version=v1.2.3\n',
    'tests/x.ini': one('t1'),
  }
  const files = { ...upstream, 'inventory/home/a.ini': one('a1'), 'inventory/home/b.ini': one('b1') }
  expect(said(asRun(files, treeOf(new Map(Object.entries(upstream)))))).toEqual([
    'inventory/home/a.ini (a.ini)',
    'inventory/home/b.ini (b.ini)',
  ])
})

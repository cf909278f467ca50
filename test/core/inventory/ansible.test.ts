import { describe, expect, test } from 'vitest'
import { editInventory } from '../../../src/core/inventory/edit-inventory.ts'
import { clusterSetting } from '../../../src/core/inventory/read-settings.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import type { VariableChange } from '../../../src/core/inventory/change.ts'
import { isTagged, isYamlMap, type YamlValue } from '../../../src/core/yaml/values/yaml-value.ts'
import { ansibleMissing, hostVariables } from '../../support/ansible.ts'
import { caseChanges, caseFiles, inventoryOf } from '../../support/inventory.ts'

const missing = ansibleMissing()

/** A control plane node's variables are the cluster's, but for what stands behind its own name. */
const cases: readonly [string, string, string][] = [
  ['mixed-architectures', 'inventory/home/inventory.ini', 'node1'],
  ['old-names', 'inventory/prod/hosts.ini', 'master1'],
  ['ini-only', 'inventory/edge/inventory.ini', 'edge1'],
  ['yaml-hosts', 'inventory/lab/hosts.yaml', 'amd1'],
]

describe.skipIf(missing)(missing ?? 'Ansible takes the same values', () => {
  test.each(cases)('of %s as it is', (name, hostFile, host) => {
    const files = caseFiles(name, 'before')
    expect(clusterValues(files, host)).toEqual(ansibleValues(files, hostFile, host))
  })

  test.each(cases)('of %s after the changes', (name, hostFile, host) => {
    const files = caseFiles(name, 'before')
    const { edits, newFiles } = editInventory(inventoryOf(files), caseChanges(name) as VariableChange[])
    const edited = [...edits].map(
      ([file, own]) => [file, applyEdits(files.get(file) as string, own)] as const,
    )
    const after = new Map([...files, ...edited, ...newFiles])
    expect(clusterValues(after, host)).toEqual(ansibleValues(after, hostFile, host))
  })

  test('where files, groups and spellings compete', () => {
    const files = new Map([
      [
        'i/hosts.ini',
        '[kube_control_plane]\na own=1\n[zebra]\na\n[k8s_cluster:children]\nkube_control_plane\n[all:vars]\nx=1\n[k8s_cluster:vars]\nx=2\nw=2.50\n',
      ],
      ['i/group_vars/all.yml', 'x: never read\n'],
      ['i/group_vars/all/B.yml', 'x: 3\ny: 0o17\nz: 1e3\nv: 1_000\nu: 1:30\nt: off\ns: 010\n'],
      ['i/group_vars/all/a', 'x: 4\n'],
      ['i/group_vars/all/.hidden.yml', 'x: 5\n'],
      ['i/group_vars/k8s_cluster/1/b.yml', 'k: 1\n'],
      ['i/group_vars/k8s_cluster/1.yml', 'k: 2\n'],
      ['i/group_vars/k8s_cluster.yml', 'k: 3\n'],
      ['i/group_vars/kube_control_plane.yaml', 'k: &k {a: 1}\nm: {<<: *k, b: 2}\n'],
      ['i/group_vars/kube_control_plane.yml', 'x: yml\n'],
    ])
    expect(clusterValues(files, 'a')).toEqual(ansibleValues(files, 'i/hosts.ini', 'a'))
  })
})

function clusterValues(files: ReadonlyMap<string, string>, host: string): Record<string, unknown> {
  const { settings } = inventoryOf(files)
  const own = new Set(settings.settings.filter(({ scope }) => scope.name === host).map(({ name }) => name))
  const names = new Set(settings.settings.map(({ name }) => name))
  const values: Record<string, unknown> = {}
  for (const name of names) {
    const setting = clusterSetting(settings, name)
    if (setting && !own.has(name)) values[name] = plain(setting.value)
  }
  return values
}

function ansibleValues(
  files: ReadonlyMap<string, string>,
  hostFile: string,
  host: string,
): Record<string, unknown> {
  const { settings } = inventoryOf(files)
  const own = settings.settings.filter(({ scope }) => scope.name === host).map(({ name }) => name)
  const values = hostVariables(files, hostFile, host)
  for (const name of own) delete values[name]
  return values
}

/** As JSON has it; Ansible prints an encrypted value as `{__ansible_vault: …}`. */
function plain(value: YamlValue): unknown {
  if (isTagged(value)) return { __ansible_vault: plain(value.value) }
  if (isYamlMap(value)) return Object.fromEntries([...value].map(([key, each]) => [key, plain(each)]))
  return Array.isArray(value) ? (value as readonly YamlValue[]).map(plain) : value
}

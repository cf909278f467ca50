import { describe, expect, test } from 'vitest'
import type { VariableChange } from '../../../src/core/inventory/change.ts'
import { editInventory } from '../../../src/core/inventory/edit-inventory.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { caseChanges, caseFiles, inventoryCases, inventoryOf } from '../../support/inventory.ts'

function edited(files: ReadonlyMap<string, string>, changes: readonly VariableChange[]) {
  const result = editInventory(inventoryOf(files), changes)
  const texts = [...result.edits].map(
    ([file, edits]) => [file, applyEdits(files.get(file) as string, edits)] as const,
  )
  return { ...result, after: new Map([...texts, ...result.newFiles]) }
}

describe('the cases of fixtures/inventories come out as written', () => {
  const cases = inventoryCases().filter((name) => caseChanges(name) !== undefined)

  test.each(cases)('%s', (name) => {
    const { after, problems } = edited(caseFiles(name, 'before'), caseChanges(name) as VariableChange[])
    expect(Object.fromEntries(after)).toEqual(Object.fromEntries(caseFiles(name, 'after')))
    expect(problems).toEqual([])
  })
})

/** How many lines two texts differ in, where neither has more than the other. */
function linesChanged(before: string, after: string): number {
  const [left, right] = [before.split('\n'), after.split('\n')]
  expect(right.length).toBe(left.length)
  return left.filter((line, index) => line !== right[index]).length
}

test('a change of one value is a diff of one line', () => {
  const files = caseFiles('mixed-architectures', 'before')
  for (const { name, value, scope } of inventoryOf(files).settings.settings) {
    if (scope.kind === 'host') continue
    if (typeof value !== 'string' && typeof value !== 'boolean') continue
    const result = edited(files, [
      { kind: 'set', name, value: typeof value === 'boolean' ? !value : 'v9.9.9' },
    ])
    for (const [file, after] of result.after) {
      // A folded value of three lines becomes one of one.
      if (name !== 'kubelet_custom_flags') expect(linesChanged(files.get(file) as string, after)).toBe(1)
    }
  }
})

test('what is as wanted already is no change', () => {
  const changes: VariableChange[] = [
    { kind: 'set', name: 'kube_version', value: 'v1.27.10' },
    { kind: 'remove', name: 'never_set' },
    { kind: 'rename', name: 'never_set', to: 'still_not' },
  ]
  const result = edited(caseFiles('mixed-architectures', 'before'), changes)
  expect(result).toMatchObject({ changed: [], problems: [] })
  expect(result.after.size).toBe(0)
})

test('says what changed, where, and from what to what', () => {
  const { changed } = edited(caseFiles('ini-only', 'before'), caseChanges('ini-only') as VariableChange[])
  const file = 'inventory/edge/inventory.ini'
  expect(changed.map(({ file: _, ...rest }) => rest)).toEqual([
    { line: 3, key: 'kube_version', from: 'v1.29.10', to: 'v1.30.6' },
    { line: 4, key: 'kube_network_plugin', from: '"cilium"', to: '"calico"' },
    { line: 6, key: 'helm_enabled', from: 'True', to: 'False' },
    { line: 25, key: 'ingress_nginx_enabled', from: undefined, to: 'False' },
    { line: 5, key: 'container_manager', from: 'container_manager', to: 'container_engine' },
    { line: 17, key: 'node_taints', from: '"[\'a=b:NoSchedule\']"', to: undefined },
    { line: 2, key: 'ansible_user', from: 'root', to: undefined },
  ])
  expect(changed.every((each) => each.file === file)).toBe(true)
})

test('what a merge key brings is written out, and told as what it comes to', () => {
  const file = 'inventory/i/group_vars/all.yml'
  const { changed, after } = edited(new Map([[file, 'a: &a\n  x: 1\n<<: *a\n']]), [
    { kind: 'set', name: 'x', value: 2 },
  ])
  expect(changed).toEqual([{ file, line: 3, key: 'x', from: undefined, to: '2' }])
  expect(after.get(file)).toBe('a: &a\n  x: 1\n<<: *a\nx: 2\n')
})

test('leaves templates and encrypted values to their owner, and says so at their place', () => {
  const changes: VariableChange[] = [
    { kind: 'set', name: 'kube_version', value: 'v1.31.9' },
    { kind: 'set', name: 'admin_token', value: 'x' },
  ]
  const { after, problems } = edited(caseFiles('trouble', 'before'), changes)
  expect(after.size).toBe(0)
  expect(problems).toEqual([
    {
      code: 'variable-is-template',
      message: '`kube_version` is a template here, so I left it alone. Set it to `v1.31.9` yourself.',
      at: { file: 'inventory/mess/group_vars/k8s_cluster/a.yml', line: 2, column: 1 },
    },
    {
      code: 'variable-is-encrypted',
      message: '`admin_token` is encrypted here, so I left it alone. Set it to `x` yourself.',
      at: { file: 'inventory/mess/group_vars/k8s_cluster/a.yml', line: 3, column: 1 },
    },
  ])
})

test('tells of groups and hosts that keep another value', () => {
  const { problems } = edited(caseFiles('trouble', 'before'), [
    { kind: 'set', name: 'kube_network_plugin', value: 'calico' },
  ])
  expect(problems.map(({ code, at }) => ({ code, file: at?.file, line: at?.line }))).toEqual([
    { code: 'variable-set-for-some', file: 'inventory/mess/group_vars/kube_node.yml', line: 1 },
  ])
})

const places: readonly [string, Record<string, string>, string, string][] = [
  [
    'the file that has its commented-out default',
    { 'group_vars/all/z.yml': 'x: 1\n# a_b: 1\n', 'group_vars/k8s_cluster/k8s-cluster.yml': 'y: 1\n' },
    'a_b',
    'group_vars/all/z.yml',
  ],
  [
    'the file where its like is',
    {
      'group_vars/k8s_cluster/addons.yml': 'helm_enabled: true\n',
      'group_vars/k8s_cluster/own.yml': 'kube_api_a: 1\n',
    },
    'kube_api_b',
    'group_vars/k8s_cluster/own.yml',
  ],
  [
    'the add-ons’ file for a switch',
    { 'group_vars/k8s_cluster/addons.yml': 'x: 1\n', 'group_vars/k8s_cluster/k8s-cluster.yml': 'y: 1\n' },
    'metallb_enabled',
    'group_vars/k8s_cluster/addons.yml',
  ],
  [
    'the cluster’s file for the rest',
    { 'group_vars/k8s_cluster/addons.yml': 'x: 1\n', 'group_vars/k8s_cluster/k8s-cluster.yml': 'y: 1\n' },
    'metallb',
    'group_vars/k8s_cluster/k8s-cluster.yml',
  ],
  ['the only file, without an extension', { 'group_vars/all': 'x: 1\n' }, 'y', 'group_vars/all'],
  ['a section of variables', { 'hosts.ini': '[all:vars]\na=1\n[etcd]\n' }, 'b', 'hosts.ini'],
  ['a new file for all', { 'hosts.ini': '[etcd]\n' }, 'b', 'group_vars/all/all.yml'],
  [
    'a new file of the cluster’s group, as it is called here',
    { 'hosts.ini': '[k8s-cluster:children]\netcd\n' },
    'b',
    'group_vars/k8s-cluster/k8s-cluster.yml',
  ],
  [
    'a new file beside one that is encrypted',
    { 'hosts.ini': '[k8s_cluster]\n', 'group_vars/k8s_cluster/k8s-cluster.yml': '$ANSIBLE_VAULT;1.1\n' },
    'b',
    'group_vars/k8s_cluster/multiarch.yml',
  ],
  [
    'no folder that would hide a file',
    { 'hosts.ini': '[k8s_cluster]\n', 'group_vars/k8s_cluster.yml': '$ANSIBLE_VAULT;1.1\n' },
    'b',
    'group_vars/all/all.yml',
  ],
]

test('a new variable goes into braces where its file is all braces', () => {
  const file = 'inventory/i/group_vars/all.yml'
  const { after } = edited(new Map([[file, '{a: 1, b: 2}\n']]), [{ kind: 'set', name: 'c', value: 3 }])
  expect([...after]).toEqual([[file, '{a: 1, b: 2, c: 3}\n']])
})

test('where no file can take a new variable nothing is written, and a person is asked', () => {
  const vault = '$ANSIBLE_VAULT;1.1\n'
  const files = new Map([['inventory/i/group_vars/all.yml', vault]])
  const { after, problems } = edited(files, [{ kind: 'set', name: 'a', value: 'x' }])
  expect(after.size).toBe(0)
  expect(problems.map(({ code }) => code)).toEqual(['variable-has-no-place'])
})

describe('a new variable goes into', () => {
  test.each(places)('%s', (...[, files, name, file]) => {
    const inFolder = new Map(Object.entries(files).map(([path, text]) => [`inventory/i/${path}`, text]))
    const { after, changed } = edited(inFolder, [{ kind: 'set', name, value: 'v' }])
    expect([...after.keys()]).toEqual([`inventory/i/${file}`])
    expect(after.get(`inventory/i/${file}`)).toMatch(new RegExp(`^${name}(: |=)v$`, 'm'))
    const line = after.get(`inventory/i/${file}`)?.split('\n')[(changed[0]?.line ?? 0) - 1]
    expect(line).toContain(name)
  })
})

const iniEdits: readonly [string, string, VariableChange, string][] = [
  [
    'a value that is the very name',
    '[all:vars]\na=a\n',
    { kind: 'rename', name: 'a', to: 'b' },
    '[all:vars]\nb=a\n',
  ],
  [
    'a name that is part of the value',
    '[all:vars]\nx = x_x\n',
    { kind: 'rename', name: 'x', to: 'y' },
    '[all:vars]\ny = x_x\n',
  ],
  ['an empty first line', '\n[all:vars]\na=1\n', { kind: 'remove', name: 'a' }, '\n[all:vars]\n'],
  [
    'blanks around the sign',
    '[all:vars]\n  a  =  1\nb=2\n',
    { kind: 'remove', name: 'a' },
    '[all:vars]\nb=2\n',
  ],
]

test.each(iniEdits)('in an INI inventory: %s', (_title, text, change, after) => {
  const file = 'inventory/mine/inventory.ini'
  const result = edited(new Map([[file, text]]), [change])
  expect(result.after.get(file)).toBe(after)
})

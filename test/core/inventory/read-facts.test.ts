import { expect, test } from 'vitest'
import { readFacts, type ReleaseDefaults } from '../../../src/core/inventory/read-facts.ts'
import { caseFiles, inventoryOf } from '../../support/inventory.ts'

const DEFAULTS: ReleaseDefaults = {
  kubernetes: 'v1.30.6',
  networkPlugin: 'calico',
  containerManager: 'containerd',
  addons: new Map([
    ['helm_enabled', false],
    ['ingress_nginx_enabled', false],
    ['registry_enabled', false],
  ]),
}

function factsOf(files: ReadonlyMap<string, string>, defaults: ReleaseDefaults = DEFAULTS) {
  const { inventory, settings } = inventoryOf(files)
  return readFacts(inventory, settings, defaults)
}

test('facts are what is set, else what the release does', () => {
  const facts = factsOf(caseFiles('old-names', 'before'))
  expect(facts.kubernetes).toMatchObject({ value: 'v1.16.15', setting: { at: { line: 1 } } })
  expect(facts.networkPlugin.value).toBe('flannel')
  expect(facts.containerManager).toEqual({ value: 'containerd' })
  expect(facts.addons.map(({ flag, enabled, setting }) => [flag, enabled, setting !== undefined])).toEqual([
    ['dashboard_enabled', true, true],
    ['helm_enabled', false, true],
    ['ingress_nginx_enabled', false, false],
    ['registry_enabled', false, false],
  ])
})

test('reads them from INI files too', () => {
  const facts = factsOf(caseFiles('ini-only', 'before'))
  expect([facts.kubernetes.value, facts.networkPlugin.value, facts.containerManager.value]).toEqual([
    'v1.29.10',
    'cilium',
    'containerd',
  ])
  expect(facts.addons.find(({ flag }) => flag === 'helm_enabled')?.enabled).toBe(true)
})

test('a template that names another variable is followed, any other is nobody’s guess', () => {
  expect(factsOf(caseFiles('trouble', 'before')).kubernetes.value).toBe('v1.30.6')
  const files = new Map([
    ['i/group_vars/all.yml', 'kube_version: "{{ a }}"\na: "{{ kube_version }}"\nb_enabled: "{{ c }}"\n'],
  ])
  const facts = factsOf(files)
  expect(facts.kubernetes).toMatchObject({ value: undefined, setting: { nature: 'template' } })
  expect(facts.addons[0]).toMatchObject({ flag: 'b_enabled', enabled: undefined })
})

test('a version that YAML takes for a number is meant as it is written', () => {
  expect(factsOf(new Map([['i/group_vars/all.yml', 'kube_version: 1.30\n']])).kubernetes.value).toBe('1.30')
})

test('versions that are set are told by component', () => {
  const text =
    'etcd_version: v3.5.9\ncalico_version: "{{ c }}"\nc: 3.29\ncni_version: latest\nx_version: [1]\n'
  expect([...factsOf(new Map([['i/group_vars/all.yml', text]])).pinned]).toEqual([
    ['etcd', 'v3.5.9'],
    ['calico', '3.29'],
  ])
})

test('architectures are told by variables, labels and groups with hosts', () => {
  const mixed = factsOf(caseFiles('mixed-architectures', 'before')).architectures
  expect(mixed.architectures).toEqual(['amd64', 'arm64'])
  expect(mixed.evidence.map(({ because }) => because)).toEqual(['node_labels', 'arm64_shelf'])
  expect(factsOf(caseFiles('yaml-hosts', 'before')).architectures.architectures).toEqual(['amd64', 'arm64'])
  expect(factsOf(caseFiles('ini-only', 'before')).architectures.architectures).toEqual([])
})

test('an architecture nobody knows is a problem that names the nearest', () => {
  expect(factsOf(caseFiles('trouble', 'before')).architectures.problems).toEqual([
    {
      code: 'unknown-architecture',
      message:
        '`ansible_architecture` names `aarch46`, which is no architecture that Kubespray has downloads for. Did you mean `aarch64`?',
      at: { file: 'inventory/mess/hosts.ini', line: 2, column: 5 },
    },
  ])
})

import { expect, test } from 'vitest'
import type { Catalogue } from '../../../src/core/catalogue/catalogue.ts'
import { readFacts } from '../../../src/core/inventory/read-facts.ts'
import { stepChanges, type StepForInventory } from '../../../src/core/inventory/step-changes.ts'
import type { LintFinding } from '../../../src/core/plan/lint-finding.ts'
import { catalogueWith } from '../../support/catalogue.ts'
import { inventoryOf } from '../../support/inventory.ts'

const FILE = 'inventory/mine/group_vars/k8s_cluster/k8s-cluster.yml'

interface Case extends Partial<Pick<StepForInventory, 'kubernetes' | 'lint'>> {
  readonly from?: Partial<Catalogue>
  readonly to?: Partial<Catalogue>
}

/** What a step from one release to the next changes in an inventory of these variables. */
function changesOf(
  variables: string,
  { from = {}, to = {}, kubernetes, lint = [] }: Case,
): readonly string[] {
  const { inventory, settings } = inventoryOf(new Map([[FILE, variables]]))
  const before = { ...catalogueWith({ versions: ['v1.31.9'] }), ...from }
  const after = { ...catalogueWith({ versions: ['1.32.8', '1.32.5'], default: '1.32.8' }), ...to }
  const facts = readFacts(inventory, settings, { kubernetes: 'v1.31.9', addons: new Map() })
  const changes = stepChanges({ facts, settings, kubernetes, from: before, to: after, tag: 'v2.28.1', lint })
  return changes.map((each) => {
    if (each.kind === 'group') return `group ${each.from} ${each.to}`
    return each.kind === 'variables' ? each.title : Object.values(each.change).join(' ')
  })
}

test.each([
  ['a version that is set is changed', 'kube_version: v1.31.9\n', '1.32.8', ['set kube_version 1.32.8']],
  ['one that is not set follows the default', 'a: 1\n', '1.32.8', []],
  ['unless the step goes to another', 'a: 1\n', '1.32.5', ['set kube_version 1.32.5']],
  [
    'a template is followed to the variable that holds the value',
    'kube_version: "{{ our_kubernetes }}"\nour_kubernetes: v1.31.9\n',
    '1.32.8',
    ['set our_kubernetes 1.32.8'],
  ],
  ['what is not known is not touched', 'kube_version: v1.31.9\n', undefined, []],
])('%s', (_, variables, kubernetes, expected) => {
  expect(changesOf(variables, { kubernetes })).toEqual(expected)
})

test('pins lose their `v` where the release has given it up, and only those it bundles', () => {
  const bundled = (version: string): Partial<Catalogue> => ({
    bundled: { etcd_version: version, calico_version: 'v3.29.0', cni_version: version },
  })
  const variables =
    'etcd_version: v3.5.16\ncalico_version: v3.28.0\nour_version: v1.0.0\ncni_version: 1.6.0\n'
  expect(changesOf(variables, { from: bundled('v1.0.0'), to: bundled('1.0.0') })).toEqual([
    'set etcd_version 3.5.16',
  ])
})

test('what a finding says that the step changes is one commit, however many findings say it', () => {
  const kept: LintFinding = {
    ...finding('default-kept', 'container_manager'),
    edit: { changes: [{ kind: 'set', name: 'container_manager', value: 'docker' }] },
  }
  const folded: LintFinding = {
    ...finding('variable-stops-play', 'old', 'new'),
    edit: {
      changes: [
        { kind: 'set', name: 'new', value: 'a' },
        { kind: 'remove', name: 'old' },
      ],
      title: 'new takes the place of old',
    },
  }
  expect(changesOf('old: true\n', { lint: [kept, kept, folded] })).toEqual([
    'set container_manager docker',
    'new takes the place of old',
  ])
})

function finding(code: LintFinding['code'], key: string, meant?: string): LintFinding {
  return { code, severity: 'warning', message: 'Why.', key, file: FILE, line: 1, ...(meant && { meant }) }
}

test('what was renamed is renamed, unless the new name is set as well', () => {
  const lint = [
    finding('variable-renamed', 'old_name', 'new_name'),
    finding('variable-renamed', 'also_old', 'also_new'),
    finding('variable-stops-play', 'stops', 'goes'),
    finding('variable-stops-play', 'stops_too'),
    finding('variable-gone', 'gone'),
  ]
  const variables = 'old_name: 1\nalso_old: 1\nalso_new: 2\nstops: 1\nstops_too: 1\ngone: 1\n'
  expect(changesOf(variables, { lint })).toEqual(['rename old_name new_name', 'rename stops goes'])
})

test('groups get the names they have from now on, each once', () => {
  const lint = [
    finding('group-renamed', 'kube-master', 'kube_control_plane'),
    finding('group-renamed', 'kube-master', 'kube_control_plane'),
    finding('path-renamed', 'k8s-cluster', 'inventory/mine/group_vars/k8s_cluster/k8s-cluster.yml'),
  ]
  expect(changesOf('a: 1\n', { lint })).toEqual(['group kube-master kube_control_plane'])
})

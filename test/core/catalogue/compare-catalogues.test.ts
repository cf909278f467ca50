import { describe, expect, test } from 'vitest'
import { catalogueOf } from '../../../src/core/catalogue/catalogue-of.ts'
import { compareCatalogues, type CatalogueChanges } from '../../../src/core/catalogue/compare-catalogues.ts'
import { release } from '../../support/release.ts'

const DEFAULTS = 'roles/kubespray-defaults/defaults/main.yml'
const OTHER = 'roles/network_plugin/calico/defaults/main.yml'
const SAMPLE = 'inventory/sample/group_vars/all/all.yml'

function compare(before: Record<string, string>, after: Record<string, string>): CatalogueChanges {
  return compareCatalogues(catalogueOf(release(before)), catalogueOf(release(after)))
}

test('what is gone, new and has another default, with its place', () => {
  const changes = compare(
    { [DEFAULTS]: 'same: 1\nold: 2\nport: 80\n' },
    { [DEFAULTS]: 'same: 1\n\nport: 443\nfresh: 1\n' },
  )
  expect(changes.gone).toEqual([{ name: 'old', path: DEFAULTS, line: 2, value: '2' }])
  expect(changes.added.map(({ name }) => name)).toEqual(['fresh'])
  expect(changes.defaults).toEqual([{ name: 'port', path: DEFAULTS, line: 3, from: '80', to: '443' }])
})

test('a variable that only moved to another file is not gone', () => {
  expect(compare({ [DEFAULTS]: 'a: 1\n' }, { [OTHER]: 'a: 1\n' })).toMatchObject({
    gone: [],
    added: [],
    defaults: [],
  })
})

test('a template that is only laid out otherwise is the same', () => {
  const changes = compare({ [DEFAULTS]: 'a: "{{ b|c }}"\n' }, { [DEFAULTS]: 'a: "{{ b | c }}"\n' })
  expect(changes.defaults).toEqual([])
})

test('what the sample inventory says otherwise, comments included', () => {
  const changes = compare(
    { [SAMPLE]: 'a: 1\n# b: x\nc: 3\n# note: this is prose\n' },
    { [SAMPLE]: 'a: 2\nb: x\nc: 3\nd: 4\n' },
  )
  expect(changes.sample.map(({ name, from, to }) => [name, from, to])).toEqual([
    ['a', '1', '2'],
    ['b', 'x', 'x'],
    ['d', undefined, '4'],
  ])
})

test('components that go down, compared as numbers', () => {
  const changes = compare(
    {
      [DEFAULTS]:
        'containerd_version: 1.7.13\nrunc_version: v1.1.9\netcd_version: 3.5.9\nodd_version: latest\n',
    },
    {
      [DEFAULTS]:
        'containerd_version: 1.7.5\nrunc_version: 1.1.12\netcd_version: 3.5.10\nodd_version: edge\n',
    },
  )
  expect(changes.downgraded).toEqual([{ name: 'containerd_version', from: '1.7.13', to: '1.7.5' }])
})

describe('a likely rename has evidence', () => {
  test.each([
    ['a slip of the pen', 'nodelocaldnsdns_memory: 70Mi', 'nodelocaldns_memory: 99Mi', undefined],
    [
      'a slip in the middle',
      'webhook_certgen_imae_repo: x',
      'webhook_certgen_image_repo: y',
      'webhook_certgen_image_repo',
    ],
    [
      'the same telling default and kindred names',
      'nginx_cpu_requests: 25m',
      'loadbalancer_cpu_requests: 25m',
      'loadbalancer_cpu_requests',
    ],
    ['the same default that tells nothing', 'nginx_flag: true', 'haproxy_flag: true', undefined],
    [
      'the same default and strangers’ names',
      'alpha_beta: 10.0.0.1',
      'alpha_gamma_delta_epsilon: 10.0.0.1',
      undefined,
    ],
    [
      'another name for a variable that stays',
      'kubeadm_version: "{{ kube_version }}"\nkube_version: v1',
      'kube_version: v1',
      'kube_version',
    ],
    [
      'a tag that only follows a version',
      'helm_image_tag: "{{ helm_version }}"\nhelm_version: v1',
      'helm_version: v1',
      undefined,
    ],
    [
      'another took its default from it',
      'ipip_mode: Always\ncalico_ipip_mode: "{{ ipip_mode }}"',
      'calico_ipip_mode: Never',
      'calico_ipip_mode',
    ],
    [
      'one variable for each group of nodes',
      'kube_master_cpu: 200m\nkube_cpu: 100m',
      'kube_cpu: 100m',
      'kube_cpu',
    ],
    ['digits are no slip', 'feature_gates_v1: x', 'feature_gates_v2: y', undefined],
  ])('%s', (_, before, after, expected) => {
    const { renamed } = compare({ [DEFAULTS]: `${before}\n` }, { [DEFAULTS]: `${after}\n` })
    expect(renamed.map(({ to }) => to)).toEqual(expected === undefined ? [] : [expected])
    for (const { why } of renamed) expect(why).not.toBe('')
  })
})

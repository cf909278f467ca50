import { describe, expect, test } from 'vitest'
import { catalogueOf } from '../../../src/core/catalogue/catalogue-of.ts'
import { refusedBy } from '../../../src/core/catalogue/value-checks.ts'
import { release } from '../../support/release.ts'

const CHECKS = `- name: Stop if unknown network plugin
  assert:
    that: kube_network_plugin in ['calico', 'flannel', 'none']
    msg: "{{ kube_network_plugin }} is not supported"
  when:
    - kube_network_plugin is defined
    - not ignore_assert_errors
- assert:
    that:
      - cert_management|d('script') in ['script', 'none']
      - kube_version is version('1.2', '>=')
      - cloud_provider == 'external'
  when: cloud_provider
- assert:
    that: dns_mode in modes
- assert:
    that: kube_proxy_mode in ['ipvs']
  ignore_errors: true
- block:
    - assert:
        that: resolvconf_mode in ['none']
  when: ansible_os_family == 'Debian'
`
const DEFAULTS = 'ignore_assert_errors: false\nmodes: [a]\n'

const checksOf = (path: string): ReturnType<typeof catalogueOf>['valueChecks'] =>
  catalogueOf(release({ [path]: CHECKS, 'roles/kubespray-defaults/defaults/main.yaml': DEFAULTS }))
    .valueChecks

test.each([
  'roles/kubernetes/preinstall/tasks/0020-verify-settings.yml',
  'roles/kubernetes/preinstall/tasks/0040-verify-settings.yml',
  'roles/validate_inventory/tasks/main.yml',
])('the lists of a release’s checks are found in %s', (path) => {
  expect(checksOf(path).map(({ variable, accepts, line }) => [variable, accepts, line])).toEqual([
    ['kube_network_plugin', ['calico', 'flannel', 'none'], 3],
    ['cert_management', ['script', 'none'], 10],
    ['cloud_provider', ['external'], 12],
    ['resolvconf_mode', ['none'], 21],
  ])
})

describe('what a cluster sets', () => {
  const at = { file: 'all.yml', line: 1, column: 1 }
  test.each<[string, Record<string, string | boolean | undefined>, string | undefined]>([
    ['nothing', {}, undefined],
    ['what is taken', { kube_network_plugin: 'flannel' }, undefined],
    ['what is not', { kube_network_plugin: 'weave' }, 'kube_network_plugin'],
    [
      'the same with checks switched off',
      { kube_network_plugin: 'weave', ignore_assert_errors: true },
      undefined,
    ],
    ['an empty value that its own condition leaves out', { cloud_provider: '' }, undefined],
    ['one that it does not', { cloud_provider: 'openstack' }, 'cloud_provider'],
    ['what a host alone decides', { resolvconf_mode: 'docker_dns' }, undefined],
    ['nothing of what may be', { kube_network_plugin: undefined }, undefined],
  ])('%s', (_, values, refused) => {
    const set = new Map(Object.entries(values).map(([name, value]) => [name, { value, at }]))
    expect(refusedBy(checksOf('roles/validate_inventory/tasks/main.yml'), set)?.variable).toBe(refused)
  })
})

import { describe, expect, test } from 'vitest'
import { readDocument } from '../../../src/core/yaml/values/read-values.ts'
import { tasksIn } from '../../../src/core/catalogue/task.ts'
import { ansibleMissing } from '../../support/ansible.ts'
import { askAnsible } from '../../support/ask-ansible.ts'
import { checkedIn, cluster } from '../../support/checked-release.ts'

/** Conditions that ask nothing of a running host; addresses are left out, whose filter Ansible's core does not have. */
const CONDITIONS: readonly (readonly [that: string, when?: string])[] = [
  ["kube_network_plugin in ['calico', 'flannel']"],
  ["kube_network_plugin != 'weave'"],
  ["cloud_provider == 'external'", 'cloud_provider'],
  ["cloud_provider == 'external'", 'cloud_provider is defined and cloud_provider'],
  ["etcd_deployment_type in ['host', 'kubeadm'] or container_manager == 'docker'"],
  ["etcd_deployment_type == 'host'", "container_manager != 'docker'"],
  ['ipip is not defined'],
  ['old_thing is defined'],
  ["helm_enabled | type_debug == 'bool'"],
  ['groups.kube_control_plane | length is not divisibleby 2'],
  ["groups.get('etcd', groups.kube_control_plane) | length is not divisibleby 2"],
  ["groups.get('kube_control_plane')"],
  ["inventory_hostname in groups['kube_node']", "'kube_node' in group_names"],
  ["kube_version is version('1.30.0', '>=')"],
  ["not kube_version.startswith('v')"],
  ['(kubelet_max_pods | default(110)) | int <= (2 ** (32 - kube_network_node_prefix | int)) - 2'],
  ["cert_management | d('script') in ['script', 'none']"],
  ['grace > critical'],
  ["calico_pool_name is match('^[a-zA-Z0-9-_\\\\.]{2,63}$')"],
  ['[1, 2] | difference([2]) == [1]'],
  ["['a', 'b'] is subset(['a', 'b', 'c'])"],
  [
    "[{'n': 'a', 'on': true}, {'n': 'b', 'on': false}] | selectattr('on') | map(attribute='n') | list == ['a']",
  ],
  ["[{'n': 'a'}, {'n': 'b'}] | rejectattr('n', 'equalto', 'a') | map(attribute='n') | join(',') == 'b'"],
  ["helm_enabled | bool or kube_network_plugin == 'calico'"],
  ["(kube_version | split('.'))[1] | int > 30"],
  ["kube_version is version('1.31.0', '<') and inventory_hostname == groups['kube_control_plane'][0]"],
  ["'%s' == '' or kube_network_plugin | length > 5"],
  ["tokens.get('amd64') is defined and '1.2.3' in tokens['amd64']"],
  ["tokens[arch | default('arm64')]['1.2.3'] | default('none') == 'none'"],
  ["query('varnames', '^old_') | length == 0"],
  ["lookup('vars', 'kube_network_plugin') == 'calico'"],
  ["('a' if helm_enabled else 'b') == 'b'"],
  ['not (helm_enabled | bool and cloud_provider)'],
  ['critical is string and grace is not mapping and tokens is mapping'],
]

/** Ansible starts a process for each answer: one of the control plane and one worker stand for all five. */
const HOSTS = ['cp1', 'n1']

const TASKS = CONDITIONS.map(
  ([that, when], index) =>
    `- name: check ${index}\n  assert:\n    that: ${JSON.stringify(that)}\n${when === undefined ? '' : `  when: ${JSON.stringify(when)}\n`}`,
).join('')

const BASE = `kube_version: 1.33.7
kube_network_node_prefix: 24
calico_pool_name: default-pool
grace: 60s
critical: 20s
tokens:
  amd64: {'1.2.3': x}
`

describe.skipIf(ansibleMissing() !== undefined)('Ansible itself answers as we do', () => {
  test.each([
    ['the defaults', ''],
    [
      'what releases refuse',
      'kube_network_plugin: weave\ncloud_provider: openstack\nipip: true\nhelm_enabled: "true"\n',
    ],
    [
      'other choices',
      'container_manager: docker\ncloud_provider: external\nold_thing: 1\nkubelet_max_pods: 300\ngrace: 5s\n',
    ],
    [
      'an older Kubernetes',
      'kube_version: 1.29.4\nhelm_enabled: true\ncert_management: vault\ncalico_pool_name: "a b"\n',
    ],
    [
      'a template',
      'plugin: flannel\nkube_network_plugin: "{{ plugin }}"\nhelm_enabled: "{{ cloud_provider == \'\' }}"\n',
    ],
  ])(
    'with %s',
    async (_, settings) => {
      const overridden = settings.split('\n').map((line) => line.split(':')[0])
      const base = BASE.split('\n')
        .filter((line) => !overridden.includes(line.split(':')[0]))
        .join('\n')
      const files = cluster(`${base}\n${settings}`, TASKS)
      const answers = await askAnsible(files, {
        inventory: 'inventory/mine/hosts.ini',
        hosts: HOSTS,
        tasks: tasksIn(readDocument(TASKS)),
        defaults: { 'defaults/main.yml': files['roles/defaults_of_all/defaults/main.yml'] ?? '' },
      })
      expect(answers).toHaveLength(CONDITIONS.length * HOSTS.length)
      const ours = new Map(checkedIn(files, ['amd64']).map((each) => [each.name, each]))
      const differ = CONDITIONS.flatMap((condition, index) => {
        const own = ours.get(`check ${index}`)
        const theirs = answers.filter(({ task }) => task === `check ${index}`)
        const failing = theirs.filter(({ answer }) => answer === 'fails').map(({ host }) => host)
        const told = own?.failures.flatMap(({ hosts }) => hosts).filter((host) => HOSTS.includes(host)) ?? []
        const same = failing.sort().join() === [...told].sort().join()
        const isAnswered = own?.answer !== 'left' && theirs.every(({ answer }) => answer !== 'error')
        return same && isAnswered ? [] : [[condition[0], own?.answer, own?.left, told, theirs[0]]]
      })
      expect(differ).toEqual([])
    },
    120_000,
  )
})

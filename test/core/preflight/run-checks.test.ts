import { describe, expect, test } from 'vitest'
import { checkedIn, cluster, that } from '../../support/checked-release.ts'
import type { Files } from '../../support/audited.ts'

/** What is said of each check of the tasks, in their order. */
function answers(settings: string, tasks: string, more: Files = {}): readonly string[] {
  return checkedIn(cluster(settings, tasks, more)).map(({ answer, left }) => {
    const why = left.map((each) => `${each.why} ${each.what}`).join(', ')
    return answer === 'left' ? `left: ${why}` : answer
  })
}

describe('a check', () => {
  test.each<[string, string, string, string]>([
    [
      'a list that has the value',
      'kube_network_plugin: flannel',
      that(`kube_network_plugin in ['calico', 'flannel']`),
      'passes',
    ],
    [
      'a list that has it not',
      'kube_network_plugin: weave',
      that(`kube_network_plugin in ['calico', 'flannel']`),
      'fails',
    ],
    ['a default that the list has', 'x: 1', that(`kube_network_plugin in ['calico']`), 'passes'],
    [
      'an empty value under a condition on itself',
      'cloud_provider: ""',
      that(`cloud_provider == 'external'`, 'cloud_provider'),
      'not-asked',
    ],
    [
      'a value under it',
      'cloud_provider: openstack',
      that(`cloud_provider == 'external'`, 'cloud_provider'),
      'fails',
    ],
    [
      'checks that are switched off',
      'ignore_assert_errors: true\ncloud_provider: openstack',
      that(`cloud_provider == 'external'`, `[cloud_provider, "not ignore_assert_errors"]`),
      'not-asked',
    ],
    [
      'a default that follows another setting',
      'container_manager: docker',
      that(`etcd_deployment_type == 'host'`),
      'fails',
    ],
    ['a variable that must not be set', 'ipip: true', that('ipip is not defined'), 'fails'],
    ['one that is not', 'x: 1', that('ipip is not defined'), 'passes'],
    ['one that nothing defines, in use', 'x: 1', that("nowhere == 'x'"), 'left: undefined nowhere'],
    ['a fact of a host', 'x: 1', that('ansible_memtotal_mb >= 1024'), 'left: host ansible_memtotal_mb'],
    [
      'a fact beside something false',
      'kube_network_plugin: weave',
      that(`ansible_memtotal_mb >= 1024 and kube_network_plugin == 'calico'`),
      'fails',
    ],
    [
      'a fact beside something true',
      'x: 1',
      that(`ansible_memtotal_mb >= 1024 or kube_network_plugin == 'calico'`),
      'passes',
    ],
    [
      'a fact as the condition of a false check',
      'kube_network_plugin: weave',
      that(`kube_network_plugin == 'calico'`, "ansible_os_family == 'Debian'"),
      'left: host ansible_os_family',
    ],
    [
      'the environment of whoever runs it',
      "where: \"{{ lookup('env', 'HOME') }}\"",
      that("where == '/root'"),
      "left: host lookup('env', …)",
    ],
    [
      'an encrypted value',
      'kube_network_plugin: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  33',
      that(`kube_network_plugin == 'calico'`),
      'left: host kube_network_plugin',
    ],
    [
      'a template of the inventory',
      'plugin: weave\nkube_network_plugin: "{{ plugin }}"',
      that(`kube_network_plugin == 'calico'`),
      'fails',
    ],
    ['a boolean as text', "helm_enabled: 'true'", that("helm_enabled | type_debug == 'bool'"), 'fails'],
    ['a boolean', 'helm_enabled: true', that("helm_enabled | type_debug == 'bool'"), 'passes'],
    [
      'even numbers of hosts',
      'x: 1',
      that('groups.kube_control_plane | length is not divisibleby 2'),
      'fails',
    ],
    ['odd ones', 'x: 1', that('groups.etcd | length is not divisibleby 2'), 'passes'],
    ['a group under its former name', 'x: 1', that("groups['kube-master'] | length == 2"), 'passes'],
    [
      'a group that the inventory does not name',
      'x: 1',
      that("groups.get('gpu_nodes')"),
      'left: host gpu_nodes',
    ],
    [
      'ranges apart',
      'x: 1',
      that(`"kube_pods_subnet | ansible.utils.ipaddr(kube_service_addresses) | string == 'None'"`),
      'passes',
    ],
    [
      'a range inside of the other',
      'kube_pods_subnet: 10.233.0.0/20',
      that(`"kube_pods_subnet | ipaddr(kube_service_addresses) | string == 'None'"`),
      'fails',
    ],
    ['no range', 'kube_pods_subnet: 10.233.64.1', that("kube_pods_subnet | ipaddr('net')"), 'fails'],
    [
      'an address is a range of one, and none to Ansible',
      'kube_pods_subnet: fd85::/108',
      that("kube_pods_subnet | ipaddr('net')"),
      'passes',
    ],
    ['texts are ordered as texts', 'grace: 60s\ncritical: 20s', that('grace > critical'), 'passes'],
    ['a text and a number are not', 'grace: 60s', that('grace > 20'), 'left: form a text > a number'],
    [
      'names that may not be set',
      'old_thing: 1',
      `- vars:\n    found: "{{ query('varnames', '^' + (['old_thing', 'gone'] | join('|')) + '$') }}"\n  assert:\n    that: found | length == 0\n`,
      'fails',
    ],
    [
      'a filter that is not read',
      'x: 1',
      that("x | community.general.lists_mergeby('y') == 1"),
      'left: form | community.general.lists_mergeby',
    ],
    [
      'templates inside of a condition',
      'x: 1',
      `- assert:\n    that: groups.get('{{ item }}')\n  with_items:\n    - etcd\n    - kube_node\n`,
      'passes',
    ],
    [
      'fail under a condition that holds',
      'old: true',
      `- fail:\n    msg: No.\n  when: old is defined\n`,
      'fails',
    ],
    ['fail under one that does not', 'x: 1', `- fail:\n    msg: No.\n  when: old is defined\n`, 'not-asked'],
    [
      'fail behind what a host found out',
      'x: 1',
      `- command: /bin/true\n  register: it\n- fail:\n    msg: No.\n  when: it is failed\n`,
      'left: host it',
    ],
    [
      'a failure that is ignored',
      'kube_network_plugin: weave',
      `${that("kube_network_plugin == 'calico'")}  ignore_errors: true\n`,
      'not-asked',
    ],
    [
      'one that a block rescues',
      'kube_network_plugin: weave',
      `- block:\n    - assert:\n        that: kube_network_plugin == 'calico'\n  rescue:\n    - debug:\n        msg: well\n`,
      'not-asked',
    ],
    [
      'a task that never runs',
      'kube_network_plugin: weave',
      `- import_tasks: other.yml\n  tags: [never]\n`,
      '',
    ],
    ['a text as a condition', "flag: 'false'", that('flag'), 'left: form the text false as a condition'],
  ])('%s', (_, settings, tasks, expected) => {
    const more = { 'roles/validate_inventory/tasks/other.yml': that("kube_network_plugin == 'calico'") }
    expect(answers(settings, tasks, more)).toEqual(expected === '' ? [] : [expected])
  })
})

describe('what tasks before it do', () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      'a fact that is set',
      'x: 1',
      `- set_fact:\n    mode: "{{ 'a' if x == 1 else 'b' }}"\n${that("mode == 'b'")}`,
      ['fails'],
    ],
    [
      'one that another condition keeps',
      'x: 1',
      `- set_fact:\n    mode: a\n  when: x == 2\n${that('mode is defined')}`,
      ['fails'],
    ],
    [
      'one that a host decides',
      'x: 1',
      `- set_fact:\n    kube_network_plugin: weave\n  when: ansible_os_family == 'x'\n${that("kube_network_plugin == 'calico'")}`,
      ['left: host ansible_os_family'],
    ],
    [
      'a default that leads to it',
      'container_manager: crio',
      `- set_fact:\n    container_manager: docker\n${that("etcd_deployment_type == 'docker'")}`,
      ['passes'],
    ],
    ['an extra variable stays', 'x: 1', `- set_fact:\n    x: "{{ 2 }}"\n${that('x == 2')}`, ['passes']],
    [
      'a file of variables that a host picks',
      'x: 1',
      `- include_vars: "{{ ansible_os_family }}.yml"\n${that("package == 'b'")}`,
      ['left: host package'],
    ],
    ['an inclusion under a false condition', 'x: 1', `- include_tasks: other.yml\n  when: x == 2\n`, []],
    ['an inclusion under a true one', 'x: 1', `- include_tasks: other.yml\n  when: x == 1\n`, ['fails']],
    [
      'one whose name a variable holds',
      'kind: other\nx: 1',
      `- include_tasks: "{{ kind }}.yml"\n`,
      ['fails'],
    ],
    [
      'a role with variables of its own',
      'x: 1',
      `- include_role:\n    name: picky\n  vars:\n    wanted: no\n`,
      ['fails'],
    ],
    [
      'a loop over what is written out',
      'x: 1',
      `- assert:\n    that: item.value == 1\n  loop:\n    - { name: x, value: "{{ x }}" }\n    - { name: y, value: 2 }\n`,
      ['fails'],
    ],
    ['the end of the play', 'x: 1', `- meta: end_play\n  when: x == 1\n${that('x == 2')}`, []],
    [
      'a play that may have ended',
      'x: 1',
      `- meta: end_host\n  when: ansible_virtualization_type == 'x'\n${that('x == 2')}`,
      ['left: host ansible_virtualization_type'],
    ],
  ])('%s', (_, settings, tasks, expected) => {
    const more = {
      'roles/validate_inventory/tasks/other.yml': that('x == 7'),
      'roles/validate_inventory/vars/Debian.yml': 'package: a\n',
      'roles/picky/tasks/main.yml': that('wanted'),
    }
    expect(answers(settings, tasks, more)).toEqual(expected)
  })

  test('a role that is picked by what is not known sets anything that it may set', () => {
    const tasks = `- include_tasks: "{{ ansible_os_family }}.yml"\n${that("mode == 'a'")}`
    const more = { 'roles/validate_inventory/tasks/Debian.yml': '- set_fact:\n    mode: a\n' }
    expect(answers('mode: b', tasks, more)).toEqual(['left: host mode'])
  })
})

test('circles end: a role that depends on itself, tasks that include themselves, variables that name each other', () => {
  const files = cluster('a: "{{ b }}"\nb: "{{ a }}"', `- include_tasks: main.yml\n${that('a == 1')}`, {
    'roles/validate_inventory/meta/main.yml': 'dependencies:\n  - role: validate_inventory\n',
  })
  expect(checkedIn(files)[0]?.answer).toBe('left')
})

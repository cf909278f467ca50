import { expect, test } from 'vitest'
import { audited } from '../../../src/core/audit/audited.ts'
import { enabledRoles } from '../../../src/core/audit/enabled-roles.ts'
import { treeToAudit } from '../../support/audited.ts'
import { release } from '../../support/release.ts'

/** The roles that these files lead to, beside `top`, which the play has. */
function enabled(files: Readonly<Record<string, string>>): readonly string[] {
  const made = release({
    'cluster.yml': '- hosts: all\n  roles:\n    - { role: top }\n',
    'roles/kubespray-defaults/defaults/main.yml': 'is_on: true\nis_off: false\nwhich: chosen\n',
    ...files,
  })
  return [...enabledRoles(audited(made, { architectures: ['amd64'] }))]
    .filter((role) => role !== 'top')
    .sort()
}

const play = (roles: string): Readonly<Record<string, string>> => ({
  'cluster.yml': `- hosts: all\n  ${roles}\n`,
})
const tasks = (text: string): Readonly<Record<string, string>> => ({ 'roles/top/tasks/main.yml': text })
const meta = (text: string): Readonly<Record<string, string>> => ({ 'roles/top/meta/main.yml': text })

test.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
  ['a role of a play', play('roles:\n    - { role: a/b }'), ['a/b']],
  ['by its bare name', play('roles: [a, b]'), ['a', 'b']],
  ['with a slash at its end', play('roles: [a/]'), ['a']],
  ['under a condition that holds', play('roles:\n    - { role: a, when: is_on }'), ['a']],
  ['under one that does not', play('roles:\n    - { role: a, when: is_off }'), []],
  ['under one that only a host can answer', play('roles:\n    - { role: a, when: ansible_x }'), ['a']],
  ['under one that is written there', play('roles:\n    - { role: a, when: false }'), []],
  ['a dependency', meta('dependencies:\n  - role: a\n'), ['a']],
  ['a dependency by its bare name', meta('dependencies:\n  - a\n'), ['a']],
  ['a dependency that is off', meta('dependencies:\n  - role: a\n    when: is_off\n'), []],
  ['a role that a task includes', tasks('- include_role:\n    name: a\n'), ['a']],
  ['one that it imports', tasks('- ansible.builtin.import_role:\n    name: a\n'), ['a']],
  ['in the short form', tasks('- include_role: name=a tasks_from=b\n'), ['a']],
  ['to take it away, in the short form', tasks('- include_role: name=a tasks_from=reset.yml\n'), []],
  ['one by a variable', tasks('- include_role:\n    name: "{{ which }}"\n'), ['chosen']],
  [
    'one for each item that is written out',
    tasks('- include_role:\n    name: "{{ item }}"\n  with_items: [a, b]\n'),
    ['a', 'b'],
  ],
  [
    'one by the task’s own variable',
    tasks('- include_role:\n    name: "{{ own }}"\n  vars: { own: a }\n'),
    ['a'],
  ],
  ['in a block that is off', tasks('- block:\n    - include_role:\n        name: a\n  when: is_off\n'), []],
  [
    'where a block makes good',
    tasks('- block: []\n  rescue:\n    - include_role:\n        name: a\n'),
    ['a'],
  ],
  [
    'through another role',
    { ...tasks('- include_role:\n    name: a\n'), 'roles/a/meta/main.yml': 'dependencies: [b]\n' },
    ['a', 'b'],
  ],
  ['of a role that nobody asks for', { 'roles/other/meta/main.yml': 'dependencies: [a]\n' }, []],
  [
    'in a circle',
    { ...meta('dependencies: [a]\n'), 'roles/a/meta/main.yml': 'dependencies: [top]\n' },
    ['a'],
  ],
])('%s', (_what, files, expected) => {
  expect(enabled(files)).toEqual(expected)
})

/** The roles that one task of a role which is always run leads to. */
function ledToBy(task: string): readonly string[] {
  const source = treeToAudit({
    'cluster.yml': '- hosts: all\n  roles:\n    - { role: engine }\n',
    'roles/engine/tasks/main.yml': task,
    'roles/old-engine/tasks/main.yml': '- debug: msg=installs\n',
    'roles/old-engine/tasks/reset.yml': '- debug: msg=removes\n',
  })
  return [...enabledRoles(audited(source, { architectures: ['amd64'] }))]
}

test.each([
  ['main', ['engine', 'old-engine']],
  ['check', ['engine', 'old-engine']],
  ['reset', ['engine']],
  ['uninstall.yml', ['engine']],
])('a role of which `tasks_from: %s` is run leads to %j', (from, roles) => {
  for (const include of ['include_role', 'ansible.builtin.import_role'])
    expect(
      ledToBy(`- name: The other\n  ${include}:\n    name: old-engine\n    tasks_from: ${from}\n`),
    ).toEqual(roles)
})

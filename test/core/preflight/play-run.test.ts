import { describe, expect, test } from 'vitest'
import type { Files } from '../../support/audited.ts'
import { that } from '../../support/checked-release.ts'
import { fact, indented, played } from '../../support/played.ts'

describe('a play', () => {
  const IS_B = that("mode == 'b'")
  test.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'goes through what comes first, roles, tasks and what comes last',
      `- hosts: all\n  post_tasks:\n${indented(that('x == 5'))}\n  tasks:\n${indented(that('x == 4'))}\n  roles: [one]\n  pre_tasks:\n${indented(that('x == 2'))}\n`,
      { one: that('x == 3') },
      ['fails x == 2', 'fails x == 3', 'fails x == 4', 'fails x == 5'],
    ],
    [
      'sees in its roles what came first',
      `- hosts: all\n  pre_tasks:\n${indented(fact('mode', 'a'))}\n  roles: [one]\n`,
      { one: IS_B },
      ["fails mode == 'b'"],
    ],
    [
      'has variables of its own',
      `- hosts: all\n  vars:\n    mode: a\n  roles: [one]\n`,
      { one: IS_B },
      ["fails mode == 'b'"],
    ],
    [
      'knows nothing of what it asks a person for',
      `- hosts: all\n  vars_prompt:\n    - name: x\n  roles: [one]\n`,
      { one: that('x == 2') },
      ['left: host x'],
    ],
    [
      'knows that it has what it asks a person for',
      `- hosts: all\n  vars_prompt:\n    - name: asked\n  roles: [one]\n`,
      { one: that('asked is defined') },
      ['passes'],
    ],
    [
      'has many roles one after another',
      `- hosts: all\n  roles: [${Array.from({ length: 30 }, (_, at) => `r${at}`).join(', ')}, last]\n`,
      {
        ...Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`r${at}`, '[]\n'])),
        last: that('x == 2'),
      },
      ['fails x == 2'],
    ],
    [
      'is not played for hosts that the cluster lacks',
      '- hosts: calico_rr\n  roles: [one]\n',
      { one: that('x == 2') },
      [],
    ],
    [
      'is open where nobody can tell for whom it is',
      '- hosts: "{{ nowhere }}"\n  roles: [one]\n',
      { one: that('x == 2') },
      ['left: host which hosts a play is for'],
    ],
    [
      'is for whom a variable says',
      '- hosts: "{{ who | default(\'all\') }}"\n  roles: [one]\n',
      { one: that('x == 2') },
      ['fails x == 2'],
    ],
    [
      'is for hosts of a list of patterns',
      '- hosts: [kube_node, etcd]\n  roles: [one]\n',
      { one: that('x == 2') },
      ['fails x == 2'],
    ],
    [
      'that ends does not end the next one',
      `- hosts: all\n  tasks:\n    - meta: end_play\n${indented(that('x == 2'))}\n- hosts: all\n  tasks:\n${indented(that('x == 3'))}\n`,
      {},
      ['fails x == 3'],
    ],
  ])('%s', (_what, book, roles, expected) => {
    expect(played(book, roles)).toEqual(expected)
  })

  test.each<[string, string, readonly string[]]>([
    ['a playbook', '- import_playbook: other.yml\n', ['fails x == 2']],
    ['as one wrote it before', '- include: other.yml\n', ['fails x == 2']],
    ['under a condition that holds', '- import_playbook: other.yml\n  when: x == 1\n', ['fails x == 2']],
    ['under one that does not', '- import_playbook: other.yml\n  when: x == 2\n', []],
    [
      'under one that a host decides',
      "- import_playbook: other.yml\n  when: ansible_a == 'a'\n",
      ['left: host ansible_a'],
    ],
    ['that is not there', '- import_playbook: nothing.yml\n', []],
    [
      'itself, which ends',
      `- import_playbook: upgrade_cluster.yml\n- import_playbook: other.yml\n`,
      ['fails x == 2'],
    ],
  ])('imports %s', (_what, book, expected) => {
    expect(
      played(book, {}, { 'playbooks/other.yml': `- hosts: all\n  tasks:\n${indented(that('x == 2'))}\n` }),
    ).toEqual(expected)
  })
})

describe('a role', () => {
  const roles = { one: that("mode == 'b'"), two: that('x == 2') }
  const named = (entry: string): string => `- hosts: all\n  roles:\n    - ${entry}\n`
  test.each<[string, string, Files, readonly string[]]>([
    ['by its name', named('two'), {}, ['fails x == 2']],
    ['as a mapping', named('{ role: two }'), {}, ['fails x == 2']],
    ['by the other key', named('{ name: two }'), {}, ['fails x == 2']],
    ['of the collection', named('kubernetes_sigs.kubespray.two'), {}, ['fails x == 2']],
    ['with a slash', named('two/'), {}, ['fails x == 2']],
    ['by a variable', named("\"{{ 'two' if x == 1 else 'one' }}\""), {}, ['fails x == 2']],
    ['by one that a host decides', named('"{{ ansible_a }}"'), {}, []],
    ['with variables beside it', named('{ role: one, mode: a }'), {}, ["fails mode == 'b'"]],
    ['with variables below it', named('{ role: one, vars: { mode: a } }'), {}, ["fails mode == 'b'"]],
    [
      'whose keys are none',
      named('{ role: one, tags: mode, when: x == 1, become: true }'),
      {},
      ['left: undefined mode'],
    ],
    [
      'whose keys are none, though others may be defined',
      named('{ role: three, become: true, extra: true }'),
      { 'roles/three/tasks/main.yml': that('become is not defined') + that('extra is not defined') },
      ['passes', 'fails extra is not defined'],
    ],
    ['in a folder', named('deep/two'), { 'roles/deep/two/tasks/main.yml': that('x == 3') }, ['fails x == 3']],
    [
      'that may run, and then does',
      "- hosts: all\n  roles:\n    - { role: two, when: ansible_a == 'a' }\n    - two\n",
      {},
      ['fails x == 2'],
    ],
    ['under a condition that does not hold', named('{ role: two, when: x == 2 }'), {}, []],
    ['that never runs', named('{ role: two, tags: never }'), {}, []],
    ['that never runs, among other tags', named('{ role: two, tags: "a,never" }'), {}, []],
    ['with other tags', named('{ role: two, tags: [a, nevermore] }'), {}, ['fails x == 2']],
    ['twice: once', '- hosts: all\n  roles: [two, two]\n', {}, ['fails x == 2']],
    [
      'behind what it depends on',
      named('two'),
      { 'roles/two/meta/main.yml': 'dependencies:\n  - { role: one, mode: a }\n' },
      ["fails mode == 'b'", 'fails x == 2'],
    ],
    [
      'whose files end otherwise',
      named('three'),
      { 'roles/three/tasks/main.yaml': that('x == 3') },
      ['fails x == 3'],
    ],
    ['that is not there', named('nothing'), {}, []],
    ['without a name', named('{ tags: a }'), {}, []],
  ])('%s', (_which, book, more, expected) => {
    expect(played(book, roles, more)).toEqual(expected)
  })

  test('with other variables it comes by again', () => {
    const book = '- hosts: all\n  roles:\n    - { role: one, mode: b }\n    - { role: one, mode: a }\n'
    expect(played(book, roles)).toEqual(["fails mode == 'b'"])
  })

  test.each<[string, string, readonly string[]]>([
    ['all of it', '    - include_role:\n        name: two\n', ['fails x == 2']],
    ['at once', '    - import_role:\n        name: two\n', ['fails x == 2']],
    [
      'one file of it',
      '    - include_role:\n        name: two\n        tasks_from: other\n',
      ['fails x == 4'],
    ],
    [
      'named in full',
      '    - include_role:\n        name: two\n        tasks_from: other.yml\n',
      ['fails x == 4'],
    ],
    [
      'for each of a list',
      '    - include_role:\n        name: "{{ item }}"\n      loop: [two, three]\n',
      ['fails x == 2', 'fails x == 3'],
    ],
    [
      'under a condition that does not hold',
      '    - include_role:\n        name: two\n      when: x == 2\n',
      [],
    ],
    [
      'with variables',
      '    - include_role:\n        name: one\n      vars:\n        mode: a\n',
      ["fails mode == 'b'"],
    ],
  ])('is included: %s', (_what, tasks, expected) => {
    const more = { 'roles/two/tasks/other.yml': that('x == 4'), 'roles/three/tasks/main.yml': that('x == 3') }
    expect(played(`- hosts: all\n  tasks:\n${tasks}`, roles, more)).toEqual(expected)
  })
})

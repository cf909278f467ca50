import { describe, expect, test } from 'vitest'
import type { Files } from '../../support/audited.ts'
import { that } from '../../support/checked-release.ts'
import { fact, indented, played } from '../../support/played.ts'

describe('a task', () => {
  const run = (tasks: string, more: Files = {}): readonly string[] =>
    played('- hosts: all\n  roles: [one]\n', { one: tasks }, more)
  const A = fact('mode', 'a')
  const IS_B = that("mode == 'b'")
  const HOST = "  when: ansible_a == 'a'\n"

  test.each<[string, string, Files, readonly string[]]>([
    ['sets a fact', A + IS_B, {}, ["fails mode == 'b'"]],
    ['not under a condition that does not hold', `${A}  when: x == 2\n${IS_B}`, {}, ['left: undefined mode']],
    ['or maybe', `${fact('x', '7')}${HOST}${that('x == 2')}`, {}, ['left: host ansible_a']],
    ['to what a host has', `${fact('mode', '"{{ ansible_a }}"')}${IS_B}`, {}, ['left: host ansible_a']],
    [
      'and uses those before it',
      `${A}${fact('other', '"{{ mode }}"')}${that("other == 'b'")}`,
      {},
      ["fails other == 'b'"],
    ],
    [
      'and not those beside it',
      `${A}- set_fact:\n    mode: c\n    other: "{{ mode }}"\n${that("other == 'b'")}`,
      {},
      ["fails other == 'b'"],
    ],
    [
      'in one line, which is not read',
      `${A}- set_fact: mode=c other=d\n${IS_B}${that("other == 'b'")}`,
      {},
      ['left: host mode', 'left: host other'],
    ],
    [
      'which is no variable to keep it',
      `- set_fact:\n    mode: a\n    cacheable: true\n${that('cacheable is not defined')}`,
      {},
      ['passes'],
    ],
    [
      'registers what it found',
      `- command: /bin/true\n  register: x\n${that('x == 2')}`,
      {},
      ['left: host x'],
    ],
    [
      'registers something, whatever it is',
      `- command: /bin/true\n  register: found\n${that('found is defined')}`,
      {},
      ['passes'],
    ],
    ['ends the play', `- meta: end_play\n${that('x == 2')}`, {}, []],
    ['ends it for a host', `- meta: end_host\n${that('x == 2')}`, {}, []],
    ['ends it for those of a turn', `- meta: end_batch\n${that('x == 2')}`, {}, []],
    ['does something else', `- meta: flush_handlers\n${that('x == 2')}`, {}, ['fails x == 2']],
    ['ends it not', `- meta: end_play\n  when: x == 2\n${that('x == 2')}`, {}, ['fails x == 2']],
    ['may end it', `- meta: end_play\n${HOST}${that('x == 2')}`, {}, ['left: host ansible_a']],
    [
      'may end it, and another does not',
      `- meta: end_play\n${HOST}- meta: end_play\n  when: x == 2\n${that('x == 2')}`,
      {},
      ['left: host ansible_a'],
    ],
    [
      'may end it, and another does',
      `- meta: end_play\n${HOST}- meta: end_play\n${that('x == 2')}`,
      {},
      ['left: host ansible_a'],
    ],
    [
      'may end it in a block that rescues: what failed before may have led past it',
      `- block:\n    - meta: end_play\n  rescue: []\n${that('x == 2')}`,
      {},
      ['left: host whether a play has ended'],
    ],
    [
      'may end it there, after what may have ended it',
      `- meta: end_play\n${HOST}- block:\n    - meta: end_play\n  rescue: []\n${that('x == 2')}`,
      {},
      ['left: host ansible_a'],
    ],
    [
      'loads variables of a file',
      `- include_vars: "{{ ansible_a }}.yml"\n${that('y == 2')}`,
      { 'roles/one/vars/Debian.yml': 'y: 1\n' },
      ['left: host y'],
    ],
    [
      'loads none',
      `- include_vars: "{{ ansible_a }}.yml"\n  when: x == 2\n${that('y == 2')}`,
      { 'roles/one/vars/Debian.yml': 'y: 1\n' },
      ['left: undefined y'],
    ],
    [
      'that checks loads none',
      `${that('x == 2')}${that('y == 2')}`,
      { 'roles/one/vars/Debian.yml': 'y: 1\n' },
      ['fails x == 2', 'left: undefined y'],
    ],
    [
      'includes others beside it',
      '- include_tasks: other.yml\n',
      { 'roles/one/tasks/other.yml': that('x == 2') },
      ['fails x == 2'],
    ],
    [
      'imports them',
      '- import_tasks: other.yml\n',
      { 'roles/one/tasks/other.yml': that('x == 2') },
      ['fails x == 2'],
    ],
    [
      'includes them as one wrote it before',
      '- include: other.yml\n',
      { 'roles/one/tasks/other.yml': that('x == 2') },
      ['fails x == 2'],
    ],
    [
      'includes them from a folder of its role',
      '- include_tasks: deep/a.yml\n',
      {
        'roles/one/tasks/deep/a.yml': '- include_tasks: other.yml\n',
        'roles/one/tasks/other.yml': that('x == 2'),
      },
      ['fails x == 2'],
    ],
    [
      'for each of a list',
      '- include_tasks: "{{ item }}.yml"\n  loop: [a, b]\n',
      { 'roles/one/tasks/a.yml': that('x == 2'), 'roles/one/tasks/b.yml': that('x == 3') },
      ['fails x == 2', 'fails x == 3'],
    ],
    [
      'includes what nobody knows, which may set what its role sets',
      `${fact('mode', 'a', '  when: x == 2\n')}- include_tasks: "{{ ansible_a }}.yml"\n${IS_B}`,
      {},
      ['left: host mode'],
    ],
    [
      'includes what sets nothing, and what was set stays',
      `${A}- include_tasks: other.yml\n${IS_B}`,
      { 'roles/one/tasks/other.yml': that('x == 2') },
      ['fails x == 2', "fails mode == 'b'"],
    ],
    [
      'includes itself where a host says so, which ends',
      `${that('x == 2')}- include_tasks: main.yml\n${HOST}`,
      {},
      ['fails x == 2'],
    ],
    [
      'includes its role where a host says so, which ends',
      `${that('x == 2')}- include_role:\n    name: one\n${HOST}`,
      {},
      ['fails x == 2'],
    ],
    [
      'includes others again and again',
      `${'- include_tasks: other.yml\n'.repeat(30)}- include_tasks: last.yml\n`,
      { 'roles/one/tasks/other.yml': '[]\n', 'roles/one/tasks/last.yml': that('x == 2') },
      ['fails x == 2'],
    ],
    [
      'includes nothing that is there',
      `- include_tasks: nothing.yml\n${that('x == 2')}`,
      {},
      ['fails x == 2'],
    ],
    ['has variables of its own', `${IS_B}  vars:\n    mode: a\n`, {}, ["fails mode == 'b'"]],
    ['of a block under a condition', `- block:\n${indented(that('x == 2'))}\n  when: x == 2\n`, {}, []],
    [
      'of a block with variables',
      `- block:\n${indented(IS_B)}\n  vars:\n    mode: a\n`,
      {},
      ["fails mode == 'b'"],
    ],
    [
      'of a block whose failures count',
      `- block:\n${indented(that('x == 2'))}\n  ignore_errors: false\n`,
      {},
      ['fails x == 2'],
    ],
    [
      'of a block whose failures are none',
      `- block:\n${indented(that('x == 2'))}\n  failed_when: false\n`,
      {},
      ['not-asked'],
    ],
    ['that comes always', `- block: []\n  always:\n${indented(that('x == 2'))}\n`, {}, ['fails x == 2']],
    [
      'of a rescue, which may set what it sets',
      `${A}- block: []\n  rescue:\n${indented(fact('mode', 'c'))}\n${IS_B}`,
      {},
      ['left: host mode'],
    ],
    ['of a rescue is not asked', `- block: []\n  rescue:\n${indented(that('x == 2'))}\n`, {}, []],
  ])('%s', (_what, tasks, more, expected) => {
    expect(run(tasks, more)).toEqual(expected)
  })
})

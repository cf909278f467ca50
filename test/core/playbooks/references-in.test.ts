import { describe, expect, test } from 'vitest'
import { referencesIn } from '../../../src/core/playbooks/references-in.ts'

/** What a file names; with a mark where it is not looked for in any case. */
function named(text: string): readonly string[] {
  return referencesIn(text).map(({ kind, name, isCertain }) => `${kind} ${name}${isCertain ? '' : '?'}`)
}

describe('a file of tasks or a playbook names', () => {
  test.each<[string, string, string[]]>([
    ['a role by its name', '- include_role: { name: a }\n', ['role a']],
    ['a role by the other word for its name', '- import_role:\n    role: a\n', ['role a']],
    ['and in one line', '- include_role: role=a tasks_from=b\n', ['role a']],
    [
      'roles of a play',
      '- hosts: all\n  roles:\n    - a\n    - { role: b }\n    - { name: c }\n',
      ['role a', 'role b', 'role c'],
    ],
    ['no role that is none', '- hosts: all\n  roles:\n    - { tags: a }\n    - 1\n', []],
    ['tasks', '- import_tasks: a.yml tags=b\n', ['tasks a.yml']],
    [
      'tasks where a template says',
      "- import_tasks: '{{ a | b }}/{{ c }}.yml x=y'\n",
      ['tasks {{ a | b }}/{{ c }}.yml'],
    ],
    [
      'tasks by the key of their file',
      '- include_tasks:\n    file: a.yml\n    apply: { tags: b }\n',
      ['tasks a.yml'],
    ],
    ['and in one line', '- include_tasks: file=a.yml\n', ['tasks a.yml']],
    [
      'variables, and not the name that they are given',
      '- include_vars:\n    name: stuff\n    file: a.yml\n',
      ['variables a.yml'],
    ],
    ['and in one line', '- include_vars: name=stuff file=a.yml\n', ['variables a.yml']],
    ['no variables of a whole folder', '- include_vars:\n    dir: a\n', []],
    ['variables of a play', '- hosts: all\n  vars_files:\n    - a.yml\n', ['variables a.yml']],
    [
      'of several the first that is there',
      '- hosts: all\n  vars_files:\n    - [a.yml, b.yml]\n    - c.yml\n',
      ['variables a.yml?', 'variables b.yml?', 'variables c.yml'],
    ],
    ['a playbook in the old way', '- include: a.yml\n  tags: b\n', ['playbook a.yml']],
    ['tasks in the old way', '- name: It\n  include: a.yml\n', ['tasks a.yml']],
    [
      'tasks in the old way, which go over something',
      '- include: a.yml\n  with_items: [1]\n',
      ['tasks a.yml'],
    ],
    ['nothing with a key that has no value', '- import_tasks:\n- include_role: 1\n', []],
  ])('%s', (_, text, expected) => {
    expect(named(text)).toEqual(expected)
  })
})

describe('what a condition is asked before is looked for only where it holds', () => {
  test.each<[string, string, string[]]>([
    ['included', '- include_tasks: a.yml\n  when: x\n', ['tasks a.yml?']],
    ['imported, which is read before', '- import_tasks: a.yml\n  when: x\n', ['tasks a.yml']],
    ['in a block', '- when: x\n  block:\n    - include_role: { name: a }\n', ['role a?']],
    ['where a block fails', '- block: []\n  rescue:\n    - include_role: { name: a }\n', ['role a']],
  ])('%s', (_, text, expected) => {
    expect(named(text)).toEqual(expected)
  })
})

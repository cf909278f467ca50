import { expect, test } from 'vitest'
import { otherTask } from '../../../src/core/verify/other-task.ts'

test.each([
  ['nothing at all', ''],
  ['a head alone', '---\n# nothing yet\n'],
  [
    'what only asks',
    '- assert:\n    that: x\n- ansible.builtin.fail:\n    msg: no\n  when: y\n- debug: msg=z\n',
  ],
  ['what remembers', '- set_fact:\n    a: 1\n  loop: [1]\n  register: b\n- group_by:\n    key: c\n'],
  ['a block of that', '- block:\n    - assert:\n        that: x\n  rescue:\n    - fail:\n  when: y\n'],
  [
    'the vars of one',
    "- assert:\n    that: x\n  vars:\n    x: \"{{ query('varnames', '^a') }}\"\n  run_once: true\n",
  ],
])('%s is harmless', (_, text) => {
  expect(otherTask(text)).toBeUndefined()
})

test.each([
  ['a command', '- assert:\n    that: x\n- shell: reboot\n', 3, 'shell'],
  ['a command in a block', '- block:\n    - command: x\n', 2, 'command'],
  ['a command where another one failed', '- block: []\n  rescue:\n    - raw: x\n', 3, 'raw'],
  ['a module of a collection', '- community.general.x:\n    a: 1\n', 1, 'community.general.x'],
  ['an assert of somebody else', '- mine.own.assert:\n    that: x\n', 1, 'mine.own.assert'],
  ['an action in words', '- action: shell reboot\n', 1, 'action'],
  ['an action in old words', '- local_action: shell reboot\n', 1, 'local_action'],
  ['another host', '- assert:\n    that: x\n  delegate_to: node1\n', 3, 'delegate_to'],
  ['another connection', '- assert:\n    that: x\n  connection: ssh\n', 3, 'connection'],
  ['more tasks', '- include_tasks: more.yml\n', 1, 'include_tasks'],
  ['tasks of another role', '- import_role:\n    name: x\n', 1, 'import_role'],
  ['facts of a host', '- setup:\n', 1, 'setup'],
  ['a loop over what a program prints', '- debug: msg=x\n  with_pipe: reboot\n', 2, 'with_pipe'],
  ['a block of somebody else', '- block: []\n  module_defaults: {}\n', 2, 'module_defaults'],
  ['collections that change names', '- assert:\n    that: x\n  collections: [a.b]\n', 3, 'collections'],
  ['a condition that starts a program', "- assert:\n    that: lookup('pipe', 'reboot')\n", 1, 'lookup'],
  [
    'a condition that hides it',
    "- assert:\n    that: x\n  when: \"[lookup][0]('pipe', 'reboot')\"\n",
    1,
    'lookup',
  ],
  ['something that is no list', 'a: 1\n', 1, 'unreadable'],
  ['something that is no task', '- assert:\n    that: x\n- reboot\n', 1, 'unreadable'],
  ['what is read in part', "- assert:\n    that: 'a' | b\n", 1, 'unreadable'],
  ['what nobody can read', '- "a\n', 1, 'unreadable'],
])('%s is more than that', (_, text, line, doing) => {
  expect(otherTask(text)).toEqual({ line, doing })
})

import { expect, test } from 'vitest'
import { guardsOf } from '../../../src/core/catalogue/guards-of.ts'
import type { ReleaseFiles } from '../../../src/core/catalogue/release-files.ts'
import type { Variables } from '../../../src/core/catalogue/variables-of.ts'

function removed(text: string): readonly string[] {
  const files = { layout: { checks: ['check.yml'] }, text: () => text } as unknown as ReleaseFiles
  return guardsOf(files, { value: () => undefined } as unknown as Variables).removed.map(({ name }) => name)
}

test.each<[string, string, readonly string[]]>([
  ['an assertion', '- name: No a\n  assert:\n    that: a is not defined\n', ['a']],
  [
    'one of several, in a block',
    '- block:\n    - assert:\n        that:\n          - b is undefined\n          - c == 1\n',
    ['b'],
  ],
  ['by its whole name', "- ansible.builtin.assert:\n    that: ['d is not defined']\n", ['d']],
  [
    'a task that runs where it is not set',
    '- set_fact:\n    x: 1\n  when:\n    - y is defined\n    - x is not defined\n',
    [],
  ],
  [
    'a task that stops the play for want of it',
    '- fail:\n    msg: set it\n  when:\n    - tenant is not defined\n',
    [],
  ],
  ['an assertion of more than that', '- assert:\n    that: e is not defined or f\n', []],
])(
  'a variable that may not be set is one that an assertion wants undefined: %s',
  (_title, text, expected) => {
    expect(removed(text)).toEqual(expected)
  },
)

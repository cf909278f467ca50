import { expect, test } from 'vitest'
import { foreignLookup } from '../../../src/core/verify/foreign-lookup.ts'

test.each([
  ['no template', 'a: query the lookup\nq: 1\n'],
  ['a variable', `a: "{{ lookup('vars', 'b') }}"\n`],
  ['the environment, by its whole name', `a: "{{ lookup('ansible.builtin.env', 'B') }}"\n`],
  ['a password in a folder of ours', `a: "{{ lookup('password', credentials_dir + '/x') }}"\n`],
  ['one that is commented out', `# a: "{{ lookup('pipe', 'x') }}"\n`],
  ['a word of that name', `a: "{{ dns.query | default('query') }}"\n`],
  ['a variable of that name, asked of a structure', 'a: "{{ hostvars | json_query(query) }}"\n'],
  ['a key of that name', 'query: 1\nlookup: {q: 2}\n'],
])('%s starts nothing', (_, text) => {
  expect(foreignLookup('group_vars/all.yml', text)).toBeUndefined()
})

test.each([
  ['a program', `b: 1\na: "{{ lookup('pipe', 'x') }}"\n`, { line: 2, name: 'pipe' }],
  [
    'a program by its whole name',
    `a: "{{ query('ansible.builtin.pipe', 'x') }}"\n`,
    { line: 1, name: 'pipe' },
  ],
  ['a program, shortly', `a: "{{ q("pipe", 'x') }}"\n`, { line: 1, name: 'pipe' }],
  ['an address', `a: "{{ lookup('url', 'https://example.org') }}"\n`, { line: 1, name: 'url' }],
  ['a name like a harmless one', `a: "{{ lookup('my.own.env', 'x') }}"\n`, { line: 1, name: 'my.own.env' }],
  ['a name that is worked out', `a: "{{ lookup(b, 'x') }}"\n`, { line: 1 }],
  ['a name in pieces', `a: "{{ lookup('pi' ~ 'pe', 'x') }}"\n`, { line: 1, name: 'pi' }],
  ['the function by another name', `a: "{% set f = lookup %}{{ f('pipe', 'x') }}"\n`, { line: 1 }],
  ['a password anywhere', `a: "{{ lookup('password', '/etc/x') }}"\n`, { line: 1, name: 'password' }],
  ['what is written with escapes', `a: "{{ \\x6cookup('pipe', 'x') }}"\n`, { line: 1, name: 'pipe' }],
  ['over several lines', `a: >-\n  {{\n    lookup(\n    'pipe', 'x')\n  }}\n`, { line: 3, name: 'pipe' }],
])('%s may', (_, text, found) => {
  expect(foreignLookup('group_vars/all.yml', text)).toEqual(found)
})

import { expect, test } from 'vitest'
import { standsTwice } from '../../../src/core/merge/stands-twice.ts'

type Kind = Parameters<typeof standsTwice>[2]

/** What is found twice in a text whose sides both have its pieces once: the release has the first, the patch the second. */
function twice(kind: Kind, first: string, second: string): readonly string[] {
  const lines = (...pieces: readonly string[]): readonly string[] => pieces.join('\n').split('\n')
  const sides = { base: [], upstream: lines(first, '# one end'), patch: lines('# one start', second) }
  return standsTwice(lines('# one start', first, second, '# one end'), sides, kind).map(
    ({ kind: what, name, place }) => [what, name, ...(place === undefined ? [] : [place])].join(' '),
  )
}

test.each<[string, Kind, string, string, readonly string[]]>([
  ['a name under one statement, and after it', 'settings', '{% if x %}\nPANEL=1\n{% endif %}', 'PANEL=2', []],
  [
    'a name under one loop, and after it',
    'settings',
    '{% for x in y %}\nPANEL=1\n{% endfor %}',
    'PANEL=2',
    [],
  ],
  [
    'under both ways of one condition',
    'settings',
    '{% if x %}\nPANEL=1',
    '{% else %}\nPANEL=2\n{% endif %}',
    [],
  ],
  [
    'under two ways of one condition',
    'settings',
    '{% if x %}\nPANEL=1',
    '{% elif y %}\nPANEL=2\n{% endif %}',
    [],
  ],
  ['behind a statement that opens nothing', 'settings', '{% set x = 1 %}\nPANEL=1', 'PANEL=2', ['key PANEL']],
  [
    'behind a condition that is closed',
    'settings',
    'PANEL=1\n{%- if x -%}\nOTHER=1\n{%+ endif %}',
    'PANEL=2',
    ['key PANEL'],
  ],
  [
    'under the same condition twice',
    'settings',
    '{%if x%}\nPANEL=1\n{%endif%}',
    '{%if x%}\nPANEL=2\n{%endif%}',
    ['key PANEL'],
  ],
  ['before a statement that opens nothing', 'settings', 'PANEL=1', '{% set x = 1 %}\nPANEL=2', ['key PANEL']],
  [
    'before and behind both ways of a condition',
    'settings',
    'PANEL=1\n{% if x %}\nA=1\n{% else %}\nB=1\n{% endif %}',
    'PANEL=2',
    ['key PANEL'],
  ],
  ['a section', 'settings', '[edge]\nport=1', '[edge]\nport=2', ['key [edge]', 'key [edge] port']],
  [
    'a table of an array is none twice in others’ words',
    'settings',
    '[[edge]]\nport=1',
    '[[core]]\nport=2',
    [],
  ],
  ['a table of an array', 'settings', '[[edge]]\na=1', '[[edge]]\nb=2', ['key [[edge]]']],
  ['a value in brackets opens no section', 'settings', 'a=[edge]\nport=1', 'b=[edge]\nport=2', ['key port']],
  [
    'a section with a remark behind it is the section',
    'settings',
    '[edge] # one\nport=1',
    '[edge] ; two\nport=2',
    ['key [edge]', 'key [edge] port'],
  ],
  ['one name in two sections with a remark', 'settings', '[edge] # one\nport=1', '[core] # two\nport=2', []],
  ['a comparison assigns nothing', 'settings', 'mode == 1', 'mode == 2', []],
  ['what closes a block', 'text', '{%- endif %}', '{%- endif %}', []],
  ['what closes it without blanks', 'text', '{%endfor%}', '{%endfor%}', []],
  ['the other way of a condition', 'text', '{% elif panels %}', '{% elif panels %}', []],
  [
    'a line that ends in what closes',
    'text',
    'echo panel {% endif %}',
    'echo panel {% endif %}',
    ['line echo panel {% endif %}'],
  ],
  ['a line however far in it stands', 'text', '  echo panel', 'echo panel', ['line echo panel']],
  ['a key of YAML, with its place', 'outline', 'a:\n  b: 1', 'a:\n  b: 2', ['key a a']],
  [
    'an item, as it is written',
    'outline',
    '- name: one panel',
    '- name: one panel',
    ['item - name: one panel [name: one panel]'],
  ],
])('%s', (_title, kind, first, ...[second, found]) => {
  expect(twice(kind, first, second)).toEqual(found)
})

test('what the base has as often is nobody’s doing', () => {
  const merged = ['x: 1', 'y: 1', 'x: 1']
  const sides = { base: ['x: 1', 'x: 1'], upstream: ['x: 1', 'y: 1'], patch: ['x: 1'] }
  expect(standsTwice(merged, sides, 'outline')).toEqual([])
  expect(standsTwice(merged, { ...sides, base: ['x: 1'] }, 'outline')).toHaveLength(1)
})

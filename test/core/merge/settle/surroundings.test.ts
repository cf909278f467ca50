import { describe, expect, test } from 'vitest'
import { surroundings } from '../../../../src/core/merge/settle/surroundings.ts'

/** What the marked lines (`> `) stand in; where none is marked, the place before the line of `>` alone. */
function around(path: string, marked: readonly string[]): readonly string[] {
  const lines = marked.filter((line) => line !== '>').map((line) => `${line.replace(/^> /, '')}\n`)
  const gap = marked.indexOf('>')
  if (gap >= 0) return surroundings(path, lines, { from: gap, to: gap })
  const from = marked.findIndex((line) => line.startsWith('> '))
  const to = marked.findLastIndex((line) => line.startsWith('> ')) + 1
  return surroundings(path, lines, { from, to })
}

describe('in YAML lines stand in settings', () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['at the top, in nothing', ['a: 1', '> b: 2', 'c: 3'], []],
    ['in the map above', ['a:', '  x: 1', '>   b: 2', 'c: 3'], ['a:']],
    ['in each map around, outermost first', ['a:', '  b:', '    x: 1', '>     c: 2'], ['a:', 'b:']],
    ['not in a map that ended', ['a:', '  x: 1', 'b:', '>   c: 2'], ['b:']],
    ['past comments, blanks and the beginning of a document', ['---', 'a:', '', '# b:', '>   c: 2'], ['a:']],
    ['as shallow as the shallowest of them', ['a:', '  b:', '>     c: 2', '>   d: 3'], ['a:']],
    ['a remark among them says nothing of their place', ['a:', '  b:', '> # c', '>     d: 1'], ['a:', 'b:']],
    ['a remark after them neither', ['a:', '  b:', '>', '# c', '    d: 1'], ['a:', 'b:']],
    ['where all is moved in, in what is moved in least', ['  a:', '>     b: 1'], ['a:']],
    ['where all is moved in, below the beginning of a document', ['---', '>   b: 1'], []],
    ['in a map whose name has a dash', ['a - b:', '  x: 1', '>   c: 2'], ['a - b:']],
    ['where nothing stands, with what comes after', ['a:', '>', '  b: 1'], ['a:']],
    ['where nothing follows, with what is above', ['a:', '  b: 1', '>'], ['a:']],
    ['in an empty file, in nothing', ['>'], []],
  ])('%s', (_what, lines, expected) => {
    expect(around('a/main.yml', lines)).toEqual(expected)
  })

  test('an item is known by the rest of it: another condition makes other lines of them', () => {
    const item = [
      '- name: one',
      '  command: x',
      '',
      '- name: two',
      '>   command: y',
      '  # why',
      '  when: z',
      '- name: three',
    ]
    expect(around('a/main.yml', item)).toEqual(['- name: two', '- name: two', 'when: z'])
  })

  test('the rest of the last item ends with the file, that of an inner one with its item', () => {
    expect(around('a.yml', ['- name: one', '>   command: y', '  when: z'])).toEqual([
      '- name: one',
      '- name: one',
      'when: z',
    ])
    const inner = ['- block:', '    - name: one', '>       command: y', '    - name: two', '  when: z']
    expect(around('a.yml', inner)).toEqual(['- block:', '- name: one', '- name: one'])
  })
})

test.each<readonly [string, readonly string[], readonly string[]]>([
  ['no section', ['a=1', '> b=2'], []],
  ['a section', ['[one]', 'a=1', '> b=2'], ['[one]']],
  ['a section with a remark', ['[one]', '[two] # why', '> b=2'], ['[two]']],
  ['no section for a list', ['[one]', 'a=[1]', '> b=2'], ['[one]']],
  ['the nearest section', ['[one]', 'a=1', '  [two:vars]', '> b=2', '[three]'], ['[two:vars]']],
])('a list of settings: %s', (_what, lines, expected) => {
  expect(around('hosts.ini', lines)).toEqual(expected)
})

describe('statements of templates that are open there', () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['none', ['a', '> b'], []],
    ['one', ['{% if a %}', '> b', '{% endif %}'], ['if a']],
    ['one that ended', ['{% if a %}', 'x', '{% endif %}', '> b'], []],
    ['one in another', ['{% if a %}', '{%- for b in c -%}', '> d'], ['if a', 'for b in c']],
    ['another branch of it', ['{% if a %}', 'x', '{% elif b %}', '> c'], ['if a; elif b']],
    ['the last branch of it', ['{% if a %}', '{% elif b %}', '{% else %}', '> c'], ['if a; elif b; else']],
    ['a branch of nothing', ['{% else %}', '> c'], ['; else']],
    ['one over two lines', ['{% if a', '   and b %}', '> c'], ['if a and b']],
    ['two in one line', ['{% if a %}x{% endif %}{% for b in c %}', '> d'], ['for b in c']],
    ['with a percent sign', ['{% if a % 2 == 0 %}', '> d'], ['if a % 2 == 0']],
    ['with a sign in it', ['{%- if a-b -%}', '> d'], ['if a-b']],
    ['with signs in it and none at its ends', ['{% if a - b %}', '> d'], ['if a - b']],
    ['words before the first one', ['for x %}', '> d'], []],
    ['one that is not ended', ['{% if a', '> d'], []],
    ['a value that is set', ['{% if a %}', '{% set b = c %}', '> d'], ['if a']],
    [
      'a value that is set to what stands between',
      ['{% if a %}', '{% set b %}x{% endset %}', '> d'],
      ['if a'],
    ],
    ['what is set for a while', ['{% with a = 1 %}', '> d'], ['with a = 1']],
    ['after that while', ['{% if a %}', '{% with b = 1 %}x{% endwith %}', '> d'], ['if a']],
    ['a macro', ['{% macro a(b) %}', '> d'], ['macro a(b)']],
  ])('%s', (_what, lines, expected) => {
    expect(around('files/run.sh.j2', lines)).toEqual(expected)
  })

  test('in YAML and in settings they come first', () => {
    expect(around('a.yml.j2', ['{% if a %}', 'b:', '>   c: 1'])).toEqual(['if a', 'b:'])
    expect(around('a.conf.j2', ['{% if a %}', '[b]', '> c=1'])).toEqual(['if a', '[b]'])
  })
})

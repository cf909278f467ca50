import { expect, test } from 'vitest'
import { mergedText, openPlaces, outlineMerge, type Texts } from '../../../support/outline-merge.ts'
import { yaml } from '../../../support/yaml.ts'

const TASKS = yaml`
  - name: one
    command: run
    when: x
    register: result

  - name: two
    command: walk
`

test.each([
  [
    'what is put in goes as far in as its neighbour went, not where the first setting of a template stands',
    ['  s: 1\na: 1\nb: 1\n', '  s: 1\nc: 1\na: 1\nb: 1\n', '  s: 1\na: 1\np: 1\nb: 1\n'],
    '  s: 1\nc: 1\na: 1\np: 1\nb: 1\n',
  ],
  [
    'blank lines go with what they stand above',
    ['a: 1\n\nb: 1\n', 'a: 1\n\nu: 1\n\nb: 1\n', 'a: 1\n\n\nb: 1\n\np: 1\n'],
    'a: 1\n\nu: 1\n\n\nb: 1\n\np: 1\n',
  ],
  ['settings next to each other are apart', ['a: 1\nb: 1\n', 'a: 2\nb: 1\n', 'a: 1\nb: 2\n'], 'a: 2\nb: 2\n'],
  [
    'a setting is found wherever upstream moved it among its siblings, and upstream’s order stays',
    ['a: 1\nb: 1\nc: 1\n', 'c: 1\na: 1\nb: 1\n', 'a: 1\nb: 2\nc: 1\n'],
    'c: 1\na: 1\nb: 2\n',
  ],
  [
    'settings that each side puts in at one place stand one after the other, upstream’s first',
    ['a: 1\n', 'a: 1\nu: 1\n', 'a: 1\np: 1\n'],
    'a: 1\nu: 1\np: 1\n',
  ],
  [
    'list items that each side puts in, too',
    ['l:\n- a\n', 'l:\n- a\n- u\n', 'l:\n- a\n- p\n'],
    'l:\n- a\n- u\n- p\n',
  ],
  [
    'what the patch puts in first stays before the rest',
    ['a: 1\n', 'a: 2\n', 'p: 1\na: 1\n'],
    'p: 1\na: 2\n',
  ],
  [
    'what both put in stands once',
    ['a: 1\nb: 1\n', 'a: 2\nx: 1\nb: 1\n', 'a: 1\nx: 1\nb: 1\n'],
    'a: 2\nx: 1\nb: 1\n',
  ],
  [
    'what the patch takes away is gone where the release never touched it',
    ['a: 1\nb: 1\n', 'a: 2\nb: 1\n', 'a: 1\n'],
    'a: 2\n',
  ],
  ['what both take away is gone', ['a: 1\nb: 1\nc: 1\n', 'b: 2\n', 'b: 1\nc: 3\n'], 'b: 2\n'],
  [
    'a block keeps the indentation it has upstream, and what is put in takes it',
    ['a:\n  b: 1\n', 'a:\n    b: 1\n', 'a:\n  b: 1\n  c:\n    d: 2\n'],
    'a:\n    b: 1\n    c:\n      d: 2\n',
  ],
  [
    'a list that upstream moved in by two columns',
    ['a:\n- x\n- y\n', 'a:\n  - x\n  - y\n', 'a:\n- x\n- z\n- y\n'],
    'a:\n  - x\n  - z\n  - y\n',
  ],
  [
    'a setting that the patch comments out is a comment afterwards, whatever changed beside it',
    ['a: 1\nb: 1\n', 'a: 1\nb: 2\n', '# a: 1\nb: 1\n'],
    '# a: 1\nb: 2\n',
  ],
  [
    'tasks are known by their name: each side changed another thing of one task',
    [TASKS, TASKS.replace('when: x', 'when: y'), TASKS.replace('register: result', 'register: found')],
    TASKS.replace('when: x', 'when: y').replace('register: result', 'register: found'),
  ],
  [
    'a task that upstream put in beside one that the patch put in',
    [
      '- name: one\n  command: a\n- name: two\n  command: b\n',
      '- name: one\n  command: a\n- name: new\n  command: c\n- name: two\n  command: b\n',
      '- name: one\n  command: a\n- name: ours\n  command: d\n- name: two\n  command: b\n',
    ],
    '- name: one\n  command: a\n- name: new\n  command: c\n- name: ours\n  command: d\n- name: two\n  command: b\n',
  ],
  [
    'a task that upstream renamed keeps the new name and gets the patch’s change',
    [TASKS, TASKS.replace('name: one', 'name: uno'), TASKS.replace('when: x', 'when: y')],
    TASKS.replace('name: one', 'name: uno').replace('when: x', 'when: y'),
  ],
  [
    'lines of one long scalar, changed apart',
    ['a: |\n  one\n  two\n  three\n', 'a: |\n  ONE\n  two\n  three\n', 'a: |\n  one\n  two\n  THREE\n'],
    'a: |\n  ONE\n  two\n  THREE\n',
  ],
  [
    'a template’s condition, changed by the patch around a setting that upstream changed',
    [
      '{% if x %}\na: 1\n{% endif %}\nb: 1\n',
      '{% if x %}\na: 2\n{% endif %}\nb: 1\n',
      '{% if y %}\na: 1\n{% endif %}\nb: 1\n',
    ],
    '{% if y %}\na: 2\n{% endif %}\nb: 1\n',
  ],
  [
    'a loop that the patch puts around a whole manifest',
    ['a: 1\n---\nb: 1\n', 'a: 2\n---\nb: 1\n', '{% for x in y %}\na: 1\n---\nb: 1\n{% endfor %}\n'],
    '{% for x in y %}\na: 2\n---\nb: 1\n{% endfor %}\n',
  ],
] as [string, Texts, string][])('%s', (_title, texts, expected) => {
  expect(mergedText(texts)).toBe(expected)
})

test.each([
  [
    'a setting that the patch takes away and upstream changed',
    ['a: 1\nb: 1\n', 'a: 2\nb: 1\n', 'b: 1\n'],
    ['a: a: 1 | a: 2 | '],
  ],
  [
    'a value that became a mapping upstream',
    ['a: 1\n', 'a:\n  b: 1\n', 'a: 2\n'],
    ['a: a: 1 | a:/  b: 1 | a: 2'],
  ],
  [
    'list items that both edited beyond recognition: which is which would be a guess',
    ['- alpha\n- b\n', '- beta\n- b\n', '- gamma\n- b\n'],
    [': - alpha | - beta | - gamma'],
  ],
  [
    'a list item that the patch edited and upstream took away',
    [TASKS, '- name: two\n  command: walk\n', TASKS.replace('when: x', 'when: y')],
    [
      '[name: one]: - name: one/  command: run/  when: x/  register: result |  | - name: one/  command: run/  when: y/  register: result',
    ],
  ],
  [
    'a task that the patch made another one, where upstream edited it',
    [
      TASKS,
      TASKS.replace('walk', 'march'),
      TASKS.replace('name: two\n  command: walk', 'name: ours\n  shell: fly'),
    ],
    ['[name: two]: - name: two/  command: walk | - name: two/  command: march | '],
  ],
] as [string, Texts, string[]][])('leaves open: %s', (_title, texts, expected) => {
  expect(openPlaces(texts)).toEqual(expected)
})

test('an open place keeps upstream’s lines and says where they start', () => {
  const merge = outlineMerge(['a: 1\nb: 1\nc: 1\n', 'x: 0\na: 1\nb: 2\nc: 1\n', 'a: 1\nc: 1\n'])
  expect(merge.text).toBe('x: 0\na: 1\nb: 2\nc: 1\n')
  expect(merge.open).toMatchObject([{ line: 3, key: 'b' }])
})

test.each([
  ['at the top', ['a: 1\nb: 1\n', 'b: 1\n', 'a: 2\nb: 1\n'], '`a` is gone'],
  ['below a setting', ['a:\n  x: 1\n  y: 1\n', 'a:\n  y: 1\n', 'a:\n  x: 2\n  y: 1\n'], '`a.x` is gone'],
] as [string, Texts, string][])(
  'a setting that the patch changed and the release no longer has is told of, not put back: %s',
  (_title, texts, said) => {
    const { text, open, gone } = outlineMerge(texts)
    expect(open).toEqual([])
    expect(text).toBe(texts[1])
    expect(gone).toEqual([expect.stringContaining(said)])
  },
)

import { expect, test } from 'vitest'
import { splitLines } from '../../../../src/core/text/split-lines.ts'
import { matchBlocks } from '../../../../src/core/yaml/outline/match-blocks.ts'
import { readOutline, type Block } from '../../../../src/core/yaml/outline/read-outline.ts'
import { yaml } from '../../../support/yaml.ts'

/** Which line of the first text starts the block that is which line's block of the second, counted from 1. */
function pairs(a: string, b: string): string {
  const blocks = (text: string): readonly Block[] => readOutline(splitLines(text)).children
  const { forward, backward } = matchBlocks(blocks(a), blocks(b))
  for (const [left, right] of forward) expect(backward.get(right)).toBe(left)
  expect(backward.size).toBe(forward.size)
  return [...forward]
    .sort(([left], [right]) => left.at - right.at)
    .map(([left, right]) => `${left.at + 1}=${right.at + 1}`)
    .join(' ')
}

test.each([
  ['the same settings, other values', 'a: 1\nb: 2\n', 'a: 3\nb: 4\n', '1=1 2=2'],
  ['a setting put in', 'a: 1\nb: 2\n', 'a: 1\nx: 0\nb: 2\n', '1=1 2=3'],
  [
    'a setting that moved, being the only one of its name',
    'a: 1\nb: 2\nc: 3\n',
    'b: 2\nc: 3\na: 1\n',
    '1=3 2=1 3=2',
  ],
  ['no setting with one of another name, however alike', 'a_version: v1\n', 'b_version: v1\n', ''],
  ['blank lines only in order', 'a: 1\n\nb: 2\n', '\nb: 2\na: 1\n', '1=3 2=1 3=2'],
  ['a comment with its very text', '# one\na: 1\n', '# two\na: 1\n', '2=2'],
])('pairs %s', (_title, a, b, expected) => {
  expect(pairs(a, b)).toBe(expected)
})

const TASK = yaml`
  - name: one
    copy:
      src: a
      dest: b
    when: c
`

test.each([
  ['a task with its name, whatever it does now', TASK, '- name: one\n  command: x\n', '1=1'],
  ['a renamed task by what it does', TASK, TASK.replace('one', 'two'), '1=1'],
  [
    'no task with another that shares less than most of its lines',
    TASK,
    '- name: two\n  copy:\n    src: z\n',
    '',
  ],
  ['an item without a name by its content', '- a\n- b\n', '- b\n- c\n', '2=1'],
  [
    'each item once, the most alike first served in order',
    TASK,
    TASK.replace('one', 'x') + TASK.replace('one', 'y'),
    '1=1',
  ],
])('pairs %s', (_title, a, b, expected) => {
  expect(pairs(a, b)).toBe(expected)
})

/** An item of 25 lines of one length, of which so many at the beginning are others. */
function item(others: number): string {
  const line = (at: number) => `${at < others ? 'theirs' : 'settin'}_${'abcdefghijklmnopqrstuvwxy'[at]}: v`
  return Array.from({ length: 25 }, (_, at) => `${at === 0 ? '- ' : '  '}${line(at)}\n`).join('')
}

test.each([
  { others: 9, isSame: true },
  { others: 10, isSame: false },
])(
  'an item is the same with edits where more than 0.6 of it is ($others of 25 lines are others)',
  (given) => {
    expect(pairs(item(0), item(given.others))).toBe(given.isSame ? '1=1' : '')
  },
)

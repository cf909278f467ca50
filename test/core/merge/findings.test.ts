import { describe, expect, test } from 'vitest'
import { sayReason } from '../../../src/core/explain/say-reason.ts'
import { mergeFile } from '../../../src/core/merge/file-merge.ts'
import { splitLines } from '../../../src/core/text/split-lines.ts'
import { parseYaml } from '../../../src/core/yaml/tree/parse-yaml.ts'
import { carryStory, longText } from '../../support/carry.ts'
import { mergedText, openPlaces, outlineMerge, type Texts } from '../../support/outline-merge.ts'

function merge(path: string, [base, upstream, patch]: Texts) {
  const sides = { base: splitLines(base), upstream: splitLines(upstream), patch: splitLines(patch) }
  const merged = mergeFile(path, sides)
  return { ...merged, text: merged.lines.join('') }
}

describe('lines that stand twice', () => {
  test.each([
    ['both take one of four away', ['a\na\na\na\n', 'a\na\na\n', 'a\na\na\n'], 'a\na\na\n'],
    [
      'both take one away, and the patch changes something else',
      ['a\na\na\na\nx\ny\n', 'a\na\na\nx\ny\n', 'a\na\na\nx\nz\n'],
      'a\na\na\nx\nz\n',
    ],
  ] as [string, Texts, string][])('%s', (_title, texts, expected) => {
    expect(merge('a.txt', texts)).toMatchObject({ text: expected, open: [] })
  })

  test('one takes two of them away, the other one: that is no clean merge to two less', () => {
    const { text, open } = merge('a.txt', ['a\na\na\na\na\n', 'a\na\na\n', 'a\na\na\na\n'])
    expect(open.length > 0 || text === 'a\na\na\n').toBe(true)
  })
})

describe('what the outline refuses stays open', () => {
  test.each([
    [
      'a mapping that the patch takes away and upstream adds to',
      ['s:\n  a: 1\nt: 1\n', 's:\n  a: 1\n  b: 2\nt: 1\n', 't: 1\n'],
    ],
    [
      'a mapping that upstream takes away and the patch adds to, in the only setting',
      ['s:\n  a: 1\n', '', 's:\n  a: 1\n  b: 2\n'],
    ],
  ] as [string, Texts][])('%s', (_title, texts) => {
    const { text, open } = merge('a.yml', texts)
    expect(open.length > 0 || parseYaml(text).kind === 'parsed').toBe(true)
    expect(text).not.toMatch(/^ {2}b: 2/)
  })
})

describe('the outline leaves open', () => {
  test.each([
    [
      'a mapping that upstream made a value, where the patch adds to it',
      ['a:\n  b: 1\n', 'a: 1\n', 'a:\n  b: 1\n  c: 2\n'],
    ],
    ['a list that upstream emptied, where the patch adds to it', ['a:\n- x\n', 'a: []\n', 'a:\n- x\n- z\n']],
    [
      'the second line of a value, changed by both',
      ['cmd: run --one\n  --two\n', 'cmd: run --one\n  --three\n', 'cmd: run --one\n  --four\n'],
    ],
    [
      'an item of a list in brackets, changed by both',
      ['a: [\n  1,\n  2\n]\n', 'a: [\n  1,\n  3\n]\n', 'a: [\n  1,\n  4\n]\n'],
    ],
    [
      'a template’s condition, changed by both',
      [
        '{% if x %}\na: 1\n{% endif %}\n',
        '{% if y %}\na: 1\n{% endif %}\n',
        '{% if z %}\na: 1\n{% endif %}\n',
      ],
    ],
    [
      'an item that the patch takes away and upstream edited',
      ['l:\n- a\n- b\n- c\n', 'l:\n- a\n- B\n- c\n', 'l:\n- a\n- c\n'],
    ],
    [
      'an item that upstream takes away and the patch edited',
      ['l:\n- a\n- b\n- c\n', 'l:\n- a\n- c\n', 'l:\n- a\n- bb\n- c\n'],
    ],
    [
      'a task that both renamed',
      [
        '- name: one\n  command: run\n  when: x\n',
        '- name: uno\n  command: run\n  when: x\n',
        '- name: eins\n  command: run\n  when: x\n',
      ],
    ],
  ] as [string, Texts][])('%s', (_title, texts) => {
    expect(openPlaces(texts)).not.toEqual([])
  })
})

test('an item that both put in is no guess', () => {
  const once = 'l:\n  - mine\n  - b\n  - theirs\n'
  expect(mergedText(['l:\n  - a\n  - b\n', once, 'l:\n  - mine\n  - b\n'])).toBe(once)
})

test('the user’s value of a setting that is gone stands in the report', () => {
  const { gone } = outlineMerge(['a: 1\nb: 1\n', 'b: 1\n', 'a: my-own-value\nb: 1\n'])
  expect(gone.join('\n')).toContain('my-own-value')
})

const OLD = longText('alpha')
const OTHER = longText('other')

function feature(name: string, length = 6): string {
  return Array.from({ length }, (_, at) => `part ${at} of ${name}`).join('\n')
}

test('a patch of which upstream took one file, by far the larger, is cut to the other', async () => {
  const [mine, rest] = [
    longText('alpha', { 2: feature('one', 9) }),
    longText('other', { 3: feature('two', 3) }),
  ]
  const carried = await carryStory({
    base: { 'a.txt': OLD, 'b.txt': OTHER },
    patch: { 'a.txt': mine, 'b.txt': rest },
    upstream: { took: { 'a.txt': mine } },
  })
  expect(carried.text('b.txt')).toBe(rest)
  expect(carried.file('b.txt').verdict).toBe('clean')
  expect(carried.file('a.txt').verdict).toBe('upstreamed')
})

test('a submodule that both moved is a question', async () => {
  const at = (name: string) => ({ it: { mode: '160000', content: name } as const })
  const carried = await carryStory({ base: at('a'), patch: at('c'), upstream: { moved: at('b') } })
  expect(carried.verdict).toBe('conflict')
})

test.each([
  [
    'a link',
    { mode: '120000', content: 'a' },
    { mode: '120000', content: 'b' },
    { mode: '120000', content: 'c' },
  ],
  ['a binary file', 'a\0b', 'a\0c', 'a\0d'],
] as const)('%s that both changed has no region without lines', async (_title, ...row) => {
  const [base, upstream, patch] = row
  const carried = await carryStory({
    base: { it: base },
    patch: { it: patch },
    upstream: { moved: { it: upstream } },
  })
  expect(carried.file('it').regions).toEqual([])
})

test('a patch that upstream took where it had moved the file is upstreamed there', async () => {
  const mine = longText('alpha', { 2: feature('one') })
  const carried = await carryStory({
    base: { 'a/f.txt': OLD, 'b.txt': OTHER },
    patch: { 'a/f.txt': mine },
    upstream: { move: { 'a/f.txt': undefined, 'c/f.txt': OLD }, took: { 'c/f.txt': mine } },
  })
  expect(carried.verdict).toBe('upstreamed')
  expect(carried.upstream).toEqual([carried.commits.get('took')])
})

test('a line that upstream took and reworded later was not taken back', async () => {
  const carried = await carryStory({
    base: { 'a.txt': OLD },
    patch: { 'a.txt': longText('alpha', { 2: 'my own second line' }) },
    upstream: {
      took: { 'a.txt': longText('alpha', { 2: 'my own second line' }) },
      on: { 'a.txt': longText('alpha', { 2: 'my own second line, reworded' }) },
    },
  })
  expect(carried.verdict).toBe('upstreamed')
})

test('a rename of the patch that gives way to upstream’s is told of', async () => {
  const carried = await carryStory({
    base: { 'a/f.txt': OLD },
    patch: { 'a/f.txt': undefined, 'a/mine.txt': longText('alpha', { 2: 'a line of mine' }) },
    upstream: {
      move: { 'a/f.txt': undefined, 'b/theirs.txt': longText('alpha', { 10: 'a line of theirs' }) },
    },
  })
  expect(carried.verdict === 'conflict' || sayReason(carried.file('a/f.txt')).includes('a/mine.txt')).toBe(
    true,
  )
})

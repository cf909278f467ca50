import { expect, test } from 'vitest'
import { commentOut } from '../../../../src/core/yaml/tree/comment-out.ts'
import type { KeyPath } from '../../../../src/core/yaml/tree/key-path.ts'
import { moveTo } from '../../../../src/core/yaml/tree/move-to.ts'
import { documentOf, edited } from '../../../support/yaml.ts'

const switchedOff: readonly [string, string, KeyPath, string][] = [
  ['a key', '# own\na: 1 # x\nb: 2\n', ['a'], '# own\n# a: 1 # x\nb: 2\n'],
  [
    'a key with a block',
    'a:\n  b: |\n    x\n\n    y\n  # note\nc: 2\n',
    ['a'],
    '# a:\n#   b: |\n#     x\n#\n#     y\n#   # note\nc: 2\n',
  ],
  ['a nested key', 'a:\n  b: 1\n  c:\n    - 1\n', ['a', 'c'], 'a:\n  b: 1\n  # c:\n  #   - 1\n'],
  ['the only nested key', 'a:\n  b: 1\nc: 1\n', ['a', 'b'], 'a: {}\n  # b: 1\nc: 1\n'],
  ['an item', 'a:\n  - b: 1\n    c: 2\n  - d\n', ['a', 0], 'a:\n  # - b: 1\n  #   c: 2\n  - d\n'],
  ['the key behind a dash', '- a: 1\n  b: 2\n', [0, 'a'], '- # a: 1\n  b: 2\n'],
  ['the only key behind a dash', '- a: 1\n- b\n', [0, 'a'], '- {} # a: 1\n- b\n'],
  ['with CRLF', 'a:\r\n  - 1\r\nb: 2\r\n', ['a'], '# a:\r\n#   - 1\r\nb: 2\r\n'],
]

test.each(switchedOff)('comments out %s', (_title, before, path, after) => {
  expect(edited(before, (document) => commentOut(document, path))).toBe(after)
})

test('leaves what stands in brackets', () => {
  expect(commentOut(documentOf('{a: 1, b: 2}\n'), ['a'])).toBeUndefined()
})

const moves: readonly [string, string, KeyPath, { parent: KeyPath; after: number }, string][] = [
  ['down', '# own\na: 1\nb: 2\nc: 3\n', ['a'], { parent: [], after: 1 }, 'b: 2\n# own\na: 1\nc: 3\n'],
  ['up', 'a: 1\nb: 2\nc: 3', ['c'], { parent: [], after: -1 }, 'c: 3\na: 1\nb: 2\n'],
  [
    'into another mapping',
    'a:\n  b:\n    - x\n  c: 1\nd:\n    e: 2\n',
    ['a', 'b'],
    { parent: ['d'], after: 0 },
    'a:\n  c: 1\nd:\n    e: 2\n    b:\n      - x\n',
  ],
  ['from behind a dash', '- a: 1\n  b: 2\n', [0, 'a'], { parent: [0], after: 1 }, '- b: 2\n  a: 1\n'],
  ['an item', '- a\n- b\n- c\n', [2], { parent: [], after: -1 }, '- c\n- a\n- b\n'],
  ['nowhere', 'a: 1\nb: 2\n', ['a'], { parent: [], after: 0 }, 'a: 1\nb: 2\n'],
]

test.each(moves)('moves %s', (...[, before, path, target, after]) => {
  expect(edited(before, (document) => moveTo(document, path, target))).toBe(after)
})

test('moves nothing into itself, into brackets or where it does not fit', () => {
  expect(moveTo(documentOf('a:\n  b:\n    c: 1\n'), ['a'], { parent: ['a', 'b'], after: 0 })).toBeUndefined()
  expect(moveTo(documentOf('a: {b: 1}\nc: 1\n'), ['c'], { parent: ['a'], after: 0 })).toBeUndefined()
  expect(moveTo(documentOf('a: {b: 1}\nc: 1\n'), ['a', 'b'], { parent: [], after: 1 })).toBeUndefined()
  expect(moveTo(documentOf('a:\n  - 1\nc: 1\n'), ['c'], { parent: ['a'], after: 0 })).toBeUndefined()
  expect(moveTo(documentOf('a: &x 1\nb: *x\n'), ['b'], { parent: [], after: -1 })).toBeUndefined()
})

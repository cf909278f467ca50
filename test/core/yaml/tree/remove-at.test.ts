import { expect, test } from 'vitest'
import type { KeyPath } from '../../../../src/core/yaml/tree/key-path.ts'
import { removeAt } from '../../../../src/core/yaml/tree/remove-at.ts'
import { renameKey } from '../../../../src/core/yaml/tree/rename-key.ts'
import { setScalar } from '../../../../src/core/yaml/tree/set-value.ts'
import { documentOf, edited } from '../../../support/yaml.ts'

const removals: readonly [string, string, KeyPath, string][] = [
  ['a key and its own comments', '# head\n\n# own\na: 1 # x\nb: 2\n', ['a'], '# head\n\nb: 2\n'],
  ['the last key of a file without a final line break', 'a: 1\nb: 2', ['b'], 'a: 1\n'],
  ['one of the empty lines around it', 'a: 1\n\nb: 2\n\nc: 3\n', ['b'], 'a: 1\n\nc: 3\n'],
  ['a nested key', 'a:\n  b: 1\n  c: 2\n', ['a', 'b'], 'a:\n  c: 2\n'],
  ['the only nested key', 'a:  # note\n  b: 1\nc: 2\n', ['a', 'b'], 'a: {}  # note\nc: 2\n'],
  ['the only nested key, below an anchor', 'a: &x\n  b: 1\nc: 2\n', ['a', 'b'], 'a: &x {}\nc: 2\n'],
  ['the only item', 'a:\n- b\nc: 2\n', ['a', 0], 'a: []\nc: 2\n'],
  ['the only key of an item', '- a: 1\n- b: 2\n', [0, 'a'], '- {}\n- b: 2\n'],
  ['an item with its comment', '- a\n# own\n- b\n- c\n', [1], '- a\n- c\n'],
  ['the key behind a dash', '- a: 1\n  b: 2\n', [0, 'a'], '- b: 2\n'],
  ['the key behind a dash, a comment below it', '- a: 1\n  # own\n  b: 2\n', [0, 'a'], '- # own\n  b: 2\n'],
  [
    'the key behind a dash, something between',
    '- a: 1\n\n  # far\n\n  b: 2\n',
    [0, 'a'],
    '- \n\n  # far\n\n  b: 2\n',
  ],
  ['the first in brackets', '{a: 1, b: 2}\n', ['a'], '{b: 2}\n'],
  ['the last in brackets', 'x: [a, b]\n', ['x', 1], 'x: [a]\n'],
  ['the only one in brackets', 'x: { a: 1 }\n', ['x', 'a'], 'x: {}\n'],
]

test.each(removals)('removes %s', (_title, before, path, after) => {
  expect(edited(before, (document) => removeAt(document, path))).toBe(after)
})

const renames: readonly [string, string, KeyPath, string, string][] = [
  ['plain', 'a: 1 # x\n', ['a'], 'b', 'b: 1 # x\n'],
  ['in quotes', '"a": 1\n', ['a'], 'b', '"b": 1\n'],
  ['in single quotes', "'a': 1\n", ['a'], "b'", "'b''': 1\n"],
  ['anchored', '&k a: 1\n', ['a'], 'b', '&k b: 1\n'],
  ['to a name that needs quotes', 'a: 1\n', ['a'], 'b: c', '"b: c": 1\n'],
  ['nested in an item', '- a: 1\n', [0, 'a'], 'b', '- b: 1\n'],
]

test.each(renames)('renames a key: %s', (...[, before, path, key, after]) => {
  expect(edited(before, (document) => renameKey(document, path, key))).toBe(after)
})

test('says when nothing stands at a path', () => {
  expect(removeAt(documentOf('a: 1\n'), ['b'])).toBeUndefined()
  expect(removeAt(documentOf('a: 1\n'), [])).toBeUndefined()
  expect(renameKey(documentOf('- 1\n'), [0], 'a')).toBeUndefined()
})

test('leaves what an alias elsewhere needs', () => {
  const text = 'a: &x {k: &y 1}\nb: *x\nc: [*y]\nd: &z 1\n'
  expect(removeAt(documentOf(text), ['a'])).toBeUndefined()
  expect(removeAt(documentOf(text), ['a', 'k'])).toBeUndefined()
  expect(setScalar(documentOf(text), ['a'], 'x')).toBeUndefined()
  expect(edited(text, (document) => removeAt(document, ['d']))).toBe('a: &x {k: &y 1}\nb: *x\nc: [*y]\n')
  expect(edited(text, (document) => setScalar(document, ['a', 'k'], 2))).toBe(
    'a: &x {k: &y 2}\nb: *x\nc: [*y]\nd: &z 1\n',
  )
})

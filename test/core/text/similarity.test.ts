import fc from 'fast-check'
import { expect, test } from 'vitest'
import { similarity } from '../../../src/core/text/similarity.ts'
import { tokens, wordBag, wordSimilarity } from '../../../src/core/text/tokens.ts'

test.each([
  ['two empty texts', [], [], 1],
  ['an empty text and another', [], ['a'], 0],
  ['equal texts', ['a', 'b'], ['a', 'b'], 1],
  ['the same lines in another order', ['a', 'b'], ['b', 'a'], 1],
  ['nothing in common', ['a'], ['b'], 0],
  ['half of it', ['a', 'b'], ['a', 'c'], 0.5],
  ['a text and its double: each line counts as often as both have it', ['a'], ['a', 'a'], 0.5],
  ['long lines count more', ['long', 'x'], ['long', 'y'], 0.8],
])('texts: %s', (_title, a, b, expected) => {
  expect(similarity(a, b)).toBe(expected)
})

test.each([
  ['image: "{{ repo }}:v1.2.3"', ['image', ':', '"', '{', '{', 'repo', '}', '}', ':', 'v1.2.3', '"']],
  ['kube-flannel-ds', ['kube-flannel-ds']],
  ['a_b - c', ['a_b', '-', 'c']],
  ['   ', []],
])('the words of %j', (line, expected) => {
  expect(tokens(line)).toEqual(expected)
})

test.each([
  ['two blank lines', '', ' ', 1],
  ['a blank line and another', '', 'a', 0],
  ['the same words', 'a: b', 'a : b', 1],
  ['two of three words', 'a b c', 'a b d', 0.5],
  ['signs count little', 'a: "x"', 'b: "x"', 1.3 / 3.3],
  ['a word once is not the word twice', 'a', 'a a', 0.5],
])('lines: %s', (_title, a, b, expected) => {
  expect(wordSimilarity(wordBag(a), wordBag(b))).toBeCloseTo(expected, 10)
})

test('both measures lie between 0 and 1, do not care who comes first, and know a text as itself', () => {
  const lines = fc.array(fc.constantFrom('a', 'b: c', '  - "{{ d }}"', ''), { maxLength: 8 })
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      const words = (x: readonly string[], y: readonly string[]): number =>
        wordSimilarity(wordBag(x.join(' ')), wordBag(y.join(' ')))
      for (const measure of [similarity, words]) {
        expect(measure(a, b)).toBeGreaterThanOrEqual(0)
        expect(measure(a, b)).toBeLessThanOrEqual(1 + 1e-9)
        expect(measure(a, b)).toBeCloseTo(measure(b, a), 10)
        expect(measure(a, a)).toBeCloseTo(1, 10)
      }
    }),
  )
})

import { expect, test } from 'vitest'
import { lineStart } from '../../../../src/core/yaml/tree/line-start.ts'

const starts: readonly [string, string, number, number][] = [
  ['an empty text', '', 0, 0],
  ['the first character', 'a\nb', 0, 0],
  ['a line break that is the first line', '\n# c\n', 0, 0],
  ['the second of two empty lines', '\n\n', 1, 1],
  ['the break that ends a line', 'ab\ncd', 2, 0],
  ['the first character behind a break', 'ab\ncd', 3, 3],
  ['behind a byte order mark', '\uFEFFab', 2, 1],
  ['an empty first line behind a byte order mark', '\uFEFF\nab', 1, 1],
]

test.each(starts)('%s', (_title, text, offset, start) => {
  expect(lineStart(text, offset)).toBe(start)
})

test('no line begins behind the place that was asked for, and each line goes back to one above it', () => {
  for (const text of ['\n# c\nx', '\n\n\n', '\r\n\r\na', '\uFEFF\n#\n', '#\n\n#', '\n'])
    for (let at = text.startsWith('\uFEFF') ? 1 : 0; at <= text.length; at++) {
      expect(lineStart(text, at)).toBeLessThanOrEqual(at)
      expect(text.slice(lineStart(text, at), at)).toBe(
        text.slice(0, at).replace('\uFEFF', '').split('\n').at(-1),
      )
    }
})

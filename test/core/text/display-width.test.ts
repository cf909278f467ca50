import { expect, test } from 'vitest'
import { displayWidth } from '../../../src/core/text/display-width.ts'

test.each([
  ['plain', 5],
  ['', 0],
  ['plain text', 10],
  ['é', 1],
  ['Zoë’s café – “ten” × 2 → 20…', 28],
  ['e\u0301', 1],
  ['漢字', 4],
  ['カナ', 4],
  ['한글', 4],
  ['！', 2],
  ['🚀', 2],
  ['👩‍👩‍👧', 2],
  ['⚠️', 2],
  ['→ –', 3],
  ['a\u200bb', 2],
  ['ㄅ˪', 4],
  ['\u00ad', 0],
  ['🎉', 2],
  ['☺\ufe0f', 2],
  ['a\u200b', 1],
])('%j takes %i columns', (text, columns) => {
  expect(displayWidth(text)).toBe(columns)
})

test('signs that are told to be plain at once take one column each, as one by one', () => {
  const signs = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code))
  // Beside a sign that is not plain each is looked at by itself; a few join what stands before or behind them.
  const alone = signs.filter((sign) =>
    [`漢${sign}`, `${sign}漢`].every((pair) => displayWidth(pair) - 2 !== displayWidth(sign)),
  )
  expect(alone.filter((sign) => !/[\p{M}\p{Cc}\p{Cf}]/u.test(sign))).toEqual([])
})

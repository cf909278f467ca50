import { expect, test } from 'vitest'
import { settle, UNSETTLED } from '../../../src/core/model/sides.ts'

/**
 * Every pattern of equality among three values, one of which may be absent (`-`): all the same (2), two the same (3 times 3),
 * all different (4). Letters stand for values.
 */
const table: readonly [string, string, string, string, string][] = [
  ['nobody changed it', 'a', 'a', 'a', 'a'],
  ['nobody has it', '-', '-', '-', '-'],
  ['the patch changed it', 'a', 'a', 'p', 'p'],
  ['the patch put it in', '-', '-', 'p', 'p'],
  ['the patch took it away', 'a', 'a', '-', '-'],
  ['upstream changed it', 'a', 'u', 'a', 'u'],
  ['upstream put it in', '-', 'u', '-', 'u'],
  ['upstream took it away', 'a', '-', 'a', '-'],
  ['both changed it, in the same way', 'a', 'b', 'b', 'b'],
  ['both put in the same', '-', 'b', 'b', 'b'],
  ['both took it away', 'a', '-', '-', '-'],
  ['both changed it, in different ways', 'a', 'u', 'p', '?'],
  ['both put in something else', '-', 'u', 'p', '?'],
  ['upstream took away what the patch changed', 'a', '-', 'p', '?'],
  ['the patch took away what upstream changed', 'a', 'u', '-', '?'],
]

test.each(table)('%s: base %s, upstream %s, patch %s → %s', (_title, ...row) => {
  const [base, upstream, patch, expected] = row
  const value = (letter: string): string | undefined => (letter === '-' ? undefined : letter)
  const settled = settle({ base: value(base), upstream: value(upstream), patch: value(patch) })
  expect(settled).toBe(expected === '?' ? UNSETTLED : value(expected))
})

test('the table lists each pattern once', () => {
  const patterns = table.map(([, base, upstream, patch]) => {
    const names = new Map<string, number>()
    const name = (letter: string): string =>
      letter === '-' ? '-' : String(names.get(letter) ?? (names.set(letter, names.size), names.size - 1))
    return [base, upstream, patch].map(name).join('')
  })
  expect(new Set(patterns).size).toBe(15)
})

test('what counts as the same is the caller’s to say, and upstream’s form is the one that stays', () => {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
  expect(settle({ base: 'x', upstream: 'B', patch: 'b' }, same)).toBe('B')
  expect(settle({ base: 'x', upstream: 'X', patch: 'x' }, same)).toBe('X')
  expect(settle({ base: 'x', upstream: 'X', patch: 'p' }, same)).toBe('p')
  expect(settle({ base: 'x', upstream: 'u', patch: 'p' }, same)).toBe(UNSETTLED)
})

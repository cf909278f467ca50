import { expect, test } from 'vitest'
import { mergeTexts } from '../../../support/file-merge.ts'

/** A map of versions in this order, each by its second number; what stands before a key with a `#` is a comment above it. */
function map(...keys: readonly (number | string)[]): string {
  const lines = keys.map((key) => (typeof key === 'number' ? `  1.${key}.0: digest${key}\n` : `  ${key}\n`))
  return `before: 1\nsums:\n${lines.join('')}behind: 1\n`
}

type Row = readonly [string, string, string, string, string]

test.each([
  ['newest first, where the patch’s one rises', map(0), map(2, 0), map(0, 1), map(2, 1, 0)],
  ['newest first, in front of an older one', map(0), map(3, 2, 0), map(1, 0), map(3, 2, 1, 0)],
  ['oldest first', map(1, 2), map(1, 2, 4), map(1, 2, 3), map(1, 2, 3, 4)],
  ['with its comment', map(1, 0), map(3, 1, 0), map('# mine', 2, 1, 0), map(3, '# mine', 2, 1, 0)],
  ['two of them', map(0), map(5, 0), map(4, 3, 0), map(5, 4, 3, 0)],
  ['where one upstream has alone, the patch’s order', map(0), map(0), map(2, 1, 0), map(2, 1, 0)],
] as Row[])('a version stands in its place: %s', (_title, ...row) => {
  const [base, upstream, patch, result] = row
  const merged = mergeTexts('a.yml', [base, upstream, patch])
  expect(merged.open).toEqual([])
  expect(merged.text).toBe(result)
})

test.each([
  ['the patch means the place it gives', map(2, 0), map(3, 2, 0), map(1, 2, 0)],
  ['the release has them in no order', map(1, 2, 0), map(1, 2, 3, 0), map(1, 2, 0, 5)],
] as [string, string, string, string][])('nothing is moved where %s', (_title, base, upstream, patch) => {
  const { told } = mergeTexts('a.yml', [base, upstream, patch])
  expect(told.filter(({ code }) => code === 'version-order')).toEqual([])
})

test('that is told with the name of the map', () => {
  const { told } = mergeTexts('a.yml', [map(0), map(2, 0), map(0, 1)])
  expect(told).toEqual([{ code: 'version-order', maps: ['sums'] }])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdits, joinEdits, type Edit } from '../../../src/core/text/edit.ts'

const table: readonly [string, string, readonly Edit[], string][] = [
  ['nothing to do', 'abc', [], 'abc'],
  ['a replacement', 'abc', [{ from: 1, to: 2, text: 'XY' }], 'aXYc'],
  ['an insertion at the end', 'abc', [{ from: 3, to: 3, text: '!' }], 'abc!'],
  ['a deletion', 'abc', [{ from: 0, to: 2, text: '' }], 'c'],
  [
    'edits out of order',
    'abc',
    [
      { from: 2, to: 3, text: 'Z' },
      { from: 0, to: 1, text: 'X' },
    ],
    'XbZ',
  ],
  [
    'edits that touch',
    'abcd',
    [
      { from: 0, to: 2, text: '1' },
      { from: 2, to: 4, text: '2' },
    ],
    '12',
  ],
  [
    'insertions at one place, in the order given',
    'ab',
    [
      { from: 1, to: 1, text: '1' },
      { from: 1, to: 1, text: '2' },
    ],
    'a12b',
  ],
  [
    'an insertion where a replacement begins',
    'ab',
    [
      { from: 1, to: 2, text: 'X' },
      { from: 1, to: 1, text: '-' },
    ],
    'a-X',
  ],
]

test.each(table)('applies %s', (_title, source, edits, result) => {
  expect(applyEdits(source, edits)).toBe(result)
})

test('refuses edits that overlap, and edits outside of the text', () => {
  const overlap = [
    { from: 0, to: 2, text: '' },
    { from: 1, to: 3, text: '' },
  ]
  expect(() => applyEdits('abc', overlap)).toThrow('overlaps')
  expect(() => applyEdits('abc', [{ from: 2, to: 4, text: '' }])).toThrow('outside')
  expect(() => applyEdits('abc', [{ from: 2, to: 1, text: '' }])).toThrow('outside')
})

test('joins lists: one list, sorted, equal replacements once, idle ones left out', () => {
  const first = [{ from: 2, to: 3, text: 'X' }]
  const second = [
    { from: 0, to: 1, text: 'a' },
    { from: 2, to: 3, text: 'X' },
    { from: 1, to: 1, text: '-' },
  ]
  expect(joinEdits('abc', first, second)).toEqual([
    { from: 1, to: 1, text: '-' },
    { from: 2, to: 3, text: 'X' },
  ])
})

test('changes nothing outside of the edited ranges', () => {
  const cuts = fc.uniqueArray(fc.nat(60), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(fc.string({ minLength: 60, maxLength: 60 }), cuts, fc.string(), (source, offsets, text) => {
      const sorted = offsets.sort((a, b) => a - b)
      const edits: Edit[] = []
      for (let i = 0; i + 1 < sorted.length; i += 2) {
        edits.push({ from: sorted[i] as number, to: sorted[i + 1] as number, text })
      }
      const result = applyEdits(source, edits)
      let rest = result
      let end = 0
      for (const edit of edits) {
        const kept = source.slice(end, edit.from)
        expect(rest.startsWith(kept + text)).toBe(true)
        rest = rest.slice(kept.length + text.length)
        end = edit.to
      }
      expect(rest).toBe(source.slice(end))
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareReleases, readReleaseTag } from '../../../src/core/model/release-tag.ts'

test.each(['v2.9.0', 'v0.0.0', 'v10.20.30', 'v2.28.1'])('%s is a release', (text) => {
  expect(readReleaseTag(text)).toBe(text)
})

test.each([
  'v02.9.0',
  'v2.09.0',
  'v2.9.00',
  '2.9.0',
  'v2.9',
  'v2.9.0-rc1',
  'v2.9.0\n',
  ' v2.9.0',
  `v${'9'.repeat(20)}.0.0`,
  'v²9.1.0',
])('%j is none', (text) => {
  expect(readReleaseTag(text)).toBeUndefined()
})

test('whatever is read as a release can be put in order', () => {
  const number = fc.oneof(fc.nat(40).map(String), fc.stringMatching(/^\d{1,18}$/))
  const tag = fc.tuple(number, number, number).map((parts) => `v${parts.join('.')}`)
  fc.assert(
    fc.property(tag, tag, (a, b) => {
      const [one, other] = [readReleaseTag(a), readReleaseTag(b)]
      if (one && other) expect(Math.abs(compareReleases(one, other))).toBeLessThanOrEqual(1)
    }),
  )
})

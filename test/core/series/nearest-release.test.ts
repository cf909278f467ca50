import { expect, test } from 'vitest'
import { nearestRelease } from '../../../src/core/series/nearest-release.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'

const RELEASES = ['v2.3.0', 'v2.8.0', 'v2.24.1', 'v2.24.3', 'v2.25.0', 'v2.31.0'] as ReleaseTag[]

test.each([
  ['v2.33.0', 'v2.31.0'],
  ['v2.24.9', 'v2.24.3'],
  ['2.24', 'v2.24.3'],
  ['v2.27.1', 'v2.25.0'],
  ['v1.0.0', 'v2.3.0'],
  ['v2.310', 'v2.31.0'],
  ['v2,24.1', 'v2.24.1'],
  ['master', 'v2.31.0'],
])('by %s was probably meant %s', (written, meant) => {
  expect(nearestRelease(written, RELEASES)).toBe(meant)
})

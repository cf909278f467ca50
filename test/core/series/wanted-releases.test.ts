import { expect, test } from 'vitest'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { wantedReleases } from '../../../src/core/series/wanted-releases.ts'

const ALL = ['v2.28.0', 'v2.29.0', 'v2.29.1', 'v2.30.0', 'v2.30.1', 'v2.30.2', 'v2.31.0'] as ReleaseTag[]

test.each([
  ['nothing skipped', 'v2.29.0', [], ALL],
  ['a release, with the older ones of its minor', 'v2.29.0', ['v2.30.1'], without('v2.30.0', 'v2.30.1')],
  ['what the fork stands on stays', 'v2.29.1', ['v2.29.1'], ALL],
  ['what lies behind it stays too', 'v2.30.1', ['v2.30.1', 'v2.29.1'], ALL],
  ['one that does not exist yet', 'v2.29.0', ['v2.31.1'], without('v2.31.0')],
] as [string, string, string[], string[]][])('%s', (_, base, skipped, expected) => {
  const releases = new Map(ALL.map((tag) => [tag, tag]))
  const wanted = wantedReleases(releases, { base: base as ReleaseTag, skipped: skipped as ReleaseTag[] })
  expect([...wanted.keys()]).toEqual(expected)
})

function without(...tags: string[]): string[] {
  return ALL.filter((tag) => !tags.includes(tag))
}

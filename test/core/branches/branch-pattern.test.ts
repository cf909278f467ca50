import { expect, test } from 'vitest'
import {
  branchesOfPattern,
  branchOfRelease,
  findBranchPattern,
  readBranchPattern,
} from '../../../src/core/branches/branch-pattern.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'

test.each([
  ['mine-{minor}', 'v2.28.1', 'mine-2.28'],
  ['v{release}-acme', 'v2.28.1', 'v2.28.1-acme'],
  ['release-{minor}-custom', 'v2.9.0', 'release-2.9-custom'],
  ['radio/v{release}', 'v2.19.0', 'radio/v2.19.0'],
  ['{release}', 'v2.13.4', '2.13.4'],
])('%s of %s is %s', (text, release, expected) => {
  const pattern = readBranchPattern(text)
  expect(pattern && branchOfRelease(pattern, release as ReleaseTag)).toBe(expected)
})

test.each(['main', 'mine-{major}', '{minor}-{minor}', 'mine-{minor', 'mine-{release}-{minor}'])(
  '%s is no pattern',
  (text) => {
    expect(readBranchPattern(text)).toBeUndefined()
  },
)

test('the newest comes first, by version', () => {
  const pattern = readBranchPattern('mine-{minor}')
  expect(
    pattern && branchesOfPattern(pattern, ['mine-2.9', 'mine-2.10', 'mine-2.x', 'mine-2.9.1', 'main']),
  ).toEqual(['mine-2.10', 'mine-2.9'])
})

/** `name release`, the first one chosen. */
test.each<readonly [readonly string[], string | undefined]>([
  [['far-2.27 v2.27.0', 'far-2.26 v2.26.1', 'far-2.25 v2.25.0'], 'far-{minor}'],
  [['multi-arch-v2.24.0 v2.24.0', 'multi-arch-v2.23.1 v2.23.1'], 'multi-arch-v{release}'],
  [['2.13.4-bbc v2.13.4', '2.12.0-bbc v2.12.0'], '{release}-bbc'],
  [['v2.14.2-exp v2.14.2', 'v2.14.2-mod v2.14.2'], undefined],
  [['far-2.27 v2.27.0'], undefined],
  [['far-2.27 v2.27.0', 'far-2.26 v2.20.0'], undefined],
  [['far-2.26 v2.26.0', 'far-2.27 v2.27.0'], undefined],
  [['release/1.27.0 v2.22.0', 'release/1.26.0 v2.21.0'], undefined],
  [['main v2.27.0', 'far-2.26 v2.26.0'], undefined],
])('%j follow %s', (named, expected) => {
  const branches = named.map((each) => {
    const [name = '', release] = each.split(' ')
    return { name, release: release as ReleaseTag }
  })
  expect(findBranchPattern(branches[0]?.name ?? '', branches)?.pattern.text).toBe(expected)
})

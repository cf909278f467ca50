import { expect, test } from 'vitest'
import { KnownRanges } from '../../../../src/adapters/github/objects/known-ranges.ts'
import type { Commit } from '../../../../src/core/model/commit.ts'
import type { Oid } from '../../../../src/core/model/oid.ts'

/** `a-b-c` on upstream's `u`, with a side branch `x` that `c` merged. */
const COMMITS = [
  { oid: 'c', parents: ['b', 'x'] },
  { oid: 'b', parents: ['a'] },
  { oid: 'x', parents: ['a'] },
  { oid: 'a', parents: ['u'] },
] as unknown as Commit[]

test.each([
  ['the same once more', 'c', ['u'], ['c', 'b', 'x', 'a']],
  ['less one line of it', 'c', ['u', 'b'], ['c', 'x']],
  ['less all of it', 'c', ['c', 'u'], []],
  ['another end', 'b', ['u'], undefined],
  ['more than is known', 'c', [], undefined],
  ['less something that is not in it', 'c', ['u', 'stranger'], undefined],
])('%s', (_, to, not, expected) => {
  const ranges = new KnownRanges()
  ranges.keep({ to: 'c' as Oid, not: ['u' as Oid] }, COMMITS)
  expect(ranges.within({ to: to as Oid, not: not as Oid[] })).toEqual(expected)
})

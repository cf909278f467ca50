import { expect, test } from 'vitest'
import { nothingLeft } from '../../../src/core/merge/nothing-left.ts'

const GONE = { code: 'all-there' } as const

test('of a file of which nothing is left the release has the rest, or there is no rest', () => {
  expect(nothingLeft(true, [GONE])).toEqual({
    verdict: 'upstreamed',
    reasons: [{ code: 'rest-there' }, GONE],
  })
  expect(nothingLeft(false, [GONE])).toEqual({ verdict: 'obsolete', reasons: [GONE] })
})

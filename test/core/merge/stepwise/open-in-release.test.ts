import { describe, expect, test } from 'vitest'
import { openInRelease } from '../../../../src/core/merge/stepwise/open-in-release.ts'
import type { Oid } from '../../../../src/core/model/oid.ts'
import type { OpenRegion } from '../../../../src/core/model/verdict.ts'
import { carryStory } from '../../../support/carry.ts'

const commit = 'c'.repeat(40) as Oid
const region = (upstream: string): OpenRegion => ({
  line: 2,
  sides: { base: 'old\n', upstream, patch: 'mine\n' },
})
const THEIRS = region('theirs\n')
const RELEASE = region('the release\n')
const jump = [RELEASE]

interface Left {
  readonly open: OpenRegion
  readonly jump?: readonly OpenRegion[]
}

describe('what a commit on the way left open', () => {
  test.each<[string, readonly string[], Left, OpenRegion]>([
    ['its lines are the release’s: as it is', ['a\n', 'theirs\n'], { open: THEIRS, jump }, THEIRS],
    ['they stand further down: there', ['a\n', 'b\n', 'theirs'], { open: THEIRS }, { ...THEIRS, line: 3 }],
    [
      'they stand twice: the nearer place',
      ['theirs\n', 'b\n', 'c\n', 'theirs\n'],
      { open: THEIRS },

      { ...THEIRS, line: 1 },
    ],
    ['the release has others: what the jump left', ['a\n', 'the release\n'], { open: THEIRS, jump }, RELEASE],
    ['the jump shows nothing: the commit is named', ['a\n'], { open: THEIRS }, { ...THEIRS, asOf: commit }],
    [
      'what is proposed for other lines is not proposed',
      ['a\n'],
      { open: { ...THEIRS, suggestion: 'both\n' } },

      { ...THEIRS, asOf: commit },
    ],
    ['it took away what the release has not: as it is', ['a\n'], { open: region(''), jump }, region('')],
    [
      'it took away what is there again: what the jump left',
      ['a\n', 'old\n'],
      { open: region(''), jump },
      RELEASE,
    ],
  ])('%s', (_, there, { open, jump: ofJump = [] }, expected) => {
    expect(openInRelease([open], ofJump, { there, commit })).toEqual([expected])
  })
})

test('a later commit changed the lines again: the sides that are shown are those of the release', async () => {
  const rest = Array.from({ length: 8 }, (_, at) => `line ${at} of the text\n`).join('')
  const carried = await carryStory({
    base: { 'files/own.conf': `first\nOPTIONS=one two\n${rest}` },
    patch: { 'files/own.conf': `first\nOPTIONS=\n${rest}` },
    upstream: {
      'set three of them': { 'files/own.conf': `first\nOPTIONS=one two three\n${rest}` },
      'name them by hand': { 'files/own.conf': `new\nfirst\nOPTIONS=by hand, all\nMORE=1\n${rest}` },
    },
  })
  const { verdict, reasons, regions = [] } = carried.file('files/own.conf')
  expect(verdict).toBe('conflict')
  expect(reasons.map(({ code }) => code)).toContain('collides-with')
  expect(regions).toHaveLength(1)
  expect(regions[0]?.asOf).toBeUndefined()
  expect(regions[0]?.sides.upstream).toContain('OPTIONS=by hand, all\n')
  expect(carried.text('files/own.conf')).toContain(regions[0]?.sides.upstream)
})

import { expect, test } from 'vitest'
import { carryStory } from '../../support/carry.ts'
import { rows } from '../../support/rows.ts'

// Of 25 lines of one length the patch keeps so many in the file that it gives another name.
test.each([
  { kept: 13, isRenamed: true },
  { kept: 12, isRenamed: false },
])(
  'a file of which the patch keeps half under another name is that file ($kept of 25 lines)',
  async (given) => {
    const { kept, isRenamed } = given
    const theirs = (text: string) => text.replace('alpha says 00', 'their words b')
    const carried = await carryStory({
      base: { 'old.txt': rows('alpha', 25) },
      patch: { 'old.txt': undefined, 'new.txt': rows('alpha', kept) + rows('patch', 25 - kept) },
      upstream: { more: { 'old.txt': theirs(rows('alpha', 25)) } },
    })
    expect(carried.text('new.txt')?.includes('their words b')).toBe(isRenamed)
    expect(carried.text('old.txt') === undefined).toBe(isRenamed)
  },
)

test('of two files that the patch put in the one with more of it is the renamed one', async () => {
  const carried = await carryStory({
    base: { 'old.txt': rows('alpha', 25) },
    patch: {
      ...{ 'old.txt': undefined, 'a.txt': rows('alpha', 15) + rows('patch', 10) },
      'b.txt': rows('alpha', 20) + rows('other', 5),
    },
    upstream: { more: { 'old.txt': rows('alpha', 25).replace('alpha says 00', 'their words b') } },
  })
  expect(carried.text('b.txt')).toContain('their words b')
  expect(carried.text('a.txt')).not.toContain('their words b')
  expect(carried.text('old.txt')).toBeUndefined()
})

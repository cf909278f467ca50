import { describe, expect, test } from 'vitest'
import { carryStory, longText, type Carried } from '../../../support/carry.ts'

const SOMEBODY = { name: 'Some Body', email: 'some@body.example' }
const [ONE, TWO] = ['roles/one/files/one.txt', 'roles/two/files/two.txt']
const MINE = { 2: 'a first line of mine\na second line of mine\na third line of mine' }

const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta']
const FEATURE = { 2: words.map((word) => `the feature has ${word} in it`).join('\n') }

function codes(carried: Carried, path: string): readonly string[] {
  return carried.file(path).reasons.map(({ code }) => code)
}

describe('a patch of two files, one of which upstream has', () => {
  const story = {
    base: { [ONE]: longText('one'), [TWO]: longText('two') },
    patch: { [ONE]: longText('one', MINE), [TWO]: longText('two', MINE) },
    author: SOMEBODY,
  }
  const took = { [ONE]: longText('one', MINE) }

  test('is cut to the other, and says who took the first', async () => {
    const carried = await carryStory({ ...story, upstream: { 'Take the first': took } })
    expect(carried.verdict).toBe('adapted')
    expect(carried.file(ONE)).toMatchObject({
      verdict: 'upstreamed',
      upstream: [carried.commits.get('Take the first')],
    })
    expect(codes(carried, ONE)).toEqual(['taken-as'])
    expect(carried.text(TWO)).toBe(longText('two', MINE))
  })

  test('which took it back: it is carried again, or said to be taken back, and never called upstream’s', async () => {
    const upstream = { 'Take the first': took, 'Take it back': { [ONE]: longText('one') } }
    const carried = await carryStory({ ...story, upstream })
    const { verdict } = carried.file(ONE)
    expect(verdict).not.toBe('upstreamed')
    expect(verdict === 'obsolete' || carried.text(ONE)?.includes('a second line of mine')).toBe(true)
    expect(carried.text(TWO)).toBe(longText('two', MINE))
  })
})

describe('the reviewed form of a patch', () => {
  const title = 'Bring the feature'
  const story = {
    base: { [ONE]: longText('one'), [TWO]: longText('two') },
    patch: { [ONE]: longText('one', FEATURE), [TWO]: longText('two', { 5: 'a small note of mine' }) },
    title,
    author: SOMEBODY,
  }

  test('takes what the patch renames and deletes with it as far as it does so itself', async () => {
    const carried = await carryStory({
      ...story,
      patch: { [ONE]: longText('one', FEATURE), [TWO]: undefined },
      upstream: { [title]: { [ONE]: longText('one', FEATURE) } },
    })
    // No line of the commit tells whether it wants the file gone: that is carried.
    expect(carried.text(TWO)).toBeUndefined()
    expect(carried.file(TWO).verdict).toBe('clean')
  })
})

test.each([
  ['in two files', { [TWO]: longText('two', MINE) }],
  ['in a file of its own', { 'roles/own/files/own.txt': longText('own', MINE) }],
])(
  'lines that the patch puts in twice, %s, are taken where upstream has them and carried where it has not',
  async (_where, more) => {
    const carried = await carryStory({
      base: { [ONE]: longText('one'), [TWO]: longText('two') },
      patch: { [ONE]: longText('one', MINE), ...more },
      upstream: { 'Take the first': { [ONE]: longText('one', { 1: 'another beginning', ...MINE }) } },
      author: SOMEBODY,
    })
    for (const [path, text] of Object.entries(more)) expect(carried.text(path)).toBe(text)
    expect(carried.text(ONE)?.match(/a second line of mine/g)).toHaveLength(1)
  },
)

test('lines that the patch puts in twice in one file are carried at the place where upstream has them not', async () => {
  const twice = longText('one', { 2: MINE[2], 9: MINE[2] })
  const carried = await carryStory({
    base: { [ONE]: longText('one') },
    patch: { [ONE]: twice },
    upstream: { 'Take the second': { [ONE]: longText('one', { 1: 'another beginning', 9: MINE[2] }) } },
    author: SOMEBODY,
  })
  expect(carried.text(ONE)).toBe(longText('one', { 1: 'another beginning', 2: MINE[2], 9: MINE[2] }))
})

import { expect, test } from 'vitest'
import { carryStory, type Carried } from '../../../support/carry.ts'
import { rows } from '../../../support/rows.ts'

const REST = rows('alpha', 12)

/** Subjects of the commits that are named. */
function named({ upstream, commits }: Carried): readonly (string | undefined)[] {
  return upstream.map((oid) => [...commits].find(([, each]) => each === oid)?.[0])
}

// What still stands of the 80 lines counts against the commit, so 0.9 of them are 76.
test.each([
  { dropped: 75, isBack: false },
  { dropped: 77, isBack: true },
  { dropped: 80, isBack: true },
])(
  'a commit that drops nearly all of what upstream took has taken it back ($dropped of 80)',
  async (given) => {
    const { dropped, isBack } = given
    const carried = await carryStory({
      base: { 'a.txt': REST },
      patch: { 'a.txt': REST + rows('mine', 80) },
      upstream: {
        took: { 'a.txt': REST + rows('mine', 80) },
        back: { 'a.txt': REST + rows('mine', 80 - dropped) },
      },
    })
    expect(carried.verdict).toBe(isBack ? 'obsolete' : 'upstreamed')
    expect(named(carried)).toEqual(isBack ? ['took', 'back'] : ['took'])
  },
)

// A commit that puts other lines in the place of these has taken them back only if what stood there before came back.
test.each([
  { cameBack: 35, isBack: false },
  { cameBack: 37, isBack: true },
])('so has one that brings back what the patch replaced ($cameBack of 40)', async ({ cameBack, isBack }) => {
  const carried = await carryStory({
    base: { 'a.txt': REST + rows('then', 40) },
    patch: { 'a.txt': REST + rows('mine', 40) },
    upstream: {
      took: { 'a.txt': REST + rows('mine', 40) },
      back: { 'a.txt': REST + rows('then', cameBack) + rows('new!', 40 - cameBack) },
    },
  })
  expect(named(carried)).toEqual(isBack ? ['took', 'back'] : ['took'])
})

test('a commit that moves the lines to another file has taken nothing back', async () => {
  const carried = await carryStory({
    isClone: true,
    base: { 'a.txt': REST },
    patch: { 'a.txt': REST + rows('mine', 20) },
    upstream: {
      took: { 'a.txt': REST + rows('mine', 20) },
      move: { 'a.txt': REST, 'b.txt': rows('beta', 12) + rows('mine', 20) },
    },
  })
  expect(carried.verdict).toBe('upstreamed')
  expect(named(carried)).toEqual(['took'])
})

test('of two commits the one with more of the patch is named first', async () => {
  const carried = await carryStory({
    base: { 'a.txt': REST },
    patch: { 'a.txt': REST + rows('mine', 20) },
    upstream: {
      little: { 'a.txt': REST + rows('mine', 4) },
      most: { 'a.txt': REST + rows('mine', 20) },
    },
  })
  expect(carried.verdict).toBe('upstreamed')
  expect(named(carried)[0]).toBe('most')
})

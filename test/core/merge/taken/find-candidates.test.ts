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

// More new files than 400 in one commit are not read: such a commit is an import, and says nothing of a move.
test.each([
  { others: 399, verdict: 'upstreamed', by: ['took'] },
  { others: 400, verdict: 'obsolete', by: ['took', 'move'] },
])('lines that move beside $others other new files: $verdict', async ({ others, verdict, by }) => {
  const beside = Object.fromEntries(Array.from({ length: others }, (_, n) => [`a/${n}.txt`, `${n}\n`]))
  const carried = await carryStory({
    isClone: true,
    base: { 'm.txt': REST },
    patch: { 'm.txt': REST + rows('mine', 20) },
    upstream: {
      took: { 'm.txt': REST + rows('mine', 20) },
      move: { ...beside, 'm.txt': REST, 'z.txt': rows('beta', 12) + rows('mine', 20) },
    },
  })
  expect(carried.verdict).toBe(verdict)
  expect(named(carried)).toEqual(by)
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

// Words are compared in the five commits with the most lines of a patch; the sixth counts with its lines alone. Each of the
// others has two lines here and the one that says the rest in other words has one, so it is looked at last.
test.each([
  { others: 4, verdict: 'upstreamed', by: ['in other words'] },
  {
    others: 5,
    verdict: 'conflict',
    by: ['part 0', 'part 1', 'part 2', 'part 3', 'part 4', 'in other words'],
  },
])('what a commit says in other words is seen behind $others others: $verdict', async (given) => {
  const lines = Array.from({ length: 40 }, (_, n) => `- name: set option ${n} of the runtime to ${n * 91}\n`)
  const reworded = lines.map((line) => line.replace('set option', 'Set option').replace(' to ', ' to: '))
  const upTo = (part: number): string => REST + lines.slice(0, part * 2).join('')
  const carried = await carryStory({
    base: { 'a.txt': REST },
    patch: { 'a.txt': REST + lines.join('') },
    author: undefined,
    upstream: {
      ...Object.fromEntries(
        Array.from({ length: given.others }, (_, n) => [`part ${n}`, { 'a.txt': upTo(n + 1) }]),
      ),
      'in other words': { 'a.txt': upTo(given.others) + lines[13] + reworded.slice(14).join('') },
    },
  })
  expect(carried.verdict).toBe(given.verdict)
  expect(named(carried)).toEqual(given.by)
})

import { expect, test } from 'vitest'
import { carryStory } from '../../support/carry.ts'
import { rows } from '../../support/rows.ts'

const MINE = rows('mine', 8)

// The commit that gives the file another name adds so many others before it.
test.each([
  { before: 59, isSeen: true },
  { before: 60, isSeen: false },
])(
  'what history did to a file under a name between is seen in commits of sixty new files ($before come first)',
  async (given) => {
    const { before, isSeen } = given
    const others = Object.fromEntries(
      Array.from({ length: before }, (_, at) => [`a/${String(at).padStart(2, '0')}.txt`, `other ${at}\n`]),
    )
    const between = `${rows('alpha', 24)}more of it\n`
    const carried = await carryStory({
      isClone: true,
      base: { 'old.txt': rows('alpha', 25) },
      patch: { 'old.txt': rows('alpha', 25) + MINE },
      upstream: {
        rename: { 'old.txt': undefined, ...others, 'z/between.txt': between },
        take: { 'z/between.txt': between + MINE },
        'rename again': { 'z/between.txt': undefined, 'z/last.txt': between + MINE },
      },
    })
    expect(carried.upstream.includes(carried.commits.get('take') as never)).toBe(isSeen)
  },
)

import { expect, test } from 'vitest'
import { bagOf, linesBeyond, rewordedWeight, takeNearest } from '../../../src/core/merge/line-bag.ts'
import { wordBag } from '../../../src/core/text/tokens.ts'

/** So many words, of which the first have another form. */
function words(count: number, others: number): string {
  return Array.from({ length: count }, (_, at) => `${at < others ? 'other' : 'word'}${at}`).join(' ')
}

// What two lines share of the words that either has.
test.each([
  { count: 20, others: 5, share: 15 / 25, isReworded: true },
  { count: 21, others: 6, share: 15 / 27, isReworded: false },
])(
  'a line is another one reworded from 0.6 of its words ($share)',
  ({ count, others, share, isReworded }) => {
    const found = takeNearest(wordBag(words(count, 0)), [{ bag: wordBag(words(count, others)) }])
    expect(found?.share).toBe(isReworded ? share : undefined)
  },
)

test('of several the most alike is taken, and only once', () => {
  const free = [{ bag: wordBag(words(20, 4)) }, { bag: wordBag(words(20, 2)) }]
  expect(takeNearest(wordBag(words(20, 0)), free)?.line).toBe(free[1])
  expect(takeNearest(wordBag(words(20, 0)), free)?.line).toBe(free[0])
  expect(takeNearest(wordBag(words(20, 0)), free)).toBeUndefined()
})

/** Lines that are all of one kind and none like another. */
function lines(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${`${name}${at} `.repeat(8)}same${at}`)
}

// 200 lines against so many, of which one is the reworded form of one.
test.each([
  { others: 200, isCompared: true },
  { others: 201, isCompared: false },
])(
  'forty thousand pairs of lines are compared by words, and no more (200 × $others)',
  ({ others, isCompared }) => {
    const wanted = bagOf([...lines('mine', 199), words(20, 0)])
    const done = bagOf([...lines('their', others - 1), words(20, 2)])
    expect(rewordedWeight(wanted, done) > 0).toBe(isCompared)
  },
)

test.each([
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 3],
  [100, 3],
])('a line that stands there %i times more counts %i times', (times, counted) => {
  const line = 'telling_line: yes'
  expect(linesBeyond(bagOf(Array<string>(times + 2).fill(line)), bagOf([line, line]))).toHaveLength(counted)
})

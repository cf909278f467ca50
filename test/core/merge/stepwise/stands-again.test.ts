import { expect, test } from 'vitest'
import { standsAgain } from '../../../../src/core/merge/stepwise/stands-again.ts'

type Lines = readonly string[]

/** A line for each word; base, upstream and patch. */
const linesOf = (words: string): Lines => words.split(' ').map((word) => `${word}_of_it\n`)

test.each<{
  what: string
  again: boolean
  texts: readonly [string, string, string]
  made: readonly string[]
}>([
  { what: 'what is taken away is gone', again: false, texts: ['one two', 'one two', 'one'], made: ['one'] },
  { what: 'and stands again', again: true, texts: ['one two', 'one two', 'one'], made: ['one two'] },
  {
    what: 'in another file that it went to',
    again: true,
    texts: ['one two', 'one two', 'one'],
    made: ['one', 'two zz'],
  },
  {
    what: 'nothing is taken away',
    again: false,
    texts: ['one', 'one two', 'one mine'],
    made: ['one two mine'],
  },
  {
    what: 'one of two is taken away',
    again: false,
    texts: ['one two two', 'one two two', 'one two'],
    made: ['one two'],
  },
  {
    what: 'one of two, and both stand',
    again: true,
    texts: ['one two two', 'one two two', 'one two'],
    made: ['two one two'],
  },
  {
    what: 'upstream has put in another',
    again: false,
    texts: ['one two', 'two one two', 'one'],
    made: ['two one'],
  },
  {
    what: 'upstream has put in another, and all stand',
    again: true,
    texts: ['one two', 'two one two', 'one'],
    made: ['two one two'],
  },
  {
    what: 'what is moved',
    again: false,
    texts: ['one two three', 'one two three', 'two three one'],
    made: ['two three one'],
  },
])('$what: $again', ({ again, texts, made }) => {
  const [base, upstream, patch] = texts.map(linesOf) as [Lines, Lines, Lines]
  expect(standsAgain(made.map(linesOf), { base, upstream, patch })).toBe(again)
})

test('a line that says next to nothing stands everywhere', () => {
  const sides = { base: ['one of it\n', 'fi\n'], upstream: ['one of it\n', 'fi\n'], patch: ['one of it\n'] }
  expect(standsAgain([['one of it\n', 'fi\n']], sides)).toBe(false)
})

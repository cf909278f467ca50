import { expect, test } from 'vitest'
import { isMark } from '../../../../src/core/merge/settle/check-settled.ts'
import { markConflicts } from '../../../../src/core/merge/settle/mark-conflicts.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'

const LABELS = { base: 'the base', upstream: 'the release', patch: 'the patch' }

/** A text of words, each a line, marked where it is open. */
function marked(base: string, upstream: string, patch: string, end = '\n') {
  const lines = (words: string) =>
    splitLines(
      words
        .split(' ')
        .map((word) => `${word}${end}`)
        .join(''),
    )
  const sides = { base: lines(base), upstream: lines(upstream), patch: lines(patch) }
  const made = markConflicts('a.txt', sides, LABELS)
  return { places: made.places, text: made.lines.join('') }
}

const OPEN = (base: string, upstream: string, patch: string): string =>
  `<<<<<<< the release\n${upstream}\n||||||| the base\n${base}\n=======\n${patch}\n>>>>>>> the patch\n`

test('nothing is open: the text is merged, and has no marks', () => {
  expect(marked('a b c d', 'a x c d', 'a b c y')).toEqual({ places: 0, text: 'a\nx\nc\ny\n' })
})

test('each place that is open has all three sides, as git writes them', () => {
  const { places, text } = marked('a b c d e f g', 'a x c d e u g', 'a y c d e v g')
  expect(places).toBe(2)
  expect(text).toBe(`a\n${OPEN('b', 'x', 'y')}c\nd\ne\n${OPEN('f', 'u', 'v')}g\n`)
  expect(text.split('\n').filter(isMark)).toHaveLength(6)
})

test('what merges by what stands around it is not open, but where a text is too long to be looked into', () => {
  expect(marked('a b c d', 'a x c d', 'a b y d')).toEqual({ places: 0, text: 'a\nx\ny\nd\n' })
  const long = 'z'.repeat(20_001)
  expect(marked(`${long} b c d`, `${long} x c d`, `${long} b y d`).places).toBe(1)
})

test('the ends of lines are upstream’s, of the marks too', () => {
  const { text } = marked('a b c', 'a x c', 'a y c', '\r\n')
  expect(text).toBe(`a\n${OPEN('b', 'x', 'y')}c\n`.replaceAll('\n', '\r\n'))
})

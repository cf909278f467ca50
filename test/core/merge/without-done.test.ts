import { describe, expect, test } from 'vitest'
import { withoutDone } from '../../../src/core/merge/without-done.ts'
import { mergeTexts } from '../../support/file-merge.ts'

/** A line for each word; `_` is a blank line. */
function text(words: string): string {
  return words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (word === '_' ? '\n' : `${word} of it\n`))
    .join('')
}

function linesOf(words: string): readonly string[] {
  return text(words).split(/(?<=\n)/)
}

describe('what upstream has of a patch at its place is not put in once more', () => {
  test.each([
    [
      'an insertion beside lines that upstream took away',
      'one two three',
      'two own three',
      'one two own three',
    ],
    ['where upstream replaced what stood above it', 'one two three', 'other own three', 'one two own three'],
    ['where upstream put more above it', 'one two', 'one more own two', 'one own two'],
    ['at the end of the text', 'one two', 'other own', 'one two own'],
    ['a replacement', 'one two three', 'zero mine three', 'one mine three'],
    ['a removal', 'one two three', 'one three four', 'one three'],
    ['a block whose like stands next to it', 'aa bb cc dd', 'aa own bb cc', 'aa own bb cc dd'],
    ['a paragraph whose blank line stands on its other side', 'aa _ bb', 'aa _ own zz _ bb', 'aa _ own _ bb'],
  ])('%s', (_what, base, upstream, patch) => {
    const undone = withoutDone({ base: linesOf(base), upstream: linesOf(upstream), patch: linesOf(patch) })
    expect(undone).toEqual({ patch: linesOf(base), isPart: true })
    for (const path of ['x.sh', 'x.env', 'x.yml'])
      expect(mergeTexts(path, [text(base), text(upstream), text(patch)]).text).toBe(text(upstream))
  })

  test.each([
    [
      'the same line at another place',
      'one two three four',
      'own one two three four',
      'one two three own four',
    ],
    ['lines that the base has elsewhere', 'own one two', 'own zero two', 'own one own two'],
    ['a line that upstream only moved', 'one two three own', 'one own two three', 'one two three'],
    ['a removal in whose place upstream put something', 'one two three', 'one other three', 'one three'],
    ['a line beside the one that it should replace', 'one two three', 'one two own three', 'one own three'],
    ['one end of a move', 'one two three four', 'two three one four', 'two three four one'],
  ])('not so %s', (_what, base, upstream, patch) => {
    const undone = withoutDone({ base: linesOf(base), upstream: linesOf(upstream), patch: linesOf(patch) })
    expect(undone).toEqual({ patch: linesOf(patch), isPart: false })
  })

  test.each([
    ['as many below the line above', 'aa bb cc', 'aa _ zz cc', 'aa _ bb cc', 'aa bb cc'],
    ['as many among what upstream put in', 'aa _ bb', 'aa _ zz _ bb', 'aa _ _ bb', 'aa _ bb'],
    ['fewer: they are still to be carried', 'aa _ bb', 'aa _ zz bb', 'aa _ _ bb', 'aa _ _ bb'],
  ])('blank lines alone: %s', (_what, ...row) => {
    const [base, upstream, patch, left] = row
    const undone = withoutDone({ base: linesOf(base), upstream: linesOf(upstream), patch: linesOf(patch) })
    expect(undone.patch).toEqual(linesOf(left))
    expect(undone.isPart).toBe(false)
  })

  test('hunk by hunk: what upstream lacks is carried', () => {
    const merged = mergeTexts('x.sh', [
      text('one two three four five six'),
      text('zero two own three four five six'),
      text('one two own three four five mine six'),
    ])
    expect(merged).toMatchObject({
      text: text('zero two own three four five mine six'),
      open: [],
      taken: true,
    })
  })

  test('a block between its like, of which upstream took another away, is in once', () => {
    const options = (...names: string[]): string =>
      names.map((name) => `{% if needed %}\noption_${name} = of ${name}\n{% endif %}\n`).join('')
    const merged = mergeTexts('b.conf.j2', [
      options('first', 'second', 'third'),
      options('first', 'both', 'second'),
      options('first', 'both', 'second', 'third'),
    ])
    expect(merged).toMatchObject({ text: options('first', 'both', 'second'), open: [], told: [] })
  })
})

import { describe, expect, test } from 'vitest'
import { withoutDone } from '../../../src/core/merge/without-done.ts'
import { mergeTexts } from '../../support/file-merge.ts'

/** A line for each word; `_` is a blank line, and `!fi` one that says next to nothing. */
function text(words: string): string {
  return words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (/^[_!]/.test(word) ? `${word.slice(1)}\n` : `${word} of it\n`))
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
    ['a line that says next to nothing', 'one two', 'zz !fi two', 'one !fi two'],
    ['both ends of a move', 'one two three four', 'two three one zz', 'two three one four'],
    [
      'a replacement of a line of which another stands elsewhere',
      'gg one gg two gg',
      'own one two gg',
      'own one gg two gg',
    ],
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
    ['all of it: that merging sees', 'one two', 'one own two', 'one own two'],
    ['nothing of it', 'one two', 'one two', 'one own two'],
    ['a line beside its like', 'own one two', 'own zero two', 'own own one two'],
    ['a line beside its like, behind what changed', 'one two own', 'one zero own', 'one two own own'],
    ['a line that says next to nothing beside its like', '!fi one two', '!fi zero two', '!fi !fi one two'],
    ['the same behind what changed', 'one two !fi', 'one zero !fi', 'one two !fi !fi'],
    [
      'a removal of what upstream took away with what stood above it',
      'one two three',
      'zz three',
      'one three',
    ],
    ['or with what stood below it', 'one two three', 'one zz', 'one three'],
    [
      'a removal of what upstream gave another value, where it took away the block above',
      '!if aa !fi !if the_option=1 !fi zz',
      '!if the_option=2 !fi zz',
      '!if aa !fi zz',
    ],
    [
      'a replacement beside which the old one stands again',
      'gg one six gg two',
      'own gg zz one six two',
      'own one six gg two',
    ],
    ['or behind which it does', 'gg one six gg', 'one six zz gg own', 'gg one six own'],
  ])('not so %s', (_what, base, upstream, patch) => {
    const sides = { base: linesOf(base), upstream: linesOf(upstream), patch: linesOf(patch) }
    const undone = withoutDone(sides)
    expect(undone).toEqual({ patch: linesOf(patch), isPart: false })
    expect(undone.patch).toBe(sides.patch)
  })

  test.each([
    ['as many below the line above', 'aa bb cc', 'aa _ zz cc', 'aa _ bb cc', 'aa bb cc'],
    ['as many among what upstream put in', 'aa _ bb', 'aa _ zz _ bb', 'aa _ _ bb', 'aa _ bb'],
    ['as many above the line below', 'aa bb cc', 'zz _ bb cc', 'aa _ bb cc', 'aa bb cc'],
    ['at the beginning', 'aa bb', '_ zz aa bb', '_ aa bb', 'aa bb'],
    ['at the end', 'aa bb', 'aa bb zz _', 'aa bb _', 'aa bb'],
    ['none, as in the patch', 'aa _ bb', 'aa zz bb', 'aa bb', 'aa _ bb'],
    ['fewer than the patch leaves', 'aa _ _ bb', 'aa zz bb', 'aa _ bb', 'aa _ _ bb'],
    ['more than it leaves: that is still to be carried', 'aa _ _ bb', 'aa _ _ zz bb', 'aa _ bb', 'aa _ bb'],
    ['behind another change', 'aa bb cc dd', 'zz bb cc _ yy dd', 'own aa bb cc _ dd', 'own aa bb cc dd'],
    ['behind a removal', 'aa bb cc dd', 'aa zz cc _ yy dd', 'bb cc _ dd', 'bb cc dd'],
    ['before another change', 'aa bb cc dd', 'aa _ zz bb cc yy', 'aa _ bb cc dd own', 'aa bb cc dd own'],
    ['fewer: they are still to be carried', 'aa _ bb', 'aa _ zz bb', 'aa _ _ bb', 'aa _ _ bb'],
  ])('blank lines alone: %s', (_what, ...row) => {
    const [base, upstream, patch, left] = row
    const undone = withoutDone({ base: linesOf(base), upstream: linesOf(upstream), patch: linesOf(patch) })
    expect(undone.patch).toEqual(linesOf(left))
    expect(undone.isPart).toBe(false)
  })

  test.each([
    [
      'at the first of two places',
      'one two three',
      'zz own two three',
      'one own two own three',
      'one two own three',
    ],
    ['blank lines and others', 'aa bb cc dd', 'aa _ bb xx own dd', 'aa _ bb cc own dd', 'aa bb cc dd'],
  ])('in part, %s', (_what, ...row) => {
    const [base, upstream, patch, left] = row
    const undone = withoutDone({ base: linesOf(base), upstream: linesOf(upstream), patch: linesOf(patch) })
    expect(undone).toEqual({ patch: linesOf(left), isPart: true })
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

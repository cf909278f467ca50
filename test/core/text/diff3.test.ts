import { expect, test } from 'vitest'
import { diff3, sameLines, type Region } from '../../../src/core/text/diff3.ts'

/** Regions of texts whose lines are single letters: `ab` unchanged, `u(x)` upstream's, `p(x)` the patch's, `b(x)` both's, `?(base|upstream|patch)` open. */
function regions(base: string, upstream: string, patch: string): string {
  return diff3({ base: [...base], upstream: [...upstream], patch: [...patch] })
    .map(print)
    .join(' ')
}

function print(region: Region): string {
  if (region.kind === 'open') {
    const { base, upstream, patch } = region.lines
    return `?(${[base, upstream, patch].map((lines) => lines.join('')).join('|')})`
  }
  const text = region.lines.join('')
  return region.by === 'none' ? text : `${region.by[0]}(${text})`
}

test.each([
  ['nothing changed', 'abc', 'abc', 'abc', 'abc'],
  ['nothing at all', '', '', '', ''],
  ['only upstream changed', 'abc', 'axc', 'abc', 'a u(x) c'],
  ['only the patch changed', 'abc', 'abc', 'axc', 'a p(x) c'],
  ['both changed the same', 'abc', 'axc', 'axc', 'a b(x) c'],
  ['both put in the same', 'ab', 'axb', 'axb', 'a b(x) b'],
  ['both took away the same', 'abc', 'ac', 'ac', 'a b() c'],
  ['changes with a line between them', 'abcde', 'axcde', 'abcye', 'a u(x) c p(y) e'],
  ['changes next to each other belong together', 'abcd', 'axcd', 'abyd', 'a ?(bc|xc|by) d'],
  ['one line changed in two ways', 'abc', 'axc', 'ayc', 'a ?(b|x|y) c'],
  ['two things put in at one place', 'ab', 'axb', 'ayb', 'a ?(|x|y) b'],
  ['put in where the other takes away', 'abc', 'ac', 'abyc', 'a ?(b||by) c'],
  ['both made the whole file', '', 'ab', 'ac', '?(|ab|ac)'],
  ['a change on one side spans two on the other', 'abcdef', 'axyzwf', 'aBcDef', 'a ?(bcde|xyzw|BcDe) f'],
  ['a change at the very start and one at the very end', 'abc', 'xbc', 'aby', 'u(x) b p(y)'],
])('%s', (_title, ...row) => {
  const [base, upstream, patch, expected] = row
  expect(regions(base, upstream, patch)).toBe(expected)
})

/**
 * An insertion among its like can be seen at several places: it is put where it does not touch a change of the patch, if
 * the two have no line in common. Git leaves these open.
 */
test.each([
  ['an insertion slides up from the patch’s line', 'axxbc', 'axxxbc', 'axxyc', 'ax u(x) x p(y) c'],
  ['a removal slides up from the patch’s line', 'axxbc', 'axbc', 'axxyc', 'a u() x p(y) c'],
  ['it slides down where there is no room above', 'xxxbc', 'xxxxbc', 'yxxxbc', 'p(y) xxx u(x) bc'],
  ['not where all its places touch the patch’s line', 'abc', 'abbc', 'ayc', 'a ?(b|bb|y) c'],
  ['not where both put in one line: that is one change', 'axxbc', 'axxxbc', 'axxxyc', 'axx ?(b|xb|xy) c'],
])('keeps clear: %s', (_title, ...row) => {
  const [base, upstream, patch, expected] = row
  expect(regions(base, upstream, patch)).toBe(expected)
})

test('every region says where its lines stand on each side', () => {
  const sides = { base: [...'abcdefg'], upstream: [...'aXXcdeYg'], patch: [...'abcefZg'] }
  const at = { base: 0, upstream: 0, patch: 0 }
  for (const region of diff3(sides)) {
    for (const side of ['base', 'upstream', 'patch'] as const) {
      expect(region.at[side].from).toBe(at[side])
      at[side] = region.at[side].to
      if (region.kind === 'open')
        expect(sides[side].slice(region.at[side].from, at[side])).toEqual(region.lines[side])
    }
  }
  expect(at).toEqual({ base: 7, upstream: 8, patch: 7 })
})

test('lines are the same one by one', () => {
  expect(sameLines(['a', 'b'], ['a', 'b'])).toBe(true)
  expect(sameLines(['a', 'b'], ['a'])).toBe(false)
  expect(sameLines(['a', 'b'], ['b', 'a'])).toBe(false)
})

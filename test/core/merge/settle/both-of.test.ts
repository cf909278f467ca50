import { expect, test } from 'vitest'
import { bothOf } from '../../../../src/core/merge/settle/both-of.ts'

/** A line for each word. */
function lines(words: string): readonly string[] {
  return words === '' ? [] : words.split(' ').map((word) => `${word}\n`)
}

test.each<[string, string, string, string, string | undefined]>([
  ['what both put in, upstream’s first', 'a', 'a x', 'a y', 'a x y'],
  ['at the beginning', 'a', 'x a', 'y a', 'x y a'],
  ['at two places', 'a b', 'a x b', 'a b y', 'a x b y'],
  ['in the place of the same line', 'a b c', 'a x c', 'a y c', 'a x y c'],
  ['in the place of all', 'a', 'x', 'y', 'x y'],
  ['what one takes away is gone', 'a b c', 'a c x', 'a b c y', 'a c x y'],
  ['what the other does', 'a b c', 'a b c x', 'b c y', 'b c x y'],
  ['what both do', 'a b c', 'a c x', 'a c y', 'a c x y'],
  ['what both put in stands once, at its head', 'a', 'a s x', 'a s y', 'a s x y'],
  ['at its end', 'a', 'a x s', 'a y s', 'a x y s'],
  ['at both', 'a', 'a s x s', 'a s y s', 'a s x y s'],
  ['what stands inside of each stands twice', 'a', 'a x s z', 'a y s w', 'a x s z y s w'],
  ['of nothing in common', '', 'x', 'y', 'x y'],
  ['what both have serves as a base where there is none', '', 'a x b', 'a b y', 'a x b y'],
  ['nothing of upstream’s is no two things', 'a', '', 'y', undefined],
  ['nothing of the patch’s is none', 'a', 'x', '', undefined],
  ['what comes out is upstream’s', 'a', 'a x y', 'a x', undefined],
  ['what comes out is the patch’s', 'a', 'a x', 'a x y', undefined],
  ['both are the same', 'a', 'a x', 'a x', undefined],
  ['one only takes away', 'a b', 'a', 'a b y', 'a y'],
])('%s', (_what, ...row) => {
  const [base, upstream, patch, both] = row
  const made = bothOf({ base: lines(base), upstream: lines(upstream), patch: lines(patch) })
  expect(made).toEqual(both === undefined ? undefined : lines(both))
})

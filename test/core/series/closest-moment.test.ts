import { describe, expect, test } from 'vitest'
import { closestMoment, isFrom, isSmall, setBack, unexplained } from '../../../src/core/series/closest.ts'
import { line, oid, treeOf } from '../../support/commits.ts'

const RELEASE = { a: '1', b: '1', c: '1', d: '1' }
const compared = (tree: Record<string, string>) => ({ tree: treeOf(tree), release: treeOf(RELEASE) })

test('what a release does not explain of a tree is what it has otherwise or not at all; what the tree lacks is no question', () => {
  expect(unexplained(treeOf(RELEASE), treeOf({ a: '1', b: '2', own: 'x' }))).toEqual(['b', 'own'])
  expect(unexplained(treeOf(RELEASE), treeOf(RELEASE))).toEqual([])
})

test.each([
  [10, 1000, true],
  [11, 1000, false],
  [1, 99, false],
  [0, 0, true],
])('%i files of %i are few: %s', (differing, size, expected) => {
  const release = treeOf(Object.fromEntries(Array.from({ length: size }, (_, at) => [`${at}`, 'x'])))
  expect(isSmall(differing, release)).toBe(expected)
})

describe('a tree comes from a commit if of what lies between commit and release it has nearly all as the commit', () => {
  const many = (value: string, count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, value]))
  const between = treeOf(many('new', 11))
  const release = treeOf(many('old', 11))

  test.each<readonly [string, Record<string, string>, boolean]>([
    ['all of it', many('new', 11), true],
    ['all but one of eleven', { ...many('new', 11), f0: 'old' }, true],
    ['all but two', { ...many('new', 11), f0: 'old', f1: 'old' }, false],
    ['all but two, which its owner wrote anew', { ...many('new', 11), f0: 'own', f1: 'own' }, true],
    ['nothing of it', many('old', 11), false],
    ['nothing, and its own files', { own: 'x' }, false],
  ])('%s', (_what, tree, expected) => {
    expect(isFrom(between, { tree: treeOf(tree), release })).toBe(expected)
  })

  test('what was set back is named', () => {
    const tree = treeOf({ ...many('new', 11), f3: 'old', f4: 'own' })
    expect(setBack(between, { tree, release })).toEqual(['f3'])
  })
})

describe('the commit of a line at which the files stood most as the tree has them', () => {
  // From the release on: `a` gets 2, then `b`, then `c`, then `a` gets 3.
  const [first, second, third, fourth] = line(oid('release'), [
    { title: 'a', changes: { a: ['1', '2'] } },
    { title: 'b', changes: { b: ['1', '2'] } },
    { title: 'c', changes: { c: ['1', '2'] } },
    { title: 'a again', changes: { a: ['2', '3'] } },
  ])
  const newestFirst = [fourth, third, second, first].flatMap((each) => each ?? [])

  test.each([
    ['the release', { ...RELEASE }, oid('release')],
    ['after the first', { ...RELEASE, a: '2' }, first?.oid],
    ['after the second', { ...RELEASE, a: '2', b: '2' }, second?.oid],
    ['after the third', { ...RELEASE, a: '2', b: '2', c: '2' }, third?.oid],
    ['after all', { ...RELEASE, a: '3', b: '2', c: '2' }, fourth?.oid],
    [
      'after the second, one of its files changed by its owner',
      { ...RELEASE, a: 'own', b: '2' },
      second?.oid,
    ],
    ['after the second, one file deleted by its owner', { b: '2', c: '1', d: '1' }, second?.oid],
    ['on the release, with a later file taken over', { ...RELEASE, c: '2' }, oid('release')],
    ['nothing of it: the oldest', { own: 'x' }, oid('release')],
  ])('%s', (_what, tree, expected) => {
    expect(closestMoment(newestFirst, compared(tree))).toBe(expected)
  })

  test('of a line without a commit there is none', () => {
    expect(closestMoment([], compared(RELEASE))).toBeUndefined()
  })
})

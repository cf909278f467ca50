import { expect, test } from 'vitest'
import { closest, distance, fitsContent } from '../../../src/core/series/closest.ts'
import { boundaryOf, commitsToCompare, findMainline } from '../../../src/core/series/mainline.ts'
import { nextRelease } from '../../../src/core/series/next-release.ts'
import { findStandPoint } from '../../../src/core/series/find-stand-point.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { commit, line, oid, treeOf } from '../../support/commits.ts'

const V1 = { 'a.yml': 'a', 'b.yml': 'b', 'c.yml': 'c' }
const V2 = { 'a.yml': 'a', 'b.yml': 'B', 'c.yml': 'C' }

test('distance counts files that are missing or changed; own files do not count', () => {
  expect(distance(treeOf(V1), treeOf(V1))).toBe(0)
  expect(distance(treeOf(V1), treeOf({ ...V1, 'own.ini': 'x' }))).toBe(0)
  expect(distance(treeOf(V1), treeOf({ 'a.yml': 'a', 'b.yml': 'changed' }))).toBe(2)
})

test('the closest release is the one whose files are there; among equals the first', () => {
  const releases = [['v2', treeOf(V2)] as const, ['v1', treeOf(V1)] as const]
  expect(closest(releases, treeOf({ ...V1, 'a.yml': 'patched' }))).toMatchObject({ key: 'v1', distance: 1 })
  expect(closest(releases, treeOf({ 'a.yml': 'a' }))).toMatchObject({ key: 'v2' })
  expect(closest([], treeOf(V1))).toBeUndefined()
  const early = treeOf({ 'z.yml': 'z' }) // few files of long ago: few to differ in, none in common
  expect(
    closest([['v0', early] as const, ...releases], treeOf({ ...V1, 'b.yml': '1', 'c.yml': '2' }))?.key,
  ).toBe('v2')
})

test('a copy is told by what its files hold: one that lost or gained every mode is that release’s still', () => {
  const executable = new Map(
    [...treeOf(V1)].map(([path, { oid }]) => [path, { mode: '100755', oid } as const]),
  )
  const releases = [['v2', treeOf(V2)] as const, ['v1', treeOf(V1)] as const]
  expect(closest(releases, executable)).toMatchObject({ key: 'v1', distance: 0, likeness: 1 })
  const copied = [...executable].map(([path, after]) => ({ path, before: undefined, after }))
  const brought = { ...commit({ title: 'Copy it in' }), changes: copied }
  expect(findStandPoint(treeOf(V1), executable, [brought])).toMatchObject({ before: 1, distance: 0 })
})

test.each([
  { claimed: 0, best: 0, fits: true },
  { claimed: 60, best: 40, fits: true }, // many backports: on the way to the next release, not on it
  { claimed: 800, best: 12, fits: false }, // upstream copied over: history lies
  { claimed: 9, best: 0, fits: true }, // a small series that happens to equal a patch release
])('a claim that differs in $claimed files against $best fits: $fits', ({ claimed, best, fits }) => {
  const release = treeOf(Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`roles/${n}.yml`, 'x'])))
  expect(fitsContent(claimed, best, release)).toBe(fits)
})

test('a straight line ends at the first commit that is not the fork’s own', () => {
  const commits = line(oid('upstream'), [{ title: 'one' }, { title: 'two' }])
  const own = new Map(commits.map((each) => [each.oid, each]))
  const head = commits[1]?.oid as (typeof commits)[0]['oid']
  expect(findMainline(own, head, () => oid('tree'))).toMatchObject({ below: oid('upstream'), passed: [] })
  expect(boundaryOf(own, head)).toEqual([oid('upstream')])
  expect(boundaryOf(new Map(), oid('upstream'))).toEqual([oid('upstream')])
})

test('a pull request merged without fast-forward is passed on the side whose tree it has', () => {
  const [one, two] = line(oid('upstream'), [{ title: 'one' }, { title: 'two' }])
  const merge = commit({ title: 'merge', parents: [oid('upstream'), two!.oid] })
  const own = new Map([one!, two!, merge].map((each) => [each.oid, each]))
  const trees = new Map([
    [merge.oid, oid('tree of two')],
    [two!.oid, oid('tree of two')],
    [oid('upstream'), oid('tree below')],
  ])
  expect(commitsToCompare(own.values())).toEqual([merge.oid, oid('upstream'), two!.oid])
  const found = findMainline(own, merge.oid, (each) => trees.get(each) as never)
  expect(found?.commits.map(({ message }) => message.trim())).toEqual(['one', 'two'])
  expect(found?.passed).toEqual([merge])
})

test('a merge that mixes trees leaves no line to follow', () => {
  const merge = commit({ title: 'merge upstream', parents: [oid('a'), oid('b')] })
  expect(
    findMainline(new Map([[merge.oid, merge]]), merge.oid, (each) => oid(`tree of ${each}`)),
  ).toBeUndefined()
})

test('a vendored copy stands on the release where it was copied in; later commits are its series', () => {
  const commits = line(oid('nothing'), [
    { title: 'my tools', changes: { 'tools.sh': [undefined, 't'] } },
    {
      title: 'copy v1',
      changes: { 'a.yml': [undefined, 'a'], 'b.yml': [undefined, 'b'], 'c.yml': [undefined, 'c'] },
    },
    { title: 'inventory', changes: { 'inventory/mine.ini': [undefined, 'i'] } },
    { title: 'arm', changes: { 'a.yml': ['a', 'arm'] } },
  ])
  const head = treeOf({ ...V1, 'a.yml': 'arm', 'tools.sh': 't', 'inventory/mine.ini': 'i' })
  const point = findStandPoint(treeOf(V1), head, commits)
  expect(point).toMatchObject({ before: 2, distance: 0 })
  expect([...point.tree.keys()].sort()).toEqual(['a.yml', 'b.yml', 'c.yml', 'tools.sh'])
})

test('a squash that brought patches along is the stand point although files differ', () => {
  const commits = line(oid('v1'), [
    { title: 'squashed step', changes: { 'a.yml': ['a', 'arm'], 'b.yml': ['b', 'B'], 'c.yml': ['c', 'C'] } },
    { title: 'later', changes: { 'b.yml': ['B', 'B2'] } },
  ])
  const point = findStandPoint(treeOf(V2), treeOf({ 'a.yml': 'arm', 'b.yml': 'B2', 'c.yml': 'C' }), commits)
  expect(point).toMatchObject({ before: 1, distance: 1 })
})

const TAGS = ['v2.8.0', 'v2.8.5', 'v2.9.0', 'v2.10.0', 'v2.10.4', 'v2.11.0'] as ReleaseTag[]

test.each([
  ['v2.8.0', 'v2.9.0'], // patch releases may be skipped
  ['v2.9.0', 'v2.10.4'], // by number: 2.10 comes after 2.9, and its newest patch release is taken
  ['v2.10.0', 'v2.11.0'],
  ['v2.11.0', undefined],
] as [ReleaseTag, ReleaseTag | undefined][])('from %s the next release is %s', (from, next) => {
  expect(nextRelease(from, TAGS)).toBe(next)
})

test('on the newest minor the newest patch release is next', () => {
  expect(nextRelease('v2.10.0' as ReleaseTag, TAGS.slice(0, 5))).toBe('v2.10.4')
})

import { expect, test } from 'vitest'
import { collectSeries } from '../../../src/core/series/collect-series.ts'
import { line, oid, treeOf, type Spec } from '../../support/commits.ts'

const BASE = { 'roles/a.yml': 'a', 'roles/b.yml': 'b', 'inventory/sample/x.yml': 'x' }

function collect(
  specs: readonly Spec[],
  head: Readonly<Record<string, string>>,
): ReturnType<typeof collectSeries> {
  return collectSeries({
    commits: line(oid('base'), specs),
    merges: [],
    base: treeOf(BASE),
    head: treeOf(head),
  })
}

test('a commit that changes upstream files is a patch, one with own files only is not', () => {
  const series = collect(
    [
      { title: 'arm checksums', changes: { 'roles/a.yml': ['a', 'a2'] } },
      { title: 'my cluster', changes: { 'inventory/mine/hosts.ini': [undefined, 'h'] } },
    ],
    { ...BASE, 'roles/a.yml': 'a2', 'inventory/mine/hosts.ini': 'h' },
  )
  expect(series.patches.map(({ title }) => title)).toEqual(['arm checksums'])
  expect([...series.ownFiles.keys()]).toEqual(['inventory/mine/hosts.ini'])
  expect(series.leftOut).toMatchObject([{ title: 'my cluster', why: 'own-files' }])
})

test('a new file that came with a change to upstream files belongs to that patch', () => {
  const series = collect(
    [
      {
        title: 'flannel for arm',
        changes: { 'roles/a.yml': ['a', 'a2'], 'roles/arm.yml': [undefined, 'n'] },
      },
    ],
    { ...BASE, 'roles/a.yml': 'a2', 'roles/arm.yml': 'n' },
  )
  expect(series.patches[0]?.changes.map(({ path }) => path)).toEqual(['roles/a.yml', 'roles/arm.yml'])
  expect(series.ownFiles.size).toBe(0)
})

test('a new file that a commit of its own changes later is carried as a file, and so is any inventory', () => {
  const series = collect(
    [
      {
        title: 'mixed',
        changes: {
          'roles/a.yml': ['a', 'a2'],
          'roles/arm.yml': [undefined, 'n'],
          'inventory/mine/k8s.yml': [undefined, 'i'],
        },
      },
      { title: 'later', changes: { 'roles/arm.yml': ['n', 'n2'] } },
    ],
    { ...BASE, 'roles/a.yml': 'a2', 'roles/arm.yml': 'n2', 'inventory/mine/k8s.yml': 'i' },
  )
  expect(series.patches.map(({ changes }) => changes.map(({ path }) => path))).toEqual([['roles/a.yml']])
  expect([...series.ownFiles.keys()]).toEqual(['roles/arm.yml', 'inventory/mine/k8s.yml'])
})

test('a commit and its revert are both left out and name each other', () => {
  const series = collect(
    [
      { title: 'pin', changes: { 'roles/a.yml': ['a', 'a2'] } },
      { title: 'other', changes: { 'roles/b.yml': ['b', 'b2'] } },
      { title: 'Revert "pin"', changes: { 'roles/a.yml': ['a2', 'a'] } },
    ],
    { ...BASE, 'roles/b.yml': 'b2' },
  )
  expect(series.patches.map(({ title }) => title)).toEqual(['other'])
  const [pin, revert] = series.leftOut
  expect([pin?.why, revert?.why]).toEqual(['reverted', 'reverted'])
  expect(pin?.pair).toBe(revert?.commit)
})

test('a revert of a revert leaves the patch standing once', () => {
  const series = collect(
    [
      { title: 'pin', changes: { 'roles/a.yml': ['a', 'a2'] } },
      { title: 'Revert "pin"', changes: { 'roles/a.yml': ['a2', 'a'] } },
      { title: 'Revert "Revert "pin""', changes: { 'roles/a.yml': ['a', 'a2'] } },
    ],
    { ...BASE, 'roles/a.yml': 'a2' },
  )
  expect(series.patches.map(({ title }) => title)).toEqual(['Revert "Revert "pin""'])
})

test('a revert is no pair while a patch between the two still touches the file', () => {
  const series = collect(
    [
      { title: 'pin', changes: { 'roles/a.yml': ['a', 'a2'] } },
      { title: 'both', changes: { 'roles/a.yml': ['a2', 'a3'], 'roles/b.yml': ['b', 'b2'] } },
      { title: 'unpin half', changes: { 'roles/a.yml': ['a3', 'a2'] } },
      { title: 'unpin', changes: { 'roles/a.yml': ['a2', 'a'] } },
    ],
    { ...BASE, 'roles/b.yml': 'b2' },
  )
  expect(series.patches).toHaveLength(4)
})

test('commits of ours are left out where own files are all that they change, carried patches keep their identity', () => {
  const series = collect(
    [
      {
        title: 'edit',
        body: 'Multiarch-Step: kubernetes 1.14.0 1.15.0',
        changes: { 'inventory/mine/x.yml': ['x', 'y'] },
      },
      {
        title: 'arm',
        body: 'Why.\n\nMultiarch-Patch: abc\nMultiarch-Base: v1.1.0',
        changes: { 'roles/a.yml': ['a', 'a2'] },
      },
    ],
    { ...BASE, 'roles/a.yml': 'a2', 'inventory/mine/x.yml': 'y' },
  )
  expect(series.leftOut).toMatchObject([{ title: 'edit', why: 'bot' }])
  expect(series.ownFiles.has('inventory/mine/x.yml')).toBe(true)
  expect(series.patches).toMatchObject([{ id: 'abc', title: 'arm', message: 'arm\n\nWhy.' }])
})

test.each(['kubespray v1.0.0 v1.1.0', 'inventory', 'kubernetes 1.14.0 1.15.0', 'addon v1.1.0', 'anything'])(
  'what a commit changes of upstream’s is carried, whatever it says of itself: %s',
  (step) => {
    const series = collect(
      [
        {
          title: 'edit',
          body: `Multiarch-Step: ${step}`,
          changes: { 'inventory/mine/x.yml': ['x', 'y'], 'roles/a.yml': ['a', 'a2'] },
        },
      ],
      { ...BASE, 'roles/a.yml': 'a2', 'inventory/mine/x.yml': 'y' },
    )
    expect(series.patches.map(({ title, changes }) => [title, changes.map(({ path }) => path)])).toEqual([
      ['edit', ['roles/a.yml']],
    ])
    expect(series.leftOut).toEqual([])
  },
)

test('a pick of an upstream commit is marked', () => {
  const from = oid('upstream fix')
  const series = collect(
    [{ title: 'fix', body: `(cherry picked from commit ${from})`, changes: { 'roles/a.yml': ['a', 'a2'] } }],
    { ...BASE, 'roles/a.yml': 'a2' },
  )
  expect(series.patches[0]?.pickedFrom).toEqual([from])
})

test('a patch that was merged while all of it was open is named, not forgotten', () => {
  const series = collect(
    [
      {
        title: 'arm',
        body: 'Multiarch-Patch: abc\nMultiarch-Verdict: conflict\nMultiarch-Open: roles/a.yml',
      },
    ],
    BASE,
  )
  expect(series.leftOut).toMatchObject([{ title: 'arm', why: 'open' }])
})

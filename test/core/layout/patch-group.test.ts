import { describe, expect, test } from 'vitest'
import {
  findPatchGroups,
  groupsFor,
  inOrder,
  pathFor,
  withoutPatches,
} from '../../../src/core/layout/patch-group.ts'
import { blobOid } from '../../../src/core/model/oid.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import type { Tree } from '../../../src/core/model/tree.ts'

const V280 = 'v2.28.0' as ReleaseTag
const V291 = 'v2.29.1' as ReleaseTag

function treeOf(...paths: readonly string[]): Tree {
  return new Map(paths.map((path) => [path, { mode: '100644', oid: blobOid(new Uint8Array()) }]))
}

describe('what patch files are named for, and what they are called for another release', () => {
  test.each([
    ['patches/2.28.0/a.patch', 'patches/2.29.1/a.patch'],
    ['patches/v2.28.0/a.diff', 'patches/v2.29.1/a.diff'],
    ['k/kubespray-2.28.0/deep/a.patch', 'k/kubespray-2.29.1/deep/a.patch'],
    ['2.28.0/a.patch', '2.29.1/a.patch'],
    ['patches/2.28/a.patch', 'patches/2.29/a.patch'],
    ['patches/release-2.28/a.patch', 'patches/release-2.29/a.patch'],
    ['patches/kubespray-2.28.0-fix.patch', 'patches/kubespray-2.29.1-fix.patch'],
    ['patches/v2.28.0.patch', 'patches/v2.29.1.patch'],
    ['patches/0001-a_2.28.0.patch', 'patches/0001-a_2.29.1.patch'],
  ])('%s', (path, next) => {
    const [group] = groupsFor(findPatchGroups(treeOf(path)), V280)
    expect(group?.files).toEqual([path])
    expect(group && pathFor(path, group, V291)).toBe(next)
  })

  test.each([
    'patches/2.27.0/a.patch',
    'patches/2.28.0-pre/a.patch',
    'patches/1.28.0/a.patch',
    'patches/a-12.28.0.patch',
    'patches/a-2.28.01.patch',
    'patches/a.patch',
    'patches/2.28.0/a.txt',
  ])('%s is not named for the release', (path) => {
    expect(groupsFor(findPatchGroups(treeOf(path)), V280)).toEqual([])
  })

  test('of a folder for the release and one for its minor the first is meant', () => {
    const groups = findPatchGroups(treeOf('p/2.28/a.patch', 'p/2.28.0/b.patch'))
    expect(groupsFor(groups, V280).map(({ folder }) => folder)).toEqual(['p/2.28.0'])
  })
})

test('patches are applied by their names, or as a list has them', () => {
  const [group] = findPatchGroups(treeOf('p/10.patch', 'p/2.patch', 'p/a.patch'))
  if (!group) throw new Error('no group')
  expect(inOrder(group, undefined).map(({ path }) => path)).toEqual(['p/10.patch', 'p/2.patch', 'p/a.patch'])
  expect(inOrder(group, '# ours\na.patch -p0\n\n2.patch # why\ngone.patch\n')).toEqual([
    { path: 'p/a.patch', strip: 0 },
    { path: 'p/2.patch' },
  ])
  expect(withoutPatches('# ours\na.patch -p0\n2.patch # why\n', new Set(['2.patch']))).toBe(
    '# ours\na.patch -p0\n',
  )
})

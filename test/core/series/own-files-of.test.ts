import { expect, test } from 'vitest'
import { sortOwnFiles } from '../../../src/core/series/own-files-of.ts'
import { treeOf } from '../../support/commits.ts'

const BASE = treeOf({ 'roles/old/tasks/main.yml': '1', 'roles/kept/tasks/main.yml': '1' })
const RELEASE = treeOf({
  'roles/new/tasks/main.yml': '1',
  'roles/kept/tasks/main.yml': '2',
  'inventory/mine/hosts': 'theirs',
  'same.txt': 's',
  'tools/run.sh': 'r',
  file: 'f',
})

test.each([
  ['a file in a folder of its own', 'inventory/other/hosts', 'plain'],
  ['a file beside upstream files that stay', 'roles/kept/tasks/arm.yml', 'plain'],
  ['a file the release has now, with other content', 'inventory/mine/hosts', 'contested'],
  ['a file in a folder that the release moved', 'roles/old/tasks/arm.yml', 'contested'],
  ['a file where the release has a folder', 'tools', 'contested'],
  ['a file under what is a file in the release', 'file/inner', 'contested'],
])('%s is %s', (_, path, kind) => {
  const sorted = sortOwnFiles(treeOf({ [path]: 'own' }), BASE, RELEASE)
  expect([...(kind === 'plain' ? sorted.plain : sorted.contested).keys()]).toEqual([path])
  expect(sorted.plain.size + sorted.contested.size).toBe(1)
})

test('a file the release has as it is needs no merging', () => {
  expect([...sortOwnFiles(treeOf({ 'same.txt': 's' }), BASE, RELEASE).plain.keys()]).toEqual(['same.txt'])
})

import { expect, test } from 'vitest'
import { companionPaths, sortOwnFiles } from '../../../src/core/series/own-files-of.ts'
import { line, oid, treeOf, type Spec } from '../../support/commits.ts'

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

const APP = { 'apps/web.yml': [undefined, 'web'] as const }
const companions: readonly [string, Spec['changes'], readonly string[]][] = [
  ['a patch brings its own', { ...APP, 'roles/old/tasks/main.yml': ['1', '2'] }, ['apps/web.yml']],
  [
    'a virtual environment is no part of the patch that it came with',
    {
      ...APP,
      'roles/old/tasks/main.yml': ['1', '2'],
      'venv/lib/python3.12/site-packages/pip/arm.py': [undefined, 'x'],
    },
    ['apps/web.yml'],
  ],
  ['a commit of own files alone brings none', APP, []],
  [
    'a copy of upstream’s files has them beside it, though it changes one that was there',
    {
      ...APP,
      'roles/old/tasks/main.yml': [undefined, '1'],
      'roles/kept/tasks/main.yml': [undefined, '1'],
      'README.md': ['mine', 'theirs'],
    },
    [],
  ],
]

test.each(companions)('of files that come with a commit: %s', (_, changes, expected) => {
  const base = treeOf({
    'roles/old/tasks/main.yml': '1',
    'roles/kept/tasks/main.yml': '1',
    'README.md': 'theirs',
  })
  expect([
    ...companionPaths(line(oid('below'), [{ title: 'One', ...(changes && { changes }) }]), base),
  ]).toEqual(expected)
})

test('who takes a patch back takes away what came with it, and it comes with the patch once more where that is done again', () => {
  const base = treeOf({ 'roles/old/tasks/main.yml': '1' })
  const renamed = {
    'roles/old/tasks/main.yml': ['1', undefined],
    'roles/new/tasks/main.yml': [undefined, '1'],
  } as const
  const back = {
    'roles/old/tasks/main.yml': [undefined, '1'],
    'roles/new/tasks/main.yml': ['1', undefined],
  } as const
  const commits = line(oid('below'), [
    { title: 'Rename', changes: renamed },
    { title: 'Take it back', changes: back },
    { title: 'Rename it after all', changes: renamed },
  ])
  expect([...companionPaths(commits, base)]).toEqual(['roles/new/tasks/main.yml'])
})

import { expect, test } from 'vitest'
import type { Verdict } from '../../../src/core/model/verdict.ts'
import type { CarriedPatch } from '../../../src/core/series/carried-series.ts'
import { goneFolders } from '../../../src/core/series/gone-folders.ts'
import { treeOf } from '../../support/commits.ts'
import { carriedPatch } from '../../support/pull-request.ts'

const BASE = treeOf({
  'roles/old/tasks/main.yml': 'tasks',
  'roles/old/templates/a.j2': 'a',
  'roles/kept/tasks/main.yml': 'k',
  'roles/kept/tasks/extra.yml': 'e',
})

test.each([
  ['nothing', { 'roles/kept/tasks/main.yml': 'k' }, undefined],
  [
    'the same files elsewhere',
    { 'roles/new/tasks/main.yml': 'tasks', 'roles/new/templates/a.j2': 'a' },
    'roles/new',
  ],
  ['a role of that name elsewhere', { 'roles/apps/old/tasks/main.yml': 'rewritten' }, 'roles/apps/old'],
])(
  'a folder that went away under a patch is told, with what stands in its place: %s',
  (_, release, instead) => {
    const found = goneFolders([changed('roles/old/tasks/main.yml', 'obsolete')], {
      base: BASE,
      release: treeOf({ ...KEPT, ...release }),
    })
    expect(found).toEqual([
      { folder: 'roles/old', titles: ['Mine'], ...(instead !== undefined && { instead }) },
    ])
  },
)

test.each([
  ['a file of a folder that is still there', 'roles/kept/tasks/extra.yml', 'obsolete'],
  ['a patch that followed the folder', 'roles/old/tasks/main.yml', 'moved'],
  ['a patch that is in conflict', 'roles/old/tasks/main.yml', 'conflict'],
] as const)('nothing is told of %s', (_, path, verdict) => {
  expect(goneFolders([changed(path, verdict)], { base: BASE, release: treeOf(KEPT) })).toEqual([])
})

const KEPT = { 'roles/kept/tasks/main.yml': 'k' }

function changed(path: string, verdict: Verdict): CarriedPatch {
  const file = { path, to: path, verdict, reasons: [], upstream: [] }
  return { ...carriedPatch('one', { title: 'Mine', verdict, files: [] }), files: [file] }
}

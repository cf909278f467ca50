import { expect, test } from 'vitest'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { Tree } from '../../../src/core/model/tree.ts'
import type { CarriedSeries } from '../../../src/core/series/carried-series.ts'
import { leaveWorkflows, withoutWorkflows } from '../../../src/core/series/leave-workflows.ts'
import type { Patch } from '../../../src/core/series/series.ts'

const treeOf = (files: Record<string, string>): Tree =>
  new Map(Object.entries(files).map(([path, oid]) => [path, { mode: '100644', oid: oid as Oid }]))

const [CI, LINT, ROLE] = ['.github/workflows/ci.yml', '.github/workflows/lint.yml', 'roles/a.yml']

test('workflow files are as the fork has them, in every tree; all else is as it was carried', () => {
  const fork = treeOf({ [CI]: 'own', [ROLE]: 'old' })
  const release = treeOf({ [LINT]: 'new', [ROLE]: 'new' })
  const after = treeOf({ [LINT]: 'new', [ROLE]: 'patched' })
  const series = { start: release, tree: after, patches: [{ before: release, after }], newBlobs: new Map() }
  const { carried, left } = leaveWorkflows(series as unknown as CarriedSeries, fork)
  expect(left).toEqual([CI, LINT])
  expect(carried.start).toEqual(treeOf({ [ROLE]: 'new', [CI]: 'own' }))
  expect(carried.tree).toEqual(treeOf({ [ROLE]: 'patched', [CI]: 'own' }))
  expect(carried.patches[0]?.after).toEqual(carried.tree)
})

test('where nothing differs nothing is said', () => {
  const tree = treeOf({ [CI]: 'same' })
  const series = { start: tree, tree, patches: [], newBlobs: new Map() }
  expect(leaveWorkflows(series, tree).left).toEqual([])
})

test('what a series does to them is no patch then', () => {
  const patch = (...paths: string[]) =>
    ({ id: paths.join(), changes: paths.map((path) => ({ path })) }) as unknown as Patch
  const left = withoutWorkflows([patch(CI), patch(CI, ROLE), patch(ROLE)])
  expect(left.map(({ changes }) => changes.map(({ path }) => path))).toEqual([[ROLE], [ROLE]])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clusterStanding } from '../../../src/app/repository/cluster/cluster-standing.ts'
import { rootStanding } from '../../../src/app/repository/standing.ts'
import { treeOfCluster } from '../../../src/core/layout/scope/places-of-cluster.ts'
import { isWithin, type ClusterScope } from '../../../src/core/model/cluster/cluster-scope.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { Refusal } from '../../../src/core/model/problem.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { differingPaths, withChanges, type Entry, type Tree } from '../../../src/core/model/tree.ts'
import { runs } from '../../support/fast-check.ts'

const entry = (digit: number): Entry => ({ mode: '100644', oid: String(digit).repeat(40) as Oid })

const SCOPE: ClusterScope = {
  name: 'prod',
  own: ['prod', 'deps/kubespray', 'inventory/prod.ini'],
  others: ['lab', 'inventory/lab'],
}

const PATHS = [
  ...['prod/Makefile', 'prod/inventory/hosts.ini', 'deps/kubespray', 'inventory/prod.ini'],
  ...['lab/Makefile', 'lab/inventory/hosts.ini', 'inventory/lab/hosts.ini'],
  ...['production/Makefile', 'inventory/group_vars/all.yml', 'README.md', 'Makefile'],
  ...['.gitmodules', '.github/multiarch.yml', '.github/workflows/apply.yml'],
]

const trees = fc.dictionary(fc.constantFrom(...PATHS), fc.integer({ min: 1, max: 9 }))
const changes = fc.array(
  fc.tuple(fc.constantFrom(...PATHS), fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined })),
  { maxLength: 4 },
)

const UNAPPLIED = { branch: 'main', onMerge: [], byHand: [] }

/** What a cluster's step makes of the whole, or what it is refused for. */
function put(whole: Tree, change: (seen: Tree) => Tree): Tree | readonly string[] {
  const seen = treeOfCluster(whole, SCOPE)
  const standing = clusterStanding(rootStanding(seen, UNAPPLIED), whole, SCOPE)
  try {
    return standing.view.put(change(seen))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.problems.map(({ code }) => code)
  }
}

test('whatever a step makes of what its cluster sees, it changes nothing but that cluster’s own, or is refused', () => {
  const seen = { put: 0, refused: 0 }
  fc.assert(
    fc.property(trees, changes, (files, edits) => {
      const whole: Tree = new Map(Object.entries(files).map(([path, digit]) => [path, entry(digit)]))
      const made = put(whole, (view) =>
        withChanges(
          view,
          new Map(edits.map(([path, digit]) => [path, digit === undefined ? digit : entry(digit)])),
        ),
      )
      if (!(made instanceof Map)) {
        seen.refused++
        expect(made).toEqual(['shared-file'])
        return
      }
      seen.put++
      const foreign = differingPaths(whole, made).filter(
        (path) => !isWithin(path, SCOPE.own) && path !== '.gitmodules' && path !== '.github/multiarch.yml',
      )
      expect(foreign).toEqual([])
    }),
    runs(300),
  )
  expect(Math.min(seen.put, seen.refused)).toBeGreaterThan(50)
})

test.each<[string, readonly string[] | 'put']>([
  ['prod/new.yml', 'put'],
  ['inventory/prod.ini', 'put'],
  ['production/Makefile', ['shared-file']],
  ['inventory/group_vars/all.yml', ['shared-file']],
  ['lab/new.yml', ['shared-file']],
  ['Makefile', ['shared-file']],
])('a change of %s: %j', (path, expected) => {
  const whole: Tree = new Map([['lab/Makefile', entry(1)]])
  const made = put(whole, (view) => withChanges(view, new Map([[path, entry(2)]])))
  expect(made instanceof Map ? 'put' : made).toEqual(expected)
})

test('a folder that is called after its release does not move onto another cluster’s', async () => {
  const whole: Tree = new Map([['lab/Makefile', entry(1)]])
  const release = { tag: 'v2.9.0' as ReleaseTag, commit: '1'.repeat(40) as Oid }
  const standing = rootStanding(whole, UNAPPLIED)
  const moved = await standing.moveTo(release, 'carry')
  const renaming = (to: string) => ({
    ...standing,
    moveTo: () => Promise.resolve({ ...moved, renamed: { from: 'prod', to } }),
  })
  const onto = async (to: string): Promise<() => Tree> => {
    const move = await clusterStanding(renaming(to), whole, SCOPE).moveTo()
    return () => move.put(new Map([[`${to}/cluster.yml`, entry(2)]]))
  }
  expect(await onto('lab/2.9.0')).toThrow(/not its own/)
  expect((await onto('kubespray-2.9.0'))().has('kubespray-2.9.0/cluster.yml')).toBe(true)
})

import { expect, test } from 'vitest'
import { MemoryValueCache } from '../../../src/adapters/memory/memory-value-cache.ts'
import type { CatalogueStore } from '../../../src/app/plan/load-catalogue.ts'
import { lintBetween, routeFrom } from '../../../src/app/plan/route-from.ts'
import type { Commit } from '../../../src/core/model/commit.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { treeOid, type Tree } from '../../../src/core/model/tree.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { EARLY } from '../../support/early-era.ts'
import { LATE } from '../../support/late-era.ts'
import { MIDDLE } from '../../support/middle-era.ts'
import { release } from '../../support/release.ts'

const ALL = {
  'v2.8.0': EARLY,
  'v2.29.0': MIDDLE,
  'v2.30.0': { ...LATE, extra: 'x' },
  'v2.30.1': { ...LATE, extra: 'y' },
  'v2.31.0': LATE,
}
const built = new Map(Object.entries(ALL).map(([tag, files]) => [tag as ReleaseTag, release(files)]))

/** Each release's commit has the id of its tree, which nothing minds here. */
const releases = new Map([...built].map(([tag, { tree }]) => [tag, treeOid(tree)]))

function store(): CatalogueStore & { readonly read: Oid[] } {
  const read: Oid[] = []
  const trees = new Map([...built.values()].map(({ tree }) => [treeOid(tree), tree]))
  const blobs = new Map([...built.values()].flatMap((each) => [...each.blobs]))
  return {
    read,
    cache: new MemoryValueCache(),
    objects: {
      readCommits: (oids) => Promise.resolve(new Map(oids.map((oid) => [oid, { oid, tree: oid } as Commit]))),
      readTree: (oid) => {
        read.push(oid)
        return Promise.resolve(trees.get(oid) as Tree)
      },
      readBlobs: (oids) =>
        Promise.resolve(new Map(oids.map((oid): [Oid, Uint8Array] => [oid, blobs.get(oid) as Uint8Array]))),
    },
  }
}

test('reads only the release that runs and the last patch release of each minor above it', async () => {
  const at = store()
  const from = { release: 'v2.30.0' as ReleaseTag, kubernetes: '1.34.7' }
  const route = await routeFrom(at, { releases, from, architectures: ['amd64'] })
  expect(at.read).toEqual(['v2.30.0', 'v2.30.1', 'v2.31.0'].map((tag) => releases.get(tag as ReleaseTag)))
  expect(route.steps.map(({ kubespray, kubernetes }) => [kubespray.to, kubernetes.to])).toEqual([
    ['v2.31.0', '1.35.4'],
  ])
})

test('ends at a target without reading beyond it', async () => {
  const at = store()
  const from = { release: 'v2.30.0' as ReleaseTag, kubernetes: '1.34.7' }
  await routeFrom(at, { releases, from, architectures: ['amd64'], target: 'v2.30.1' as ReleaseTag })
  expect(at.read).toHaveLength(2)
})

test('lints a step by defaults, and by what tasks still mention', async () => {
  const side = (tag: string): { tag: ReleaseTag; tree: Oid } => ({
    tag: tag as ReleaseTag,
    tree: releases.get(tag as ReleaseTag) as Oid,
  })
  const file = 'inventory/mine/group_vars/all/all.yml'
  const settings = [
    'crun_version',
    'crun_enabled',
    'kubelet_static_pod_path',
    'calico_version_on_server',
  ].map((name, at) => ({ name, file, line: at + 1, value: 'x' }))
  const question = { from: side('v2.29.0'), to: side('v2.31.0'), settings }
  const shallow = await lintBetween(store(), { ...question, depth: 'defaults' })
  expect(shallow.map(({ code, key }) => `${code} ${key}`)).toEqual([
    'variable-stops-play kubelet_static_pod_path',
    'variable-gone crun_enabled',
  ])
  const deep = await lintBetween(store(), { ...question, depth: 'mentions' })
  expect(deep.map(({ code, key }) => `${code} ${key}`)).toContain('variable-gone calico_version_on_server')
})

import { expect, test } from 'vitest'
import { CATALOGUE_FORMAT } from '../../../src/core/catalogue/catalogue.ts'
import { MemoryValueCache } from '../../../src/adapters/memory/memory-value-cache.ts'
import { findMentions } from '../../../src/app/plan/find-mentions.ts'
import { loadCatalogue, loadOffers } from '../../../src/app/plan/load-catalogue.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { treeOid } from '../../../src/core/model/tree.ts'
import type { ObjectReader } from '../../../src/ports/object-store.ts'
import { LATE } from '../../support/late-era.ts'
import { MIDDLE } from '../../support/middle-era.ts'
import { release } from '../../support/release.ts'

/** A reader over releases at hand that counts how often it is asked. */
function readerOf(
  ...all: readonly ReturnType<typeof release>[]
): ObjectReader & { readonly asked: string[] } {
  const asked: string[] = []
  const trees = new Map(all.map(({ tree }) => [treeOid(tree), tree]))
  const blobs = new Map(all.flatMap((each) => [...each.blobs]))
  return {
    asked,
    readCommits: () => Promise.reject(new Error('no commits here')),
    readTree: (oid) => {
      asked.push('tree')
      const tree = trees.get(oid)
      return tree ? Promise.resolve(tree) : Promise.reject(new Error(`no tree ${oid}`))
    },
    readBlobs: (oids) => {
      asked.push(`${oids.length} blobs`)
      return Promise.resolve(
        new Map(oids.map((oid): [Oid, Uint8Array] => [oid, blobs.get(oid) as Uint8Array])),
      )
    },
  }
}

test('reads a release in two calls, and never again while it is cached', async () => {
  const late = release(LATE)
  const objects = readerOf(late)
  const cache = new MemoryValueCache()
  const first = await loadCatalogue({ objects, cache }, treeOid(late.tree))
  expect(objects.asked).toEqual(['tree', `${Object.keys(LATE).length} blobs`])
  expect(await loadCatalogue({ objects, cache }, treeOid(late.tree))).toEqual(first)
  expect(objects.asked).toHaveLength(2)
})

test('what is cached under the key but is no catalogue is read anew', async () => {
  const late = release(LATE)
  const objects = readerOf(late)
  const cache = new MemoryValueCache()
  await cache.put(`offer-${CATALOGUE_FORMAT}-${treeOid(late.tree)}`, { format: 0 })
  expect((await loadCatalogue({ objects, cache }, treeOid(late.tree))).kubernetes.default).toBe('1.35.4')
})

test('a clone without the blobs of a release is refused in a sentence, and nothing is cached', async () => {
  const late = release(LATE)
  const { tree } = late
  const objects = { ...readerOf(late), readBlobs: () => Promise.resolve(new Map<Oid, Uint8Array>()) }
  await expect(loadCatalogue({ objects, cache: new MemoryValueCache() }, treeOid(tree))).rejects.toThrow(
    /lacks \d+ files of a release/,
  )
})

test('what a release offers is kept apart from its variables, and either is read anew where one is lost', async () => {
  const late = release(LATE)
  const objects = readerOf(late)
  const cache = new MemoryValueCache()
  const whole = await loadCatalogue({ objects, cache }, treeOid(late.tree))
  await cache.put(`variables-${CATALOGUE_FORMAT}-${treeOid(late.tree)}`, undefined)
  const offers = await loadOffers({ objects, cache }, new Map([['late', treeOid(late.tree)]]))
  expect(Object.keys(offers.get('late') ?? {})).not.toContain('variables')
  expect(objects.asked).toHaveLength(2)
  expect(await loadCatalogue({ objects, cache }, treeOid(late.tree))).toEqual(whole)
  expect(objects.asked).toHaveLength(4)
})

test('several releases come by their keys', async () => {
  const [middle, late] = [release(MIDDLE), release(LATE)]
  const trees = new Map([
    ['v2.20.0', treeOid(middle.tree)],
    ['v2.31.0', treeOid(late.tree)],
  ])
  const offers = await loadOffers({ objects: readerOf(middle, late), cache: new MemoryValueCache() }, trees)
  expect([...offers].map(([tag, { kubernetes }]) => [tag, kubernetes.default])).toEqual([
    ['v2.20.0', 'v1.24.6'],
    ['v2.31.0', '1.35.4'],
  ])
})

test('finds names in tasks and templates, as whole words', async () => {
  const files = release({
    'roles/a/tasks/main.yml': '- debug: msg={{ first_name }}\n',
    'roles/a/templates/x.j2': '{{ second }}',
    'docs/x.md': 'third',
    'cluster.yml': 'fourth_more',
  })
  const found = await findMentions(readerOf(files), treeOid(files.tree), [
    'first_name',
    'second',
    'third',
    'fourth',
  ])
  expect([...found]).toEqual(['first_name', 'second'])
})

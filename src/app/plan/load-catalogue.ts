import { refusalOf } from '../../core/explain/refusal-of.ts'
import { catalogueOf } from '../../core/catalogue/catalogue-of.ts'
import {
  CATALOGUE_FORMAT,
  type Catalogue,
  type Offer,
  type ReleaseVariables,
} from '../../core/catalogue/catalogue.ts'
import { blobsNeeded } from '../../core/catalogue/release-files.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { FileValues } from '../../core/yaml/values/read-values.ts'
import type { ValueCache } from '../../ports/value-cache.ts'
import type { ObjectReader } from '../../ports/object-store.ts'

export interface CatalogueStore {
  readonly objects: ObjectReader
  readonly cache: ValueCache
}

/**
 * Gives what a release holds, from the cache where it was read before. The id is the tree's, not the
 * commit's.
 */
export async function loadCatalogue(store: CatalogueStore, tree: Oid): Promise<Catalogue> {
  const [offer, variables] = await Promise.all([
    store.cache.get(offerKey(tree)),
    store.cache.get(variablesKey(tree)),
  ])
  if (isCurrent<Offer>(offer) && isCurrent<ReleaseVariables>(variables)) return { ...offer, ...variables }
  return (await readAll(store, [tree])).get(tree) as Catalogue
}

/**
 * Gives what several releases offer, by the same keys. They share most of their files, which are read once, and in one batch: over
 * an API each release would cost a question of its own.
 */
export async function loadOffers<Key>(
  store: CatalogueStore,
  trees: ReadonlyMap<Key, Oid>,
): Promise<ReadonlyMap<Key, Offer>> {
  const known = new Map<Oid, Offer>()
  for (const tree of new Set(trees.values())) {
    const offer = await store.cache.get(offerKey(tree))
    if (isCurrent<Offer>(offer)) known.set(tree, offer)
  }
  const open = [...new Set(trees.values())].filter((tree) => !known.has(tree))
  const read = await readAll(store, open)
  return new Map([...trees].map(([key, tree]) => [key, (known.get(tree) ?? read.get(tree)) as Offer]))
}

/** Two entries: a route over two dozen releases reads the small ones alone. */
const offerKey = (tree: Oid): string => `offer-${CATALOGUE_FORMAT}-${tree}`
const variablesKey = (tree: Oid): string => `variables-${CATALOGUE_FORMAT}-${tree}`

async function readAll(
  { objects, cache }: CatalogueStore,
  trees: readonly Oid[],
): Promise<ReadonlyMap<Oid, Catalogue>> {
  const files = await Promise.all(trees.map((tree) => objects.readTree(tree)))
  const needed = [...new Set(files.flatMap(blobsNeeded))]
  const blobs = needed.length > 0 ? await objects.readBlobs(needed) : new Map<Oid, Uint8Array>()
  const missing = needed.filter((oid) => !blobs.has(oid)).length
  if (missing > 0) throw incomplete(missing)
  const read = new Map<Oid, FileValues>()
  const catalogues = new Map<Oid, Catalogue>()
  for (const [index, oid] of trees.entries()) {
    const catalogue = catalogueOf({ tree: files[index] as Tree, blobs, read })
    const { variables, sample, ...offer } = catalogue
    await cache.put(offerKey(oid), offer satisfies Offer)
    await cache.put(variablesKey(oid), {
      format: CATALOGUE_FORMAT,
      variables,
      sample,
    } satisfies ReleaseVariables)
    catalogues.set(oid, catalogue)
  }
  return catalogues
}

function incomplete(missing: number): Refusal {
  return new Refusal(refusalOf({ code: 'release-incomplete', missing }))
}

/** The key holds the format already; this only keeps out what was cut short or written by someone else. */
function isCurrent<T extends { readonly format: number }>(value: unknown): value is T {
  return typeof value === 'object' && value !== null && (value as Partial<T>).format === CATALOGUE_FORMAT
}

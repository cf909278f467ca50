import { catalogueOf } from '../core/catalogue/catalogue-of.ts'
import { CATALOGUE_FORMAT, type Catalogue } from '../core/catalogue/catalogue.ts'
import { blobsNeeded } from '../core/catalogue/release-files.ts'
import type { Oid } from '../core/model/oid.ts'
import { Refusal } from '../core/model/problem.ts'
import type { FileValues } from '../core/yaml/read-values.ts'
import type { ValueCache } from '../ports/value-cache.ts'
import type { ObjectReader } from '../ports/objects.ts'

export interface CatalogueStore {
  readonly objects: ObjectReader
  readonly cache: ValueCache
}

/**
 * Gives what a release holds, from the cache where it was read before. The id is the tree's, not the
 * commit's.
 */
export async function loadCatalogue(store: CatalogueStore, tree: Oid): Promise<Catalogue> {
  return load(store, tree, new Map())
}

/**
 * Gives what several releases hold, by the same keys. They share most of their files, which are read once.
 */
export async function loadCatalogues<Key>(
  store: CatalogueStore,
  trees: ReadonlyMap<Key, Oid>,
): Promise<ReadonlyMap<Key, Catalogue>> {
  const read = new Map<Oid, FileValues>()
  const catalogues = new Map<Key, Catalogue>()
  for (const [key, tree] of trees) catalogues.set(key, await load(store, tree, read))
  return catalogues
}

async function load(
  { objects, cache }: CatalogueStore,
  tree: Oid,
  read: Map<Oid, FileValues>,
): Promise<Catalogue> {
  const key = `catalogue-${CATALOGUE_FORMAT}-${tree}`
  const cached = await cache.get(key)
  if (isCatalogue(cached)) return cached
  const files = await objects.readTree(tree)
  const needed = blobsNeeded(files)
  const blobs = await objects.readBlobs(needed)
  const missing = needed.filter((oid) => !blobs.has(oid)).length
  if (missing > 0) throw incomplete(missing)
  const catalogue = catalogueOf({ tree: files, blobs, read })
  await cache.put(key, catalogue)
  return catalogue
}

function incomplete(missing: number): Refusal {
  return new Refusal({
    code: 'release-incomplete',
    message: `The clone lacks ${missing} files of a release that I have to read, as a partial clone does. Please fetch them (\`git fetch --refetch --no-filter --tags\`), or name a full clone with \`--upstream\`.`,
  })
}

/** The key holds the format already; this only keeps out what was cut short or written by someone else. */
function isCatalogue(value: unknown): value is Catalogue {
  return (
    typeof value === 'object' && value !== null && (value as Partial<Catalogue>).format === CATALOGUE_FORMAT
  )
}

import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Oid } from '../../core/model/oid.ts'
import { treeOid, type Tree } from '../../core/model/tree.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { ValueCache } from '../../ports/value-cache.ts'
import { overlay } from '../carry/overlay.ts'
import { loadCatalogue, type CatalogueStore } from './load-catalogue.ts'

/** A cache for one run, in front of one that outlives it: a plan and its lint ask for the same releases. */
export function cacheOfRun(lasting?: ValueCache): ValueCache {
  const known = new Map<string, unknown>()
  return {
    get: async (key) => {
      if (!known.has(key)) known.set(key, await lasting?.get(key))
      return known.get(key)
    },
    put: async (key, value) => {
      known.set(key, value)
      await lasting?.put(key, value)
    },
  }
}

/**
 * What a tree holds that is in no store yet: a release with a fork's patches on it. Kept under the tree's id as any other's: the
 * same patches on the same release come to the same tree, until one of them changes.
 */
export async function catalogueOfTree(
  { objects, cache }: CatalogueStore,
  { tree, newBlobs }: { readonly tree: Tree; readonly newBlobs: ReadonlyMap<Oid, Uint8Array> },
): Promise<Catalogue> {
  const own = treeOid(tree)
  const made = overlay(objects, newBlobs)
  const reader: ObjectReader = {
    readCommits: (oids) => objects.readCommits(oids),
    readBlobs: (oids) => made.readBlobs(oids),
    readTree: async (oid) => (oid === own ? tree : objects.readTree(oid)),
  }
  return loadCatalogue({ objects: reader, cache }, own)
}

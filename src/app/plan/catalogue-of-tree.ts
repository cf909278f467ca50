import { catalogueOf } from '../../core/catalogue/catalogue-of.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { blobsNeeded } from '../../core/catalogue/release-files.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { ValueCache } from '../../ports/value-cache.ts'
import { overlay } from '../carry/overlay.ts'

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

/** What a tree holds that is in no store yet: a release with a fork's patches on it. */
export async function catalogueOfTree(
  store: ObjectReader,
  { tree, newBlobs }: { readonly tree: Tree; readonly newBlobs: ReadonlyMap<Oid, Uint8Array> },
): Promise<Catalogue> {
  const blobs = await overlay(store, newBlobs).readBlobs(blobsNeeded(tree))
  return catalogueOf({ tree, blobs })
}

import { blobsThatRead, namesMentioned } from '../../core/catalogue/names-mentioned.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { ObjectReader } from '../../ports/object-store.ts'

/**
 * Finds which variables a release's plays still mention, without a default or with one. It reads about a
 * thousand files: a moment over a clone, and too much over an API, where the step is judged by defaults
 * alone.
 */
export async function findMentions(
  objects: ObjectReader,
  tree: Oid,
  names: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const blobs = await objects.readBlobs(blobsThatRead(await objects.readTree(tree)))
  return namesMentioned(names, blobs.values())
}

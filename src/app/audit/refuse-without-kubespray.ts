import { withoutKubespray } from '../../core/explain/trouble/without-kubespray.ts'
import { filesThatMayTell, LARGEST_THAT_TELLS } from '../../core/layout/files-that-may-tell.ts'
import { findPlaces } from '../../core/layout/find-places.ts'
import { holdsKubespray } from '../../core/layout/holds-kubespray.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import { decodeText } from '../../core/text/split-lines.ts'
import type { ObjectReader } from '../../ports/object-store.ts'

/** Refuses a tree that holds no Kubespray before anything of it is judged: what is not there has no faults, and no virtues. */
export async function refuseWithoutKubespray(
  store: Pick<ObjectReader, 'readBlobs'>,
  tree: Tree,
): Promise<void> {
  if (holdsKubespray(tree)) return
  const files = filesThatMayTell(tree)
  const blobs = await store.readBlobs([...new Set(files.map((path) => tree.get(path)?.oid as Oid))])
  const texts = new Map<string, string>()
  for (const path of files) {
    const bytes = blobs.get(tree.get(path)?.oid as Oid)
    const text = bytes && bytes.length <= LARGEST_THAT_TELLS ? decodeText(bytes) : undefined
    if (text !== undefined) texts.set(path, text)
  }
  throw new Refusal(withoutKubespray(findPlaces(tree, texts)))
}

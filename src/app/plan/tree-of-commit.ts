import type { Oid } from '../../core/model/oid.ts'
import type { ObjectReader } from '../../ports/object-store.ts'

/** The tree of a commit that a tag points to; one that is not there is a fault of whoever asks. */
export async function treeOfCommit(objects: ObjectReader, commit: Oid): Promise<Oid> {
  const found = (await objects.readCommits([commit])).get(commit)
  if (!found) throw new Error(`no commit ${commit}, which a tag points to`)
  return found.tree
}

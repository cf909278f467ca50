import { withoutKubespray } from '../../core/explain/trouble/without-kubespray.ts'
import { holdsKubespray } from '../../core/layout/holds-kubespray.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import { readPlaces } from '../repository/read-standing.ts'

/** Refuses a tree that holds no Kubespray before anything of it is judged: what is not there has no faults, and no virtues. */
export async function refuseWithoutKubespray(
  store: Pick<ObjectReader, 'readBlobs'>,
  tree: Tree,
): Promise<void> {
  if (holdsKubespray(tree)) return
  throw new Refusal(withoutKubespray(await readPlaces(store, tree)))
}

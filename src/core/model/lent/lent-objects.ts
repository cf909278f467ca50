import { blobOid, type Oid } from '../oid.ts'
import { treeOid, type Tree } from '../tree.ts'

/** Trees and contents that are read and never written. */
export class LentObjects {
  readonly #trees = new Map<Oid, Tree>()
  readonly #blobs = new Map<Oid, Uint8Array>()

  lend(tree: Tree, blobs: Iterable<Uint8Array>): Oid {
    for (const bytes of blobs) this.#blobs.set(blobOid(bytes), bytes)
    const oid = treeOid(tree)
    this.#trees.set(oid, tree)
    return oid
  }

  tree(oid: Oid): Tree | undefined {
    return this.#trees.get(oid)
  }

  blobs(oids: readonly Oid[]): ReadonlyMap<Oid, Uint8Array> {
    return new Map(
      oids.flatMap((oid): [Oid, Uint8Array][] => {
        const bytes = this.#blobs.get(oid)
        return bytes ? [[oid, bytes]] : []
      }),
    )
  }
}

import type { TreeToAudit } from '../../core/audit/audited.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { PlainValue } from '../../core/yaml/values/plain-value.ts'
import type { FileValues } from '../../core/yaml/values/read-values.ts'
import type { ObjectReader } from '../../ports/object-store.ts'

/**
 * The releases of a way, one after the other: what is asked of one is asked of one reading of it. Only the last is kept, since two
 * dozen of them would fill the memory; what a file was found to say is kept for all, since they share most.
 */
export class ReleasesAhead {
  readonly #objects: ObjectReader
  readonly #read = new Map<Oid, FileValues>()
  readonly #documents = new Map<Oid, PlainValue>()
  #last: { readonly release: Oid; readonly tree: Tree; readonly blobs: Map<Oid, Uint8Array> } | undefined

  constructor(objects: ObjectReader) {
    this.#objects = objects
  }

  /** A release by the id of its tree, with the blobs that a question reads; those that an earlier one read are there already. */
  async open(release: Oid, needed: (tree: Tree) => readonly Oid[]): Promise<TreeToAudit> {
    if (this.#last?.release !== release)
      this.#last = { release, tree: await this.#objects.readTree(release), blobs: new Map() }
    const { tree, blobs } = this.#last
    const missing = [...new Set(needed(tree))].filter((oid) => !blobs.has(oid))
    const read = missing.length > 0 ? await this.#objects.readBlobs(missing) : []
    for (const [oid, bytes] of read) blobs.set(oid, bytes)
    return { tree, blobs, read: this.#read, documents: this.#documents }
  }
}

import type { Oid } from '../../core/model/oid.ts'
import type { ObjectReader } from '../../ports/object-store.ts'

/** Reads blobs that exist nowhere yet, as if the store had them: a later patch may need what an earlier one made. */
export function overlay<S extends Pick<ObjectReader, 'readBlobs'>>(
  store: S,
  made: ReadonlyMap<Oid, Uint8Array>,
): Pick<ObjectReader, 'readBlobs'> {
  return {
    async readBlobs(oids) {
      const found = new Map<Oid, Uint8Array>()
      const missing = new Set<Oid>()
      for (const oid of oids) {
        const bytes = made.get(oid)
        if (bytes) found.set(oid, bytes)
        else missing.add(oid)
      }
      for (const [oid, bytes] of await store.readBlobs([...missing])) found.set(oid, bytes)
      return found
    },
  }
}

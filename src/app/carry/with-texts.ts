import { blobOid, type Oid } from '../../core/model/oid.ts'
import { withChanges, type Entry, type Tree } from '../../core/model/tree.ts'
import { encodeText } from '../../core/text/split-lines.ts'

/** A tree with some files written anew, each with the mode it had, and what of it is in no store yet. */
export function withTexts(
  tree: Tree,
  written: ReadonlyMap<string, string>,
): { readonly tree: Tree; readonly newBlobs: ReadonlyMap<Oid, Uint8Array> } {
  const newBlobs = new Map<Oid, Uint8Array>()
  const entries = new Map<string, Entry>()
  for (const [path, text] of written) {
    const bytes = encodeText(text)
    const oid = blobOid(bytes)
    newBlobs.set(oid, bytes)
    entries.set(path, { mode: tree.get(path)?.mode ?? '100644', oid })
  }
  return { tree: withChanges(tree, entries), newBlobs }
}

import { blobOid, type Oid } from '../../src/core/model/oid.ts'
import type { Entry, Mode, Tree } from '../../src/core/model/tree.ts'

/** A small release made of texts, as its tree and blobs. A text that starts with `-> ` is a symbolic link to what follows. */
export function release(files: Readonly<Record<string, string>>): {
  tree: Tree
  blobs: Map<Oid, Uint8Array>
} {
  const tree = new Map<string, Entry>()
  const blobs = new Map<Oid, Uint8Array>()
  for (const [path, text] of Object.entries(files)) {
    const mode: Mode = text.startsWith('-> ') ? '120000' : '100644'
    const bytes = new TextEncoder().encode(mode === '120000' ? text.slice(3) : text)
    const oid = blobOid(bytes)
    tree.set(path, { mode, oid })
    blobs.set(oid, bytes)
  }
  return { tree, blobs }
}

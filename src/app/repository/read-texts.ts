import { isFile } from '../../core/model/is-file.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import { decodeText } from '../../core/text/split-lines.ts'
import type { ObjectReader } from '../../ports/object-store.ts'

interface Texts {
  readonly texts: ReadonlyMap<string, string>
  /** The bytes of files that are no text. */
  readonly noTexts: ReadonlyMap<string, Uint8Array>
}

/** Reads files of a tree in one go. What is no file (a link, a submodule, nothing) is left out, and so is what has more than `largest` bytes. */
export async function readTexts(
  store: Pick<ObjectReader, 'readBlobs'>,
  tree: Tree,
  paths: Iterable<string>,
  largest = Infinity,
): Promise<Texts> {
  const oids = new Map<string, Oid>()
  for (const path of paths) {
    const entry = tree.get(path)
    if (entry && isFile(entry)) oids.set(path, entry.oid)
  }
  const blobs =
    oids.size > 0 ? await store.readBlobs([...new Set(oids.values())]) : new Map<Oid, Uint8Array>()
  const texts = new Map<string, string>()
  const noTexts = new Map<string, Uint8Array>()
  for (const [path, oid] of oids) {
    const bytes = blobs.get(oid)
    if (!bytes || bytes.length > largest) continue
    const text = decodeText(bytes)
    if (text === undefined) noTexts.set(path, bytes)
    else texts.set(path, text)
  }
  return { texts, noTexts }
}

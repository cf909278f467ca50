import { blobsThatMention } from '../catalogue/mentions.ts'
import { blobsNeeded } from '../catalogue/release-files.ts'
import type { Oid } from '../model/oid.ts'
import type { Tree } from '../model/tree.ts'
import { ARCHITECTURE_DOCS } from './network-plugin.ts'

/** The blobs an audit reads: everything a play reads, and what the release's documents say about architectures. */
export function blobsForAudit(tree: Tree): readonly Oid[] {
  const documents = ARCHITECTURE_DOCS.map((path) => tree.get(path)?.oid).filter((oid) => oid !== undefined)
  return [...new Set([...blobsNeeded(tree), ...blobsThatMention(tree), ...documents])]
}

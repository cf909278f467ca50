import { blobsThatMention } from '../../catalogue/names-mentioned.ts'
import { blobsNeeded } from '../../catalogue/release-files.ts'
import type { Oid } from '../../model/oid.ts'
import { isInside } from '../../model/parent-of.ts'
import type { Tree } from '../../model/tree.ts'
import { ARCHITECTURE_DOCS } from '../rules/audit-network-plugin.ts'

/** The blobs an audit reads: everything a play reads, and what the release's documents say about architectures. */
export function blobsForAudit(tree: Tree): readonly Oid[] {
  const documents = ARCHITECTURE_DOCS.map((path) => tree.get(path)?.oid).filter((oid) => oid !== undefined)
  return [...new Set([...blobsNeeded(tree), ...blobsThatMention(tree), ...documents])]
}

/**
 * The blobs of what a fork has otherwise than the release, on both sides: scripts and configuration beside what plays read can
 * switch checks off as well.
 */
export function blobsToCompare(tree: Tree, release: Tree): readonly Oid[] {
  const known = new Set([...release.values()].map(({ oid }) => oid))
  const changed = [...tree].filter(([path, { oid }]) => !known.has(oid) && isReadable(path))
  return [...new Set(changed.flatMap(([path, { oid }]) => [oid, release.get(path)?.oid ?? oid]))]
}

function isReadable(path: string): boolean {
  return (
    !isInside(path, 'docs') &&
    /(?:^|\/)(?:[^./]+|[^/]*\.(?:ya?ml|j2|sh|cfg|conf|ini|toml|repo|list|sources|py|tf|service|txt))$/.test(
      path,
    )
  )
}

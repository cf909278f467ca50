import { audited, type ClusterToAudit, type TreeToAudit } from '../audited.ts'
import { blobOid } from '../../model/oid.ts'
import { withChanges } from '../../model/tree.ts'
import { encodeText } from '../../text/split-lines.ts'
import { inOrder } from '../finding.ts'
import { architectureGroups } from './architecture-groups.ts'
import { architectureInUrls } from './architecture-in-urls.ts'
import { checksumsPerArchitecture } from './checksums-per-architecture.ts'
import { flannelImages } from './flannel-images.ts'
import { nodeSelector } from './node-selector.ts'
import type { KnownChecksums } from './known-checksums.ts'
import type { RecipeResult, Recipe } from './recipe.ts'

/** In the order of their commits. */
export const RECIPES: readonly Recipe[] = [
  architectureInUrls,
  architectureGroups,
  checksumsPerArchitecture,
  flannelImages,
  nodeSelector,
]

export interface RecipeRequest {
  readonly tree: TreeToAudit
  readonly clusters: readonly ClusterToAudit[]
  readonly checksums: KnownChecksums
}

/** What one recipe comes to on a tree; no texts where there is nothing left to mend. */
export function applyRecipe(recipe: Recipe, { tree, clusters, checksums }: RecipeRequest): RecipeResult {
  const texts = new Map<string, string>()
  const notes = new Set<string>()
  for (const cluster of clusters) {
    // Each inventory goes on from what those before it made.
    const now = withTexts(tree, texts)
    const source = audited(now, cluster)
    const findings = inOrder(recipe.look(source)).filter(({ fix }) => fix === recipe.name)
    if (findings.length === 0) continue
    const result = recipe.apply({ source, findings, checksums })
    for (const [path, text] of result.texts) texts.set(path, text)
    for (const note of result.notes) notes.add(note)
  }
  return { texts, notes: [...notes] }
}

/** A tree with some files changed. */
export function withTexts(source: TreeToAudit, texts: ReadonlyMap<string, string>): TreeToAudit {
  if (texts.size === 0) return source
  const changes = [...texts].map(([path, text]) => ({ path, bytes: encodeText(text) }))
  return {
    ...source,
    tree: withChanges(
      source.tree,
      new Map(
        changes.map(({ path, bytes }) => [
          path,
          { mode: source.tree.get(path)?.mode ?? '100644', oid: blobOid(bytes) },
        ]),
      ),
    ),
    blobs: new Map([...source.blobs, ...changes.map(({ bytes }) => [blobOid(bytes), bytes] as const)]),
  }
}

import { audited } from '../../core/audit/audited.ts'
import { blobsForAudit } from '../../core/audit/whole/blobs-for-audit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { once } from '../../core/model/once.ts'
import type { FoundLint } from '../../core/plan/lint-facts.ts'
import { replacedFindings } from '../../core/preflight/replaced/replaced-findings.ts'
import type { ShapeMemory } from '../../core/preflight/shapes/names-of-shape.ts'
import type { ReleaseToRead } from '../../core/preflight/shapes/release-uses.ts'
import { shapeFindings } from '../../core/preflight/shapes/shape-findings.ts'
import type { FileValues } from '../../core/yaml/values/read-values.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { Cluster } from '../repository/read-clusters.ts'

interface ShapesQuestion {
  readonly from: { readonly tag: string; readonly tree: Oid }
  readonly to: { readonly tag: string; readonly tree: Oid }
  readonly clusters: readonly Cluster[]
  /** Whether the release that runs is read as well, and asked what took up a variable until now. */
  readonly depth: 'mentions' | 'defaults'
  /** What files were found to say, for the next step: releases share most of theirs. */
  readonly memory?: ShapeMemory
}

/** What the release's own tasks and templates make of what the clusters' inventories set. */
export async function shapesForStep(
  objects: ObjectReader,
  { from, to, clusters, depth, memory = new Map() }: ShapesQuestion,
): Promise<readonly FoundLint[]> {
  const read = new Map<Oid, FileValues>()
  const after = await readPlays(objects, to.tree, read)
  const before = depth === 'mentions' ? await readPlays(objects, from.tree, read) : undefined
  return clusters.flatMap((cluster) => {
    const { settings } = cluster
    const release = { ...after(cluster), tag: to.tag }
    const shaped = shapeFindings({ release, settings, tag: to.tag, memory })
    if (!before) return shaped
    const running = { ...before(cluster), tag: from.tag }
    return [...shaped, ...replacedFindings({ settings, from: running, to: release, memory })]
  })
}

/** What plays of a tree read, each file decoded once, as each cluster would run it. */
async function readPlays(
  objects: ObjectReader,
  oid: Oid,
  read: Map<Oid, FileValues>,
): Promise<(cluster: Cluster) => ReleaseToRead> {
  const tree = await objects.readTree(oid)
  const blobs = await objects.readBlobs(blobsForAudit(tree))
  const texts = new Map<string, string | undefined>()
  const text = (path: string): string | undefined => {
    if (!texts.has(path)) {
      const bytes = blobs.get(tree.get(path)?.oid as Oid)
      texts.set(path, bytes && new TextDecoder().decode(bytes))
    }
    return texts.get(path)
  }
  return ({ settings, facts }) => {
    const { architectures } = facts.architectures
    return { tree, text, run: once(() => audited({ tree, blobs, read }, { architectures, settings })) }
  }
}

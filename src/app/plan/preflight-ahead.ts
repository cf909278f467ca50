import { createHash } from 'node:crypto'
import { audited } from '../../core/audit/audited.ts'
import type { Finding } from '../../core/audit/finding.ts'
import { blobsForAudit } from '../../core/audit/whole/blobs-for-audit.ts'
import { tellTogether } from '../../core/audit/whole/tell-together.ts'
import { wordFindings } from '../../core/explain/found/word-findings.ts'
import { readSettings, type InventorySettings } from '../../core/inventory/read-settings.ts'
import { stepChanges, type StepForInventory } from '../../core/inventory/step-changes.ts'
import type { Architecture } from '../../core/model/architecture.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import { preflight } from '../../core/preflight/preflight.ts'
import { clusterAfter, editCluster } from '../carry/edit-cluster.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import { lintOfInventory } from './lint-of-inventory.ts'
import type { CatalogueStore } from './load-catalogue.ts'
import type { ReleasesAhead } from './releases-ahead.ts'

/** Counts up whenever preflight answers otherwise: answers that are kept from before are not taken then. */
const PREFLIGHT_FORMAT = 2

/** Inventories as a step will have left them, as far as its own edits go. */
export function afterStep(
  tree: Tree,
  clusters: readonly Cluster[],
  step: Omit<StepForInventory, 'facts' | 'settings'>,
): readonly Cluster[] {
  return clusters.map((cluster) => {
    const lint = lintOfInventory(cluster.inventory, step.lint)
    const { edits } = editCluster(tree, cluster, stepChanges({ ...step, ...cluster, lint }))
    const after = clusterAfter(cluster, edits)
    return edits.length === 0 ? cluster : { ...after, settings: readSettings(after.inventory, after.texts) }
  })
}

interface AheadQuestion {
  readonly releases: ReleasesAhead
  /** The tree of the release that is gone to. */
  readonly release: Oid
  /** The inventories as they are when it is come to. */
  readonly clusters: readonly Cluster[]
  readonly architectures: readonly Architecture[]
}

/** What a release's own checks would stop at, answered from what was found before where nothing changed since. */
export async function preflightAhead(
  { cache }: Pick<CatalogueStore, 'cache'>,
  { releases, release, clusters, architectures }: AheadQuestion,
): Promise<readonly Finding[]> {
  const key = `preflight-${PREFLIGHT_FORMAT}-${release}-${clustersKey(clusters, architectures)}`
  const known = await cache.get(key)
  if (Array.isArray(known)) return known as readonly Finding[]
  const tree = await releases.open(release, blobsForAudit)
  const found = clusters.map(({ inventory, settings }) => {
    return { inventory: inventory.path, found: preflight(audited(tree, { architectures, settings })) }
  })
  const findings = wordFindings(tellTogether(found))
  await cache.put(key, findings)
  return findings
}

/** What answers about clusters are kept under. A digest: what is kept says nothing of what an inventory sets. */
export function clustersKey(clusters: readonly Cluster[], architectures: readonly Architecture[]): string {
  const told = ({ settings, hosts, children }: InventorySettings): unknown => [
    settings.map(({ name, written, scope, at, extra }) => [name, written, scope, at, extra]),
    [...hosts],
    [...children].map(([name, each]) => [name, [...each]]),
  ]
  const text = JSON.stringify([architectures, clusters.map(({ settings }) => told(settings))])
  return createHash('sha256').update(text).digest('hex')
}

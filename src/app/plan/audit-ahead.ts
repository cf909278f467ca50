import { audited, type ClusterToAudit, type TreeToAudit } from '../../core/audit/audited.ts'
import { buildsOf, runsOn } from '../../core/audit/known/builds-of.ts'
import { isOfControlPlane, auditKubernetesMinor } from '../../core/audit/rules/audit-kubernetes-minor.ts'
import { auditNetworkPlugin } from '../../core/audit/rules/audit-network-plugin.ts'
import { readRolePath } from '../../core/audit/read-role-path.ts'
import { blobsNeeded } from '../../core/catalogue/release-files.ts'
import type { Found } from '../../core/audit/finding.ts'
import { tellTogether } from '../../core/audit/whole/tell-together.ts'
import { wordFindings } from '../../core/explain/found/word-findings.ts'
import type { Remark } from '../../core/judge/judge-step.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import { loadCatalogue, type CatalogueStore } from './load-catalogue.ts'
import type { ReleasesAhead } from './releases-ahead.ts'

interface AheadAudit {
  readonly clusters: readonly Cluster[]
  readonly architectures: ClusterToAudit['architectures']
  readonly ahead: ReleasesAhead
}

/**
 * What the audit would stop at in the steps of a way, asked step by step: what the Kubernetes of a step has no more, be it a step of the
 * release or of Kubernetes alone, and a network plugin without images for the cluster. It is asked of the releases themselves, with the
 * inventories as they are; what an earlier step was told is not told again.
 */
export function auditAhead(
  store: CatalogueStore,
  { clusters, architectures, ahead }: AheadAudit,
): (release: Oid, kubernetes: string) => Promise<readonly Remark[]> {
  const own = clusters.filter(({ inventory }) => !inventory.isSample)
  const told = new Set<string>()
  return async (release, kubernetes) => {
    const asking = await clustersToAsk(store, release, { own, architectures })
    if (asking.length === 0) return []
    const tree = await ahead.open(release, blobsAsked)
    const found = own.map((each) => ({
      inventory: each.inventory.path,
      found: asking.includes(each)
        ? stopsAt(tree, { architectures, settings: each.settings, kubernetes })
        : [],
    }))
    const fresh = wordFindings(tellTogether(found)).filter((each) => !told.has(keyOf(each)))
    for (const each of fresh) told.add(keyOf(each))
    return fresh
  }
}

/** Reading a release takes a moment, so it is done where an inventory sets something that such a trouble comes of. */
async function clustersToAsk(
  store: CatalogueStore,
  release: Oid,
  {
    own,
    architectures,
  }: { readonly own: readonly Cluster[]; readonly architectures: AheadAudit['architectures'] },
): Promise<readonly Cluster[]> {
  if (own.length === 0) return []
  const { components, networkPlugins } = await loadCatalogue(store, release)
  const images = Object.values(components).flatMap(({ image }) => image ?? [])
  return own.filter(({ settings, facts }) => {
    const plugin = facts.networkPlugin.value ?? networkPlugins.default ?? ''
    const lacks = images.some((image) => {
      const isOfPlugin = buildsOf(image)?.known.plugins?.includes(plugin) === true
      return isOfPlugin && architectures.some((each) => runsOn(image, each) === 'no')
    })
    const asks = settings.settings.some(
      ({ name, written }) =>
        (ASKS.test(name) && !OFF.has(written.trim().toLowerCase())) ||
        (/_(?:image_repo|image_tag|version)$/.test(name) && name.startsWith(plugin.replaceAll('-', '_'))),
    )
    return lacks || asks
  })
}

/** Settings without which no release of its own asks for what its Kubernetes lacks. */
const ASKS = /feature_gates|admission|pod_?security|extra_args|custom_flags|runtime_config/

/** As the sample has most of them. */
const OFF = new Set(['', 'false', 'no', 'off', '[]', '{}', '""', "''"])

/** What rules of a minor and of the network read: variables of roles, and how the control plane is made. */
function blobsAsked(tree: Tree): readonly Oid[] {
  const own = [...tree].flatMap(([path, entry]) => (isAsked(path) ? [entry.oid] : []))
  return [...blobsNeeded(tree), ...own]
}

function isAsked(path: string): boolean {
  const role = readRolePath(path)?.role
  return role !== undefined && isOfControlPlane(role)
}

function stopsAt(tree: TreeToAudit, cluster: ClusterToAudit): readonly Found[] {
  const source = audited(tree, cluster)
  const findings = [...auditKubernetesMinor(source, rolesOf(tree.tree)), ...auditNetworkPlugin(source)]
  return findings.filter(({ severity }) => severity === 'error')
}

function rolesOf(tree: Tree): ReadonlySet<string> {
  const roles = [...tree.keys()].map((path) => readRolePath(path)?.role)
  return new Set(roles.filter((role) => role !== undefined && isOfControlPlane(role))) as ReadonlySet<string>
}

function keyOf({ code, subject, file, line }: Remark): string {
  return [code, subject, file, line].join('\0')
}

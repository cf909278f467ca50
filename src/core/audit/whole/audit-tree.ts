import type { ImageAnswers } from '../../model/image-name.ts'
import { auditAboveRelease } from '../rules/audit-above-release.ts'
import { auditArchitectureGroups } from '../rules/audit-architecture-groups.ts'
import { audited, type Audited, type ClusterToAudit, type TreeToAudit } from '../audited.ts'
import { withCauses } from '../with-causes.ts'
import { auditCorrected } from '../rules/audit-corrected.ts'
import { auditDaemonSets } from '../rules/audit-daemon-sets.ts'
import { auditDownloads } from '../rules/audit-downloads.ts'
import { enabledRoles } from '../enabled-roles.ts'
import { inOrder, type Found } from '../finding.ts'
import { auditImageAnswers, usedImages } from '../rules/audit-image-answers.ts'
import { auditImages } from '../rules/audit-images.ts'
import { auditDownloadCache } from '../rules/audit-download-cache.ts'
import { auditKubernetesMinor } from '../rules/audit-kubernetes-minor.ts'
import { auditNetworkPlugin } from '../rules/audit-network-plugin.ts'
import { settleSharedFindings } from './settle-shared-findings.ts'
import { auditUnreadable } from '../rules/audit-unreadable.ts'
import { auditUnread } from '../rules/audit-unread.ts'
import { auditVerification } from '../rules/audit-verification.ts'
import { auditWrittenOut } from '../rules/audit-written-out.ts'
import type { Witnesses } from '../witnesses.ts'

interface AuditRequest extends Known {
  /** The tree to judge: a fork's, or what a step would make of it. */
  readonly tree: TreeToAudit
  /** One for each inventory. */
  readonly clusters: readonly ClusterToAudit[]
}

/** What is known beside the tree itself. */
export interface Known {
  /** The release that the fork's patches are made on, where it is known: what it checks and the fork does not is a finding. */
  readonly release?: TreeToAudit
  /** What registries said of the cluster's images, where they were asked. */
  readonly images?: ImageAnswers
  /** The checksums of releases beside the one that the tree stands on. */
  readonly witnesses?: Witnesses
}

/** What would not run on every architecture of the clusters, heaviest first. */
export function auditTree({ tree, clusters, ...known }: AuditRequest): readonly Found[] {
  return auditClusters(
    clusters.map((cluster) => openCluster(tree, cluster)),
    known,
  )
}

/** A cluster as a tree would run it, with the roles that its settings lead to. */
export interface OpenCluster {
  readonly source: Audited
  readonly roles: ReadonlySet<string>
  readonly tree: TreeToAudit
  readonly cluster: ClusterToAudit
}

/** Puts a tree and a cluster together; worth keeping where more than one thing is asked of it. */
export function openCluster(tree: TreeToAudit, cluster: ClusterToAudit): OpenCluster {
  const source = audited(tree, cluster)
  return { source, roles: enabledRoles(source), tree, cluster }
}

function auditClusters(clusters: readonly OpenCluster[], known: Known): readonly Found[] {
  return inOrder(clusters.flatMap((cluster) => auditCluster(cluster, known)))
}

export function auditCluster(open: OpenCluster, { release, images, witnesses }: Known): readonly Found[] {
  const { source, roles, tree, cluster } = open
  const downloads = settleSharedFindings(auditDownloads(source), witnesses)
  return [
    ...(release ? withCauses(downloads, { source, cluster, tree, release }) : downloads),
    ...(witnesses ? auditCorrected(source, witnesses.later) : []),
    ...auditArchitectureGroups(source),
    ...auditImages(source, roles, images),
    ...(images ? auditImageAnswers(usedImages(source, roles), source, images) : []),
    ...auditDaemonSets(source, roles),
    ...auditNetworkPlugin(source, images),
    ...auditKubernetesMinor(source, roles),
    ...auditAboveRelease(source),
    ...auditDownloadCache(source),
    ...auditWrittenOut(source, roles),
    ...(release ? auditVerification(source, release) : []),
    ...auditUnread(source, release),
    ...auditUnreadable(source),
  ]
}

/** The names of all images that clusters take, to ask registries about before the audit. */
export function imagesToAsk(clusters: readonly OpenCluster[]): readonly string[] {
  const names = clusters.flatMap(({ source, roles }) =>
    usedImages(source, roles).flatMap((image) => [...image.names.values()]),
  )
  return [...new Set(names)]
}

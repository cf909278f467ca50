import { auditArchitectureGroups } from './architecture-groups.ts'
import { audited, type ClusterToAudit, type TreeToAudit } from './audited.ts'
import { auditDaemonSets } from './daemon-sets.ts'
import { auditDownloads } from './downloads.ts'
import { enabledRoles } from './enabled-roles.ts'
import { inOrder, type Finding } from './finding.ts'
import { auditImages } from './images.ts'
import { auditDownloadCache, auditNetworkPlugin } from './network-plugin.ts'
import { auditUnread } from './unread.ts'
import { auditVerification } from './verification.ts'
import { auditWrittenOut } from './written-out.ts'

export interface AuditRequest {
  /** The tree to judge: a fork's, or what a step would make of it. */
  readonly tree: TreeToAudit
  /** One for each inventory. */
  readonly clusters: readonly ClusterToAudit[]
  /** The release that the fork's patches are made on, where it is known: what it checks and the fork does not is a finding. */
  readonly release?: TreeToAudit
}

/** What would not run on every architecture of the clusters, heaviest first. */
export function auditTree({ tree, clusters, release }: AuditRequest): readonly Finding[] {
  return inOrder(
    clusters.flatMap((cluster) => {
      const source = audited(tree, cluster)
      const roles = enabledRoles(source)
      return [
        ...auditDownloads(source),
        ...auditArchitectureGroups(source),
        ...auditImages(source, roles),
        ...auditDaemonSets(source, roles),
        ...auditNetworkPlugin(source),
        ...auditDownloadCache(source),
        ...auditWrittenOut(source, roles),
        ...(release ? auditVerification(source, release) : []),
        ...auditUnread(source),
      ]
    }),
  )
}

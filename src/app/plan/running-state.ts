import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Setting } from '../../core/inventory/setting.ts'
import { compareVersions } from '../../core/model/release-tag.ts'
import type { Cluster } from '../repository/read-clusters.ts'

/** What runs, as far as the planner minds. */
export interface RunningState {
  readonly kubernetes: string | undefined
  /** Where the inventory says so. */
  readonly setting: Setting | undefined
  readonly containerManager: string | undefined
  readonly containerManagerFrom: 'default' | undefined
  readonly networkPlugin: string | undefined
  /** Versions that the inventory sets itself, by component. */
  readonly pinned: ReadonlyMap<string, string>
}

/** What runs in a cluster; without any inventory the roles' own defaults are taken for it. */
export function runningState(
  cluster: Cluster | undefined,
  { kubernetes, containerManager }: Catalogue,
  told: string | undefined,
): RunningState {
  const facts = cluster?.facts
  return {
    kubernetes: told ?? (facts ? facts.kubernetes.value : kubernetes.default),
    setting: told === undefined ? facts?.kubernetes.setting : undefined,
    containerManager: facts?.containerManager.value ?? containerManager.default,
    containerManagerFrom: facts?.containerManager.setting ? undefined : 'default',
    networkPlugin: facts?.networkPlugin.setting && facts.networkPlugin.value,
    pinned: facts?.pinned ?? new Map<string, string>(),
  }
}

/** The cluster that runs the oldest Kubernetes, which decides what comes next; the first where none says what it runs. */
export function furthestBehind(clusters: readonly Cluster[]): Cluster | undefined {
  const versionOf = ({ facts }: Cluster): string => facts.kubernetes.value ?? ''
  const known = clusters.filter((cluster) => /^v?\d+\.\d+/.test(versionOf(cluster)))
  return known.toSorted((a, b) => compareVersions(versionOf(a), versionOf(b)))[0] ?? clusters[0]
}

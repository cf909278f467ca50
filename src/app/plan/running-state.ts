import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { SetValues } from '../../core/catalogue/value-checks.ts'
import { plainOf } from '../../core/audit/audited.ts'
import { clusterSetting, type InventorySettings } from '../../core/inventory/read-settings.ts'
import { resolveSetting } from '../../core/inventory/resolve-setting.ts'
import type { Setting } from '../../core/inventory/setting.ts'
import { compareVersions } from '../../core/model/release-tag.ts'
import type { Place } from '../../core/model/problem.ts'
import type { PlainValue } from '../../core/yaml/values/plain-value.ts'
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
  /** What it sets for the whole cluster, where that is written out. */
  readonly set: SetValues
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
    set: cluster ? writtenOut(cluster.settings) : new Map(),
  }
}

/** The cluster that runs the oldest Kubernetes, which decides what comes next; the first where none says what it runs. */
export function furthestBehind(clusters: readonly Cluster[]): Cluster | undefined {
  const versionOf = ({ facts }: Cluster): string => facts.kubernetes.value ?? ''
  const known = clusters.filter((cluster) => /^v?\d+\.\d+/.test(versionOf(cluster)))
  return known.toSorted((a, b) => compareVersions(versionOf(a), versionOf(b)))[0] ?? clusters[0]
}

/** What is set for the cluster as a whole; templates that only name another variable are followed, others are left out. */
function writtenOut(settings: InventorySettings): SetValues {
  const set = new Map<string, { readonly value: PlainValue; readonly at: Place }>()
  for (const name of settings.named.keys()) {
    const setting = clusterSetting(settings, name)
    const value = setting && resolveSetting(settings, setting)
    if (setting && value !== undefined) set.set(name, { value: plainOf(value), at: setting.at })
  }
  return set
}

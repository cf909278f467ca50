import type { Architecture } from '../model/architecture.ts'
import { compareVersions } from '../model/release-tag.ts'
import type { Offer, Fault } from './catalogue.ts'
import type { SetValues } from './value-checks.ts'

/** A cluster, as far as it decides what can be installed. */
export interface ClusterNeeds {
  readonly architectures: readonly Architecture[]
  /** The release's default where it is not given. */
  readonly containerManager?: string | undefined
  /** Set where the cluster does not name it: it runs what its release has by default. */
  readonly containerManagerFrom?: 'default' | undefined
  readonly networkPlugin?: string | undefined
  /** Versions that the cluster sets itself, by component (`calico`); it runs them whatever the release has. */
  readonly pinned?: ReadonlyMap<string, string> | undefined
  /** What the cluster sets as a whole, where it is written out. */
  readonly set?: SetValues | undefined
}

/** Needs with the Kubernetes version in question, written as the release writes it. */
interface VersionNeeds extends ClusterNeeds {
  readonly kubernetes: string
}

/**
 * Whether a release can install a Kubernetes version on every architecture of a cluster: checksums, downloads
 * and minimum.
 */
export function isUsable(catalogue: Offer, needs: VersionNeeds): boolean {
  const { versions, minimum } = catalogue.kubernetes
  if (minimum !== undefined && compareVersions(needs.kubernetes, minimum) < 0) return false
  if (!needs.architectures.every((each) => versions[each]?.includes(needs.kubernetes))) return false
  return faultsOfCluster(catalogue, needs).every(
    (fault) => fault.kubernetes && !fault.kubernetes.includes(needs.kubernetes),
  )
}

/** The faults that stand in a cluster's way, each for the Kubernetes versions it names. */
export function faultsOfCluster(catalogue: Offer, needs: ClusterNeeds): readonly Fault[] {
  const manager = needs.containerManager ?? catalogue.containerManager.default
  const plugin = needs.networkPlugin ?? catalogue.networkPlugins.default
  return catalogue.faults.filter(
    (fault) =>
      needs.architectures.includes(fault.architecture) &&
      (manager === undefined || fault.containerManagers.includes(manager)) &&
      (fault.stopsAll ||
        !fault.networkPlugins ||
        plugin === undefined ||
        fault.networkPlugins.includes(plugin)),
  )
}

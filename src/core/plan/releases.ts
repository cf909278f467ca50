import { addTo } from '../model/collections/grouped.ts'
import type { Offer, Fault } from '../catalogue/catalogue.ts'
import { faultsOfCluster, type ClusterNeeds } from '../catalogue/is-usable.ts'
import {
  bareVersion,
  compareReleases,
  compareVersions,
  minorBeside,
  minorNumber,
  minorOf,
  type ReleaseTag,
} from '../model/release-tag.ts'

/** A release as the planner sees it, for one cluster. Kubernetes versions are bare here (no `v`). */
export interface PlannedRelease {
  readonly tag: ReleaseTag
  readonly catalogue: Offer
  /**
   * Versions that every architecture can install (R3) and that are not above the release's own minor (R4),
   * newest first.
   */
  readonly usable: readonly string[]
  /** The same by the number of their minor. */
  readonly usableOf: ReadonlyMap<number, readonly string[]>
  /** The lowest Kubernetes minor the live cluster may have when it comes to this release (R5). */
  readonly lowestLive: string | undefined
}

export interface Releases {
  /** In the order of versions. */
  readonly all: readonly PlannedRelease[]
  find(tag: ReleaseTag): PlannedRelease | undefined
  /**
   * Where one may go from a release (R1): itself, the last patch release of its minor, that of the next
   * minor.
   */
  reachableFrom(tag: ReleaseTag): readonly PlannedRelease[]
}

interface ReleasesRequest {
  /** The release that runs now; what is older is of no interest. */
  readonly from: ReleaseTag
  readonly catalogues: ReadonlyMap<ReleaseTag, Offer>
  readonly needs: ClusterNeeds
  /** The last release to go to. */
  readonly target?: ReleaseTag | undefined
  /** The last Kubernetes minor to go to, `1.33`. */
  readonly kubernetesMax?: string | undefined
  readonly kubernetesChoice?: KubernetesChoice | undefined
}

/** Which versions come into question: any, of a release's own minor its default alone, or a single one. */
export type KubernetesChoice = 'newest' | 'default' | { readonly only: string }

/**
 * Prepares every release that may be stopped at on the way to the target: the first one, and the last patch
 * release of each minor.
 */
export function releasesFor(request: ReleasesRequest): Releases {
  const { catalogues, from, target } = request
  const tags = [...catalogues.keys()].filter((tag) => isOnTheWay(tag, from, target)).sort(compareReleases)
  const stops = tags.filter(
    (tag, index) => tag === from || minorOf(tags[index + 1] ?? '0.0') !== minorOf(tag),
  )
  const all = stops.map((tag) => planned(tag, catalogues.get(tag) as Offer, request))
  const lastOfMinor = new Map(all.map((release) => [minorOf(release.tag), release]))
  const find = (tag: ReleaseTag): PlannedRelease | undefined => all.find((release) => release.tag === tag)
  const reachableFrom = (tag: ReleaseTag): readonly PlannedRelease[] => {
    const minors = [minorOf(tag), minorBeside(tag, 1)]
    const releases = [find(tag), ...minors.map((minor) => lastOfMinor.get(minor))]
    return [...new Set(releases.filter((release) => release !== undefined))]
  }
  return { all, find, reachableFrom }
}

/**
 * What keeps a version from being used in a release; empty when it is only above the release's own minor, or
 * not offered.
 */
export function obstacles(
  release: PlannedRelease,
  needs: ClusterNeeds,
  kubernetes: string,
): readonly Fault[] {
  const faults = faultsOfCluster(release.catalogue, needs)
  return faults.filter(
    (fault) => !fault.kubernetes || fault.kubernetes.some((each) => bareVersion(each) === kubernetes),
  )
}

function isOnTheWay(tag: ReleaseTag, from: ReleaseTag, target: ReleaseTag | undefined): boolean {
  return compareReleases(tag, from) >= 0 && (target === undefined || compareReleases(tag, target) <= 0)
}

type Limits = Pick<ReleasesRequest, 'needs' | 'kubernetesMax' | 'kubernetesChoice'>

function planned(tag: ReleaseTag, catalogue: Offer, limits: Limits): PlannedRelease {
  const { kubernetes } = catalogue
  const installable = installableVersions(catalogue, limits.needs)
  const minors = [kubernetes.default, limits.kubernetesMax]
    .filter((each) => each !== undefined)
    .map(minorNumber)
  const usable = installable
    .filter((version) => minors.every((limit) => minorNumber(version) <= limit))
    .filter((version) => isChosen(version, catalogue, limits.kubernetesChoice))
  const lowest = kubernetes.minimum ?? installable.at(-1)
  return { tag, catalogue, usable, usableOf: byMinor(usable), lowestLive: lowest && minorOf(lowest) }
}

function isChosen(
  version: string,
  { kubernetes }: Offer,
  choice: KubernetesChoice | undefined = 'newest',
): boolean {
  if (choice === 'newest') return true
  if (choice !== 'default') return version === bareVersion(choice.only)
  const own = kubernetes.default
  return own === undefined || minorOf(version) !== minorOf(own) || version === bareVersion(own)
}

function byMinor(versions: readonly string[]): ReadonlyMap<number, readonly string[]> {
  const minors = new Map<number, string[]>()
  for (const version of versions) {
    const minor = minorNumber(version)
    addTo(minors, minor, version)
  }
  return minors
}

function installableVersions(catalogue: Offer, needs: ClusterNeeds): readonly string[] {
  const { versions, minimum } = catalogue.kubernetes
  const [first, ...others] = needs.architectures.map((each) => new Set(versions[each]))
  const faults = faultsOfCluster(catalogue, needs)
  if (faults.some((fault) => !fault.kubernetes)) return []
  const without = new Set(faults.flatMap((fault) => fault.kubernetes ?? []))
  return [...(first ?? [])]
    .filter((version) => !without.has(version) && others.every((each) => each.has(version)))
    .filter((version) => minimum === undefined || compareVersions(version, minimum) >= 0)
    .map(bareVersion)
    .sort((a, b) => compareVersions(b, a))
}

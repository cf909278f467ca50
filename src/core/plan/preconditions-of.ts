import type { Offer, Precondition } from '../catalogue/catalogue.ts'
import type { ClusterNeeds } from '../catalogue/is-usable.ts'
import { bareVersion, compareVersions, minorOf } from '../model/release-tag.ts'
import type { PlannedRelease } from './releases.ts'

/** A release with the Kubernetes that runs, or shall run, under it; the version is bare. */
export interface State {
  readonly release: PlannedRelease
  readonly kubernetes: string
}

/** A precondition that concerns a move, and the versions it is about. */
export interface Checked {
  readonly precondition: Precondition
  readonly live: string
  readonly target: string | undefined
  readonly met: boolean
  /** Whether it is the cluster that sets the version. */
  readonly isPinned: boolean
}

/** What the release that is gone to asks of what runs now. */
export function preconditionsOf(from: State, to: State, needs: ClusterNeeds): readonly Checked[] {
  return to.release.catalogue.guards.preconditions.flatMap((precondition) => {
    const { component, atLeast, whenTargetAtLeast } = precondition
    if (!isPartOf(component, to.release.catalogue, needs)) return []
    const pin = bareOrNothing(needs.pinned?.get(component))
    const live = pin ?? componentVersion(from, component)
    const target = pin ?? componentVersion(to, component)
    if (live === undefined) return []
    const concerns =
      whenTargetAtLeast === undefined ||
      (target !== undefined && compareVersions(target, whenTargetAtLeast) >= 0)
    const passed = whenTargetAtLeast !== undefined && compareVersions(live, whenTargetAtLeast) >= 0
    if (!concerns || passed) return []
    const met = compareVersions(live, atLeast) >= 0
    return [{ precondition, live, target, met, isPinned: pin !== undefined }]
  })
}

/**
 * The version of a component that a release installs with a Kubernetes version: by its map per minor, or the
 * same for all.
 */
function componentVersion({ release, kubernetes }: State, component: string): string | undefined {
  const { perMinor, bundled, components } = release.catalogue
  const map = perMinor[`${component}_supported_versions`] ?? {}
  const minor = minorOf(kubernetes)
  const known = map[minor] ?? map[`v${minor}`] ?? components[component]?.perKubernetes?.[minor]
  return bareOrNothing(known ?? bundled[`${component}_version`])
}

function bareOrNothing(version: string | undefined): string | undefined {
  return version === undefined || !/\d/.test(version) ? undefined : bareVersion(version)
}

/** A network plugin's precondition concerns only the clusters that use it. */
function isPartOf(component: string, catalogue: Offer, needs: ClusterNeeds): boolean {
  const { allowed, roles } = catalogue.networkPlugins
  if (!allowed.includes(component) && !roles.includes(component)) return true
  return (needs.networkPlugin ?? catalogue.networkPlugins.default) === component
}

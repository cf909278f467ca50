import type { ValueCheck } from '../catalogue/catalogue.ts'
import { refusedBy } from '../catalogue/value-checks.ts'
import type { ClusterNeeds } from '../catalogue/is-usable.ts'
import { compareReleases, compareVersions, minorNumber, minorOf } from '../model/release-tag.ts'
import { preconditionsOf, type State } from './preconditions-of.ts'
import type { PlannedRelease, Releases } from './releases.ts'

/** How many versions of a release are looked at: the newest patch of each minor suffices nearly always. */
type Breadth = 'newest-patches' | 'all-versions'

export interface MovesRequest {
  readonly releases: Releases
  readonly needs: ClusterNeeds
  readonly breadth: Breadth
}

/** Every state one step away, and where it is one that may be kept the same one, by the rules R1 to R7 of docs/planning.md. */
export function movesFrom(state: State, { releases, needs, breadth }: MovesRequest): readonly State[] {
  return releases
    .reachableFrom(state.release.tag)
    .filter((release) => mayEnter(state, release) && !refusedIn(state, release, needs))
    .flatMap((release) => movesTo(state, release, { needs, breadth }))
}

function movesTo(
  state: State,
  release: PlannedRelease,
  how: Omit<MovesRequest, 'releases'>,
): readonly State[] {
  const versions = versionsFrom(state.kubernetes, release, how.breadth)
  // What a release asks of the running cluster depends on the Kubernetes minor, not on its patch.
  const allowed = new Map<string, boolean>()
  const isAllowed = (kubernetes: string): boolean => {
    const minor = minorOf(kubernetes)
    let known = allowed.get(minor)
    if (known === undefined) {
      known = preconditionsOf(state, { release, kubernetes }, how.needs).every(({ met }) => met)
      allowed.set(minor, known)
    }
    return known
  }
  return versions.filter(isAllowed).map((kubernetes) => ({ release, kubernetes }))
}

/**
 * R5: what runs must not be below what the other release starts from. In its own release a cluster may be
 * below, and then climbs.
 */
export function mayEnter(state: State, release: PlannedRelease): boolean {
  if (minorOf(release.tag) === minorOf(state.release.tag)) return true
  return release.lowestLive === undefined || minorNumber(state.kubernetes) >= minorNumber(release.lowestLive)
}

/** R7: the check of another release that would stop the play for what the cluster sets. */
export function refusedIn(
  state: State,
  release: PlannedRelease,
  { set = new Map() }: ClusterNeeds,
): ValueCheck | undefined {
  if (release.tag === state.release.tag) return undefined
  return refusedBy(release.catalogue.valueChecks, set)
}

/** R2: the same minor and no lower patch, or the next minor. */
export function isStepUp(from: string, to: string): boolean {
  const minors = minorNumber(to) - minorNumber(from)
  return minors === 1 || (minors === 0 && compareVersions(to, from) >= 0)
}

function versionsFrom(live: string, release: PlannedRelease, breadth: Breadth): readonly string[] {
  const minor = minorNumber(live)
  const same = (release.usableOf.get(minor) ?? []).filter((version) => compareVersions(version, live) >= 0)
  const next = release.usableOf.get(minor + 1) ?? []
  return breadth === 'all-versions' ? [...next, ...same] : [...next.slice(0, 1), ...same.slice(0, 1)]
}

/**
 * R6: Kubernetes is raised as early as possible, and without a change of Kubespray's minor where that is as
 * short; then the newest patches of both.
 */
export function byPreference(a: State, b: State): number {
  return (
    minorNumber(b.kubernetes) - minorNumber(a.kubernetes) ||
    minorNumber(a.release.tag) - minorNumber(b.release.tag) ||
    compareReleases(b.release.tag, a.release.tag) ||
    compareVersions(b.kubernetes, a.kubernetes)
  )
}

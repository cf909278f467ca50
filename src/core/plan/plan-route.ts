import type { Offer } from '../catalogue/catalogue.ts'
import type { ClusterNeeds } from '../catalogue/is-usable.ts'
import type { SetValues } from '../catalogue/value-checks.ts'
import type { Architecture } from '../model/architecture.ts'
import { nearest } from '../model/nearest.ts'
import { Refusal } from '../model/problem.ts'
import {
  bareVersion,
  compareReleases,
  minorBeside,
  minorNumber,
  minorOf,
  type ReleaseTag,
} from '../model/release-tag.ts'
import { stopAt } from './stop-at.ts'
import type { State } from './preconditions-of.ts'
import { reasonsFor, type Move } from './reasons-for.ts'
import { releasesFor, type KubernetesChoice, type PlannedRelease, type Releases } from './releases.ts'
import { search } from './search.ts'
import type { Route, Step } from './step.ts'

export interface RouteRequest {
  readonly from: { readonly release: ReleaseTag; readonly kubernetes: string }
  readonly architectures: readonly Architecture[]
  /** Each release's own default where it is not given. */
  readonly containerManager?: string | undefined
  readonly containerManagerFrom?: 'default' | undefined
  readonly networkPlugin?: string | undefined
  /** Versions that the cluster sets itself, by component. */
  readonly pinned?: ReadonlyMap<string, string> | undefined
  /** What the cluster sets as a whole, where it is written out. */
  readonly set?: SetValues | undefined
  /** Every release that may be stopped at, the one that is started from included. */
  readonly catalogues: ReadonlyMap<ReleaseTag, Offer>
  /** The release to end at; the newest where it is not given. */
  readonly target?: ReleaseTag | undefined
  /** The last Kubernetes minor to go to (`1.33`). */
  readonly kubernetesMax?: string | undefined
  readonly kubernetesChoice?: KubernetesChoice | undefined
}

/**
 * Plans the fewest steps from what runs now to the newest release and its newest usable Kubernetes. Every
 * step has its reasons, and a way that ends early says what is in it. A release or a Kubernetes that nothing
 * is known about is refused.
 */
export function planRoute(request: RouteRequest): Route {
  const needs: ClusterNeeds = request
  const releases = releasesFor({ ...request, from: request.from.release, needs })
  const start = startOf(request, releases)
  const goal = goalOf(releases)
  const narrow = search(start, goal, { releases, needs, breadth: 'newest-patches' })
  const found = narrow.arrived ? narrow : search(start, goal, { releases, needs, breadth: 'all-versions' })
  const states = [start, ...found.path]
  const steps = found.path.map((to, index) =>
    stepOf({ from: states[index] as State, to, next: states[index + 2], needs }),
  )
  const end = states.at(-1) as State
  return found.arrived ? { steps } : { steps, stopped: stopAt(end, { ...request, releases, needs }) }
}

function stepOf(move: Move): Step {
  const { from, to } = move
  return {
    kind: from.release.tag === to.release.tag ? 'kubernetes' : 'kubespray',
    kubespray: { from: from.release.tag, to: to.release.tag },
    kubernetes: { from: written(from), to: written(to) },
    reasons: reasonsFor(move),
  }
}

/** A version as the release writes it. */
function written({ release, kubernetes }: State): string {
  return release.catalogue.kubernetes.prefixed ? `v${kubernetes}` : kubernetes
}

function startOf({ from, catalogues, target }: RouteRequest, releases: Releases): State {
  const release = releases.find(from.release)
  if (target !== undefined && compareReleases(target, from.release) < 0)
    throw new Refusal({
      code: 'target-below',
      message: `${target} is older than ${from.release}, which runs now, and Kubespray never goes down. Please name a newer release.`,
    })
  if (!release) throw unknownRelease(from.release, catalogues)
  if (!/^v?\d+\.\d+\.\d+$/.test(from.kubernetes)) {
    const message = `\`${from.kubernetes}\` is no Kubernetes version: write it in full, as in \`1.33.4\`.`
    throw new Refusal({ code: 'unknown-kubernetes', message })
  }
  if (!isKnownMinor(minorOf(from.kubernetes), catalogues)) {
    const message = `Kubernetes ${minorOf(from.kubernetes)} is to run now, and ${knownRange(catalogues)}. Please check the version that runs now (\`kubectl version\`).`
    throw new Refusal({ code: 'unknown-kubernetes', message })
  }
  return { release, kubernetes: bareVersion(from.kubernetes) }
}

function unknownRelease(tag: ReleaseTag, catalogues: RouteRequest['catalogues']): Refusal {
  const meant = nearest(tag, catalogues.keys())
  const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`
  return new Refusal({
    code: 'unknown-release',
    message: `I know no release \`${tag}\` that a route could start from.${hint}`,
  })
}

/** A cluster one minor below all that is offered has just to go up by one. */
function isKnownMinor(minor: string, catalogues: RouteRequest['catalogues']): boolean {
  return isOffered(minor, catalogues) || isOffered(minorBeside(minor, 1), catalogues)
}

/** Asked for every plan, so without reading all versions there are. */
function isOffered(minor: string, catalogues: RouteRequest['catalogues']): boolean {
  const start = `${minor}.`
  return [...catalogues.values()].some(({ kubernetes }) =>
    Object.values(kubernetes.versions).some((all) =>
      all.some((version) => bareVersion(version).startsWith(start)),
    ),
  )
}

/** From where to where the releases that are known go. */
function knownRange(catalogues: RouteRequest['catalogues']): string {
  const [first = 'no release', ...more] = [...catalogues.keys()].sort(compareReleases)
  const last = more.at(-1)
  const [who, has] = last === undefined ? [first, 'has'] : [`the releases from ${first} to ${last}`, 'have']
  const minors = knownMinors(catalogues)
  const [oldest, newest] = [minors[0], minors.at(-1)]
  if (oldest === undefined) return `${who} ${has} no list of versions`
  return `${who} ${has} ${oldest === newest ? oldest : `${oldest} to ${newest}`}`
}

function knownMinors(catalogues: RouteRequest['catalogues']): readonly string[] {
  const minors = [...catalogues.values()].flatMap(({ kubernetes }) =>
    Object.values(kubernetes.versions).flat().map(minorOf),
  )
  return [...new Set(minors)].sort((a, b) => minorNumber(a) - minorNumber(b))
}

/** The newest release with the newest Kubernetes that may be used in it; none where nothing can. */
function goalOf(releases: Releases): State | undefined {
  const release: PlannedRelease | undefined = releases.all.at(-1)
  const kubernetes = release?.usable[0]
  return release && kubernetes !== undefined ? { release, kubernetes } : undefined
}

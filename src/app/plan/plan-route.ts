import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Config } from '../../core/config/resolve-config.ts'
import type { Setting } from '../../core/inventory/setting.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import { compareReleases, minorNumber, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { KubernetesChoice } from '../../core/plan/releases.ts'
import type { Route } from '../../core/plan/step.ts'
import { nextRelease } from '../../core/series/next-release.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { CatalogueStore } from './load-catalogue.ts'
import type { ArchitecturesFound } from '../repository/find-cluster-architectures.ts'
import { routeOfFork } from './route-of-fork.ts'
import type { RunningState } from './running-state.ts'
import {
  kubernetesNotOffered,
  kubernetesPinned,
  kubernetesTooOld,
  kubernetesUnknown,
} from './kubernetes-unknown.ts'
import type { ReadFork } from '../repository/read-fork.ts'

export interface RouteQuestion {
  readonly read: ReadFork
  readonly running: RunningState
  readonly architectures: ArchitecturesFound
  /** What the fork's own tree holds. */
  readonly catalogue: Catalogue
  /** The release to end at; as far as the config follows where it is not given. */
  readonly target: ReleaseTag | undefined
}

/** The way of a fork as its config wants it. A version that nobody knows is refused where the inventory says it. */
export async function planRoute(
  store: CatalogueStore & { readonly objects: ObjectStore },
  { read, running, architectures, catalogue, target }: RouteQuestion,
): Promise<Route> {
  const { config, fork, repository } = read
  const { kubernetes, setting, ...needs } = running
  const { release } = fork.base
  if (kubernetes === undefined) {
    if (setting?.nature === 'plain') throw noVersion(setting)
    return { steps: [], stopped: kubernetesUnknown(setting) }
  }
  const stopped = kubernetesTooOld(release, kubernetes, catalogue)
  const { follow, max } = config.kubernetes
  try {
    const route = await routeOfFork(store, {
      ...needs,
      fork,
      releases: repository.releases,
      from: { release, kubernetes },
      architectures: architectures.architectures,
      target: target ?? lastToFollow(release, config, repository.releases.keys()),
      kubernetesMax: max,
      kubernetesChoice: choiceOf(follow, kubernetes),
    })
    const next = nextRelease(route.steps.at(-1)?.kubespray.to ?? release, repository.releases.keys())
    return follow === 'pinned' && route.stopped && next
      ? { ...route, stopped: kubernetesPinned(kubernetes, next) }
      : route
  } catch (error) {
    if (stopped && error instanceof Refusal) return { steps: [], stopped }
    const [problem] = error instanceof Refusal ? error.problems : []
    const isWhole = /^v?\d+\.\d+\.\d+$/.test(kubernetes)
    if (problem?.code === 'unknown-kubernetes' && isWhole)
      return { steps: [], stopped: kubernetesNotOffered(problem.message, setting) }
    throw placedAt(error, setting)
  }
}

function choiceOf(follow: Config['kubernetes']['follow'], kubernetes: string): KubernetesChoice {
  if (follow === 'pinned') return { only: kubernetes }
  return follow === 'release' ? 'default' : 'newest'
}

/** With `follow: v2.29` the last release up to that minor; a fork that is beyond it already stays where it is. */
export function lastToFollow(
  from: ReleaseTag,
  { stayOn }: Config,
  releases: Iterable<ReleaseTag>,
): ReleaseTag | undefined {
  if (stayOn === undefined) return undefined
  const later = [...releases].filter(
    (tag) => minorNumber(tag) <= minorNumber(stayOn) && compareReleases(tag, from) > 0,
  )
  return later.sort(compareReleases).at(-1) ?? from
}

/** Empty, a list, a switch: Ansible would take it, and find no download for it. */
function noVersion({ name, at }: Setting): Refusal {
  const message = `\`${name}\` holds no version here: expected one written in full, as in \`1.33.4\`.`
  return new Refusal({ code: 'unknown-kubernetes', message, at })
}

/** A refusal of what stands in an inventory points there. */
function placedAt(error: unknown, setting: Setting | undefined): unknown {
  if (!(error instanceof Refusal) || !setting) return error
  const isAboutVersion = ({ code }: Problem): boolean => code === 'unknown-kubernetes'
  return new Refusal(
    error.problems.map((problem) => (isAboutVersion(problem) ? { ...problem, at: setting.at } : problem)),
  )
}

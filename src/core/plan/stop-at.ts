import type { Offer, Fault } from '../catalogue/catalogue.ts'
import type { ClusterNeeds } from '../catalogue/is-usable.ts'
import {
  bareVersion,
  compareVersions,
  minorBeside,
  minorNumber,
  minorOf,
  type ReleaseTag,
} from '../model/release-tag.ts'
import { isStepUp, mayEnter, refusedIn } from './moves-from.ts'
import { preconditionsOf, type State } from './preconditions-of.ts'
import { obstacles, releasesFor, type PlannedRelease, type Releases } from './releases.ts'
import { stopAtSetting } from './stop-at-setting.ts'
import type { Stop } from './step.ts'

interface StopRequest {
  readonly releases: Releases
  readonly needs: ClusterNeeds
  readonly catalogues: ReadonlyMap<ReleaseTag, Offer>
  /** The last Kubernetes minor that the settings let it go to. */
  readonly kubernetesMax?: string | undefined
}

/**
 * Says why nothing leads further up from a state, which release and component come first in the way, and what
 * would open it.
 */
export function stopAt(state: State, request: StopRequest): Stop {
  const last = request.releases.all.at(-1) as PlannedRelease
  if (state.release.tag === last.tag) return stopInRelease(state, last, request)
  const next = request.releases.reachableFrom(state.release.tag).at(-1) as PlannedRelease
  if (next.tag === state.release.tag) return stopAtGap(state, last)
  if (!mayEnter(state, next)) return stopBelowMinimum(state, next, request)
  const refused = refusedIn(state, next, request.needs)
  if (refused) return stopAtSetting(state, next, refused, request.needs)
  return stopInRelease(state, next, request)
}

/** The versions a release offers to anyone at all, without those above its own minor and those it refuses, newest first. */
function offeredBy(release: PlannedRelease): readonly string[] {
  const { versions, default: newest, minimum } = release.catalogue.kubernetes
  const all = [...new Set(Object.values(versions).flat().map(bareVersion))]
  return all
    .filter((version) => newest === undefined || minorNumber(version) <= minorNumber(newest))
    .filter((version) => minimum === undefined || compareVersions(version, minimum) >= 0)
    .sort((a, b) => compareVersions(b, a))
}

function stopInRelease(state: State, release: PlannedRelease, request: StopRequest): Stop {
  const offered = offeredBy(release)
  if (offered.length === 0) return stopUnlisted(state, release, request)
  const candidates = offered.filter(
    (version) => isStepUp(state.kubernetes, version) && version !== state.kubernetes,
  )
  // What is in the way of every version tells more than that none of them is newer.
  const candidate = candidates[0] ?? (release.usable.length === 0 ? offered[0] : undefined)
  if (candidate === undefined) return stopWithoutNext(state, release, offered)
  const unmet = preconditionsOf(state, { release, kubernetes: candidate }, request.needs).find(
    ({ met }) => !met,
  )
  if (unmet && release.usable.some((version) => candidates.includes(version)))
    return stopAtPrecondition(state, release, unmet)
  const faults = inOrder(obstacles(release, request.needs, candidate), release, request.needs)
  const [first] = faults
  if (!first)
    return candidates[0] === undefined
      ? stopWithoutNext(state, release, offered)
      : stopAtLimit(state, release, { candidate: candidates[0], request })
  return {
    code: 'not-installable',
    message: `${intentOf(state, release, candidates[0])}: ${sentenceOf(first, release)}${restOf(faults)}`,
    release: release.tag,
    component: first.component,
    architecture: first.architecture,
    evidence: faults.map((fault) => `${fault.component} on ${fault.architecture}: ${wantOf(fault)}`),
    opens: opensOf(state, release, { ...request, faults }),
  }
}

function intentOf({ release: from }: State, { tag }: PlannedRelease, candidate: string | undefined): string {
  if (candidate === undefined) return `${tag} can install no Kubernetes on this cluster`
  return tag === from.tag
    ? `I cannot raise Kubernetes to ${candidate} in ${tag}`
    : `I cannot go on to ${tag} with Kubernetes ${candidate}`
}

/** What is enabled comes first: it is what a reader would miss. */
function inOrder(faults: readonly Fault[], release: PlannedRelease, needs: ClusterNeeds): readonly Fault[] {
  const manager = needs.containerManager ?? release.catalogue.containerManager.default ?? ''
  const plugin = needs.networkPlugin ?? release.catalogue.networkPlugins.default ?? ''
  const isEnabled = (fault: Fault): boolean =>
    fault.enabledWith.includes(manager) && (fault.networkPlugins?.includes(plugin) ?? true)
  return [...faults.filter(isEnabled), ...faults.filter((fault) => !isEnabled(fault))]
}

function sentenceOf(fault: Fault, release: PlannedRelease): string {
  const version = release.catalogue.components[fault.component]?.version
  const name = `\`${fault.component}\`${version === undefined ? '' : ` ${version}`}`
  if (fault.kind === 'shared-checksum')
    return `its checksum of ${name} for ${fault.architecture} is that of ${fault.shared?.with.join(', ') ?? ''} as well, though these are different files`
  if (fault.kind === 'zero-checksum')
    return `the release says that there is no build of ${name} for ${fault.architecture}`
  if (fault.kind === 'no-minor') return `\`${fault.missing}\` is not there, so ${name} has no version for it`
  const stops =
    fault.enabledWith.length > 0
      ? ''
      : ', and although it is switched off, all downloads are rendered together'
  if (fault.kind === 'no-checksum') return `it has no checksum of ${name} for ${fault.architecture}${stops}`
  return `${name} needs \`${fault.missing}\`, which nothing defines${stops}`
}

function restOf(faults: readonly Fault[]): string {
  const others = [...new Set(faults.map(({ component }) => component))].filter(
    (each) => each !== faults[0]?.component,
  )
  if (others.length === 0) return '.'
  return `; the same holds for ${others.length} more (${others.map((each) => `\`${each}\``).join(', ')}).`
}

function wantOf(fault: Fault): string {
  if (fault.kind === 'shared-checksum') return `${fault.missing} is another architecture's as well`
  return `${fault.missing} is ${fault.kind === 'zero-checksum' ? '0' : 'missing'}`
}

function opensOf(
  state: State,
  release: PlannedRelease,
  request: StopRequest & { faults: readonly Fault[] },
): readonly string[] {
  const { needs } = request
  const managers = release.catalogue.containerManager.allowed
    .filter((manager) => isOpenFor(state, release, request, { ...needs, containerManager: manager }))
    .map(
      (manager) =>
        `\`container_manager: ${manager}\`, where the nodes already run it: changing the container manager of a cluster is not supported.`,
    )
  const without = needs.architectures
    .filter(
      (gone) => needs.architectures.length > 1 && isOpenFor(state, release, request, withoutOne(needs, gone)),
    )
    .map((gone) => `No ${gone} node in the cluster.`)
  return [...managers, ...without, patchSentence(release, request.faults)]
}

function withoutOne(needs: ClusterNeeds, gone: string): ClusterNeeds {
  return { ...needs, architectures: needs.architectures.filter((each) => each !== gone) }
}

/** Whether the same step could be made if the cluster were another. */
function isOpenFor(
  state: State,
  release: PlannedRelease,
  { catalogues }: StopRequest,
  needs: ClusterNeeds,
): boolean {
  const catalogue = catalogues.get(release.tag) as Offer
  const other = releasesFor({
    catalogues: new Map([[release.tag, catalogue]]),
    from: release.tag,
    needs,
  }).find(release.tag)
  return (
    other?.usable.some((version) => isStepUp(state.kubernetes, version) && version !== state.kubernetes) ??
    false
  )
}

function patchSentence(release: PlannedRelease, faults: readonly Fault[]): string {
  const wanted = [...new Set(faults.map(({ missing }) => `\`${missing}\``))].join(', ')
  const zero = faults.some(({ kind }) => kind === 'zero-checksum')
  const build = zero ? ' (a checksum of a build that exists, with its version set)' : ''
  return `A patch of your fork that gives ${release.tag} ${wanted}${build}.`
}

/** No version is the next step: all are older than what runs, or those that are newer are too far up. */
function stopWithoutNext(state: State, release: PlannedRelease, offered: readonly string[]): Stop {
  const above = offered.filter((version) => compareVersions(version, state.kubernetes) > 0)
  const lowest = above.at(-1)
  return lowest === undefined ? stopAhead(state, release) : stopBehind(state, release, lowest)
}

function stopBehind({ kubernetes }: State, { tag }: PlannedRelease, lowest: string): Stop {
  const last = minorBeside(lowest, -1)
  return {
    code: 'below-minimum',
    message: `Kubernetes ${kubernetes} runs now, and the lowest newer version that ${tag} has is ${lowest}: minors may not be skipped.`,
    release: tag,
    component: 'kubelet',
    opens: [
      `Kubernetes ${last} in the running cluster, one minor after the other with releases that have these.`,
    ],
  }
}

function stopAhead(state: State, release: PlannedRelease): Stop {
  const newest = release.usable[0] ?? offeredBy(release)[0] ?? 'nothing'
  return {
    code: 'kubernetes-ahead',
    message: `Kubernetes ${state.kubernetes} runs now, and ${release.tag} has Kubernetes up to ${newest}. Kubernetes never goes down, so there is nothing to do before a release has ${state.kubernetes} or newer.`,
    release: release.tag,
    component: 'kubelet',
    opens: [`A Kubespray release with Kubernetes ${state.kubernetes} or newer.`],
  }
}

/** Old releases have one version and no list of others: which can be installed is not known, and nothing says that none can. */
function stopUnlisted(state: State, release: PlannedRelease, { releases }: StopRequest): Stop {
  const { tag, catalogue } = release
  const own = catalogue.kubernetes.default
  const beside = own === undefined ? '' : ` beside its own, ${bareVersion(own)}`
  const { all } = releases
  const listing = all.slice(all.indexOf(release) + 1).find((each) => offeredBy(each).length > 0)
  const from = listing === undefined ? 'a release that has such a list' : listing.tag
  return {
    code: 'kubernetes-unlisted',
    message: `${tag} has no list of the Kubernetes versions that it can install${beside}, so I cannot tell where it leads from Kubernetes ${state.kubernetes}.`,
    release: tag,
    opens: [`The way up to ${from} by hand, by the notes of each release: from there on I plan it.`],
  }
}

/** Nothing is in the way of a newer version but what the settings say. */
function stopAtLimit(
  state: State,
  release: PlannedRelease,
  { candidate, request }: { readonly candidate: string; readonly request: StopRequest },
): Stop {
  const { kubernetesMax: max } = request
  const isMax = max !== undefined && minorNumber(candidate) > minorNumber(max)
  const limit = isMax ? `\`kubernetes.max: "${max}"\`` : '`kubernetes.follow`'
  return {
    code: 'kubernetes-limited',
    message: `Kubernetes ${state.kubernetes} runs now, ${release.tag} can install ${candidate}, and ${limit} in the settings does not let it go there.`,
    release: release.tag,
    component: 'kubelet',
    opens: [isMax ? `\`kubernetes.max: "${minorOf(candidate)}"\` or more.` : 'Another `kubernetes.follow`.'],
  }
}

function stopAtGap(state: State, last: PlannedRelease): Stop {
  return {
    code: 'release-unknown',
    message: `I know ${last.tag}, but no release of the minor after ${minorOf(state.release.tag)}, and minors may not be skipped.`,
    release: state.release.tag,
    opens: ['The missing tags: fetch them from upstream.'],
  }
}

function stopBelowMinimum(state: State, next: PlannedRelease, request: StopRequest): Stop {
  const minor = minorOf(state.release.tag)
  const inMinor = request.releases
    .reachableFrom(state.release.tag)
    .filter(({ tag }) => minorOf(tag) === minor)
  const here = stopInRelease(state, inMinor.at(-1) as PlannedRelease, request)
  // Only a release that has a lowest version keeps any from coming in.
  const lowest = next.lowestLive as string
  const why = `${next.tag} starts from Kubernetes ${lowest}, and ${state.kubernetes} runs now.`
  if (here.code === 'kubernetes-ahead')
    return {
      ...here,
      code: 'below-minimum',
      message: `${why} It would have to go up first, and ${minor} has nothing newer.`,
      opens: [`A patch release of ${minor} that has Kubernetes ${lowest}.`],
    }
  const message = `${why} It would have to go up in ${minor} first. ${here.message}`
  return { ...here, code: 'below-minimum', message }
}

function stopAtPrecondition(
  state: State,
  release: PlannedRelease,
  unmet: ReturnType<typeof preconditionsOf>[number],
): Stop {
  const { component, atLeast, path } = unmet.precondition
  const runs = unmet.isPinned
    ? `\`${component}_version\` is set to ${unmet.live}`
    : `${state.release.tag} with Kubernetes ${state.kubernetes} runs ${unmet.live}`
  return {
    code: 'precondition',
    message: `${release.tag} demands that \`${component}\` ${atLeast} or newer runs already, and ${runs}.`,
    release: release.tag,
    component,
    evidence: [path],
    opens: [
      `\`${component}\` ${atLeast} or newer in the running cluster, before the step to ${release.tag}.`,
    ],
  }
}

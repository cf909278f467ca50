import type { ClusterNeeds } from '../catalogue/is-usable.ts'
import { bareVersion, compareVersions, minorNumber, minorOf } from '../model/release-tag.ts'
import { preconditionsOf, type Checked, type State } from './preconditions-of.ts'
import { obstacles } from './releases.ts'
import type { Reason } from './step.ts'

/** A step with the one after it, for which it may be made. */
export interface Move {
  readonly from: State
  readonly to: State
  readonly next: State | undefined
  readonly needs: ClusterNeeds
}

/** Why a step goes where it goes and no further, and what it brings along. */
export function reasonsFor({ from, to, next, needs }: Move): readonly Reason[] {
  return [
    releaseReason(from, to),
    kubernetesReason(from, to),
    ...customReason(from),
    ...orderReason(from, to, next),
    newestReason({ from, to, needs }),
    ...passedOver({ from, to, needs }),
    ...aboveDefault(to),
    ...prefixReason(from, to),
    ...preconditionReasons({ from, to, needs }),
    ...containerManagerReason({ from, to, needs }),
    ...ansibleReason(from, to),
  ]
}

function releaseReason({ release: from }: State, { release: to }: State): Reason {
  if (from.tag === to.tag)
    return { code: 'same-release', message: `Kubespray stays at ${to.tag} for this step.` }
  if (minorOf(from.tag) === minorOf(to.tag))
    return {
      code: 'last-patch-release',
      message: `${to.tag} is the last patch release of ${minorOf(to.tag)}.`,
    }
  return {
    code: 'next-minor-release',
    message: `${to.tag} is the last patch release of the next minor; patch releases may be skipped, minors may not.`,
  }
}

function kubernetesReason(from: State, to: State): Reason {
  const [before, after] = [minorOf(from.kubernetes), minorOf(to.kubernetes)]
  if (before !== after)
    return {
      code: 'kubernetes-next-minor',
      message: `Kubernetes goes from ${before} to ${after}: one minor at a time, as kubeadm demands.`,
    }
  return { code: 'kubernetes-same-minor', message: `Kubernetes stays in ${after}.` }
}

function customReason({ release, kubernetes }: State): readonly Reason[] {
  const { versions, default: own = '' } = release.catalogue.kubernetes
  const offered = [own, ...Object.values(versions).flat()].map(bareVersion)
  if (offered.includes(kubernetes)) return []
  const message = `${release.tag} does not offer the Kubernetes ${kubernetes} that runs now, so this step leaves it without going down.`
  return [{ code: 'custom-version', message }]
}

/** Why Kubernetes is raised without Kubespray. */
function orderReason(from: State, to: State, next: State | undefined): readonly Reason[] {
  const { tag, catalogue } = to.release
  const minimum = catalogue.kubernetes.minimum
  if (minorOf(from.release.tag) !== minorOf(tag)) return []
  if (minimum !== undefined && compareVersions(from.kubernetes, minimum) < 0) {
    const message = `${tag} refuses Kubernetes below ${bareVersion(minimum)}, and ${from.kubernetes} runs now.`
    return [{ code: 'below-minimum', message, ...evidence(catalogue.kubernetes.minimumEnforcedIn[0]) }]
  }
  if (from.release.tag !== tag) return []
  return [{ code: 'kubernetes-first', message: whyFirst(from, to, next) }]
}

function whyFirst(from: State, to: State, next: State | undefined): string {
  const lowest = next?.release.lowestLive
  const { tag } = to.release
  if (!next) return `Kubespray goes no further than ${tag} on this way, so Kubernetes catches up in it.`
  if (next.release.tag === tag) return `More than one such step is needed in ${tag}, each by one minor.`
  if (lowest !== undefined && minorNumber(from.kubernetes) < minorNumber(lowest))
    return `${next.release.tag} starts from Kubernetes ${lowest}, so ${from.kubernetes} has to go up in ${tag} first.`
  return 'Kubernetes has more steps ahead of it than Kubespray, so one is for it alone, and now costs no more than later.'
}

function newestReason({ from, to, needs }: Omit<Move, 'next'>): Reason {
  const kept =
    from.kubernetes === to.kubernetes ? 'which runs already' : `the newest ${minorOf(to.kubernetes)}`
  const architectures = needs.architectures.join(' and ')
  const message = `${to.release.tag} can install ${to.kubernetes}, ${kept}, on ${architectures}.`
  return { code: 'newest-usable', message, ...evidence(to.release.catalogue.paths.checksums) }
}

/** Newer versions of the same step that the release lists and cannot install. */
function passedOver({ from, to, needs }: Omit<Move, 'next'>): readonly Reason[] {
  const { release } = to
  const offered = [...new Set(Object.values(release.catalogue.kubernetes.versions).flat().map(bareVersion))]
  const newer = offered
    .filter((version) => compareVersions(version, to.kubernetes) > 0)
    .filter((version) => minorNumber(version) <= minorNumber(from.kubernetes) + 1)
    .sort((a, b) => compareVersions(b, a))
  for (const version of newer) {
    const fault = obstacles(release, needs, version)[0]
    if (!fault) continue
    const message = `${release.tag} lists ${version} but cannot install it: \`${fault.component}\` on ${fault.architecture} lacks \`${fault.missing}\`.`
    return [{ code: 'passed-over', message, evidence: fault.missing }]
  }
  return []
}

function aboveDefault({ release, kubernetes }: State): readonly Reason[] {
  const { default: newest, versions } = release.catalogue.kubernetes
  if (newest === undefined) return []
  const own = minorNumber(newest)
  if (minorNumber(kubernetes) !== own) return []
  const above = Object.values(versions)
    .flat()
    .filter((version) => minorNumber(version) > own)
    .sort((a, b) => compareVersions(b, a))[0]
  if (above === undefined) return []
  const message = `${release.tag} lists ${bareVersion(above)}, too, but is made and tested for ${minorOf(newest)}.`
  return [
    { code: 'above-default', message, ...evidence(release.catalogue.kubernetes.definitions.at(-1)?.path) },
  ]
}

function prefixReason(from: State, to: State): readonly Reason[] {
  const [before, after] = [
    from.release.catalogue.kubernetes.prefixed,
    to.release.catalogue.kubernetes.prefixed,
  ]
  if (before === after) return []
  const how = after ? 'with a leading `v`' : 'without the leading `v`'
  const message = `${to.release.tag} writes \`kube_version\` and every other version ${how}; the other way stops the play.`
  return [{ code: 'written-without-v', message }]
}

/** Only where it is a near thing: tied to the version that comes, or met to the digit. */
function preconditionReasons({ from, to, needs }: Omit<Move, 'next'>): readonly Reason[] {
  const near = preconditionsOf(from, to, needs).filter(
    ({ precondition, live }) => precondition.whenTargetAtLeast !== undefined || live === precondition.atLeast,
  )
  return near.map(({ precondition, ...found }) => ({
    code: 'precondition-met',
    message: `${to.release.tag} demands that \`${precondition.component}\` ${precondition.atLeast} or newer runs already; ${whatBrought(from, to, { precondition, ...found })}.`,
    evidence: precondition.path,
  }))
}

function whatBrought(
  { release, kubernetes }: State,
  to: State,
  { precondition, live, isPinned }: Checked,
): string {
  if (isPinned) return `\`${precondition.component}_version\` is set to ${live}, and must not be set lower`
  return release.tag === to.release.tag
    ? `with Kubernetes ${minorOf(kubernetes)} it brought ${live}, which must not be pinned lower`
    : `${release.tag} brought ${live}, so it must not be skipped, nor that version pinned lower`
}

function containerManagerReason({
  from: { release: from },
  to: { release: to },
  needs,
}: Omit<Move, 'next'>): readonly Reason[] {
  const [before, after] = [from.catalogue.containerManager.default, to.catalogue.containerManager.default]
  const isNamed = needs.containerManager !== undefined && needs.containerManagerFrom !== 'default'
  if (isNamed || before === after || before === undefined || after === undefined) return []
  const message = `The default \`container_manager\` changes from ${before} to ${after}: a cluster that runs ${before} by default must now say so, since changing it in a running cluster is not supported.`
  return [{ code: 'container-manager-default', message, ...evidence(to.catalogue.containerManager.path) }]
}

function ansibleReason({ release: from }: State, { release: to }: State): readonly Reason[] {
  const [before, after] = [from.catalogue.ansible, to.catalogue.ansible]
  if (after.min === undefined || (before.min === after.min && before.maxExclusive === after.maxExclusive))
    return []
  const until = after.maxExclusive === undefined ? '' : ` and below ${after.maxExclusive}`
  const message = `${to.tag} needs Ansible ${after.min} or newer${until}: install its \`requirements.txt\` again before you apply it; its image has that.`
  return [{ code: 'ansible-changes', message, ...evidence(after.path) }]
}

function evidence(path: string | undefined): { evidence?: string } {
  return path === undefined ? {} : { evidence: path }
}

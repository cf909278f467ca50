import {
  bareVersion,
  compareVersions,
  minorOf,
  readReleaseTag,
  type ReleaseTag,
} from '../../core/model/release-tag.ts'
import type { ClusterScope } from '../../core/model/cluster/cluster-scope.ts'
import { optional } from '../../core/model/defined.ts'
import { OUR_BRANCHES } from '../jobs/job.ts'

/** A step by the name of its branch: a second run, a comment and a button all find it by that. */
export type StepName = ReleaseStep | KubernetesStep | AddonStep

interface OnBranch {
  /** The branch's short name, `multiarch/kubespray-2.30.0`. */
  readonly branch: string
  /** The branch it goes to. */
  readonly onto: string
  /** Whose step it is, of several clusters in the repository. */
  readonly cluster?: string
}

export interface ReleaseStep extends OnBranch {
  readonly kind: 'kubespray'
  readonly release: ReleaseTag
}

export interface KubernetesStep extends OnBranch {
  readonly kind: 'kubernetes'
  /** Without `v`. */
  readonly kubernetes: string
}

/** Add-ons switched off on the release the fork stands on. */
export interface AddonStep extends OnBranch {
  readonly kind: 'addon'
  readonly release: ReleaseTag
}

/** Whose branches they are, where the repository has several clusters. */
interface Whose {
  readonly cluster?: Pick<ClusterScope, 'name'>
}

/** The name of the branch for a step to a release. */
export function branchNameFor(release: ReleaseTag, whose: Whose = {}): string {
  return `${prefixOf(whose)}kubespray-${bareVersion(release)}`
}

/** The name of the branch for a step to a Kubernetes version. */
export function kubernetesBranchName(version: string, whose: Whose): string {
  return `${prefixOf(whose)}kubernetes-${bareVersion(version)}`
}

/** The name of the branch that switches add-ons off on a release. */
export function addonBranchName(release: ReleaseTag, whose: Whose): string {
  return `${prefixOf(whose)}addons-${bareVersion(release)}`
}

function prefixOf({ cluster }: Whose): string {
  return cluster ? `${OUR_BRANCHES}${cluster.name}/` : OUR_BRANCHES
}

/** The step a branch of ours is for; `undefined` for any other branch. */
export function readStepName(branch: string, onto: string): StepName | undefined {
  const [, name, kind, version] =
    /^multiarch\/(?:([^/]+)\/)?(kubespray|kubernetes|addons)-(\d+\.\d+\.\d+(?:[-+][\w.]+)?)$/.exec(branch) ??
    []
  if (version === undefined) return undefined
  const on = { branch, onto, ...optional(name, (cluster) => ({ cluster })) }
  if (kind === 'kubernetes') return { kind, ...on, kubernetes: version }
  const release = readReleaseTag(`v${version}`)
  if (!release) return undefined
  return kind === 'addons' ? { kind: 'addon', ...on, release } : { kind: 'kubespray', ...on, release }
}

/** What a step is called in a sentence, without Markdown. */
export function titleOfStep(step: StepName): string {
  const of = step.cluster === undefined ? '' : ` of ${step.cluster}`
  if (step.kind === 'kubernetes') return `Kubernetes ${step.kubernetes}${of}`
  return `${step.kind === 'addon' ? 'the add-ons on ' : ''}Kubespray ${step.release}${of}`
}

/** Whether a newer step makes an older one needless: the next patch release of the same minor. Other steps stand for themselves. */
export function takesPlaceOf(newer: StepName, older: StepName): boolean {
  if (newer.kind !== older.kind || newer.cluster !== older.cluster || newer.branch === older.branch)
    return false
  const [after, before] = [versionOf(newer), versionOf(older)]
  if (newer.kind !== 'addon' && minorOf(after) !== minorOf(before)) return false
  return compareVersions(after, before) > 0
}

function versionOf(step: StepName): string {
  return step.kind === 'kubernetes' ? step.kubernetes : step.release
}

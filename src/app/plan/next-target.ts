import { defined } from '../../core/model/defined.ts'
import { compareReleases, minorNumber, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import type { Route, Step } from '../../core/plan/step.ts'
import { nextRelease } from '../../core/series/next-release.ts'
import type { ForkPlan } from './plan-fork.ts'
import { findRelease } from '../repository/read-repository.ts'

/** Where a run goes, or what comes before it. */
export type StepTarget =
  /** The fork stands on the newest release already, or on the one that was asked for. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'kubernetes-first'; readonly step: Step }
  | {
      readonly kind: 'release'
      readonly release: { readonly tag: ReleaseTag; readonly commit: Oid }
      /** The step of the plan; absent where the plan knows none that goes there. */
      readonly step?: Step
      /** What speaks against going there now. */
      readonly against: readonly Problem[]
    }

/**
 * The plan's next step. Where something is in its way, the patches are carried to the next release all the same, since the way may
 * be opened by a patch on that very branch; what is in the way is said.
 */
export function nextTarget({ fork, repository, route, config }: ForkPlan): StepTarget {
  const [step] = route.steps
  if (step?.kind === 'kubernetes') return { kind: 'kubernetes-first', step }
  const tags = [...repository.releases.keys()].filter(
    (tag) => config.stayOn === undefined || minorNumber(tag) <= minorNumber(config.stayOn),
  )
  const tag = step?.kubespray.to ?? (route.stopped && nextRelease(fork.base.release, tags))
  if (tag === undefined) return { kind: 'nothing' }
  const release = { tag, commit: repository.releases.get(tag) as Oid }
  return { kind: 'release', release, ...defined({ step }), against: step ? [] : whyNot(route) }
}

/** The release that was asked for. It is gone to even where the plan would not; then that is said. */
export function targetOnto(
  { fork, repository }: Pick<ForkPlan, 'fork' | 'repository'>,
  onto: string,
): StepTarget {
  const { base } = fork
  const release = findRelease(repository, onto)
  const order = compareReleases(release.tag, base.release)
  if (order === 0 && base.exact) return { kind: 'nothing' }
  if (order > 0) return { kind: 'release', release, against: [] }
  throw new Refusal({
    code: 'release-behind',
    message: `The fork stands on \`${base.release}\`${base.exact ? '' : ' and upstream commits after it'}, so \`${release.tag}\` is behind it. I do not go back to an older release.`,
  })
}

/** A target with what the plan to that release says of it. */
export function withPlan(target: StepTarget, route: Route): StepTarget {
  if (target.kind !== 'release') return target
  const { tag } = target.release
  const [step] = route.steps
  if (step?.kubespray.to === tag && step.kind === 'kubespray') return { ...target, step }
  return { ...target, against: [...detour(tag, route), ...whyNot(route)] }
}

function detour(tag: ReleaseTag, { steps: [next] }: Route): readonly Problem[] {
  if (!next) return []
  const isKubernetes = next.kind === 'kubernetes'
  const first = isKubernetes
    ? `Kubernetes ${next.kubernetes.to} on ${next.kubespray.to}`
    : `${next.kubespray.to}, since Kubespray goes up one minor at a time`
  return [
    {
      code: isKubernetes ? 'kubernetes-first' : 'releases-skipped',
      message: `A running cluster must not go straight to ${tag}: first comes ${first}. The patches are carried there; do not apply it before.`,
    },
  ]
}

function whyNot({ stopped }: Route): readonly Problem[] {
  if (!stopped) return []
  const opens = stopped.opens?.length ? ` What would open it: ${stopped.opens.join(' ')}` : ''
  return [{ code: stopped.code, message: `${stopped.message}${opens}` }]
}

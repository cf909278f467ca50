import { code } from '../../core/explain/blocks/plain.ts'
import { Refusal } from '../../core/model/problem.ts'
import { short } from '../../core/model/oid.ts'
import { releaseCommitIn } from '../../core/series/trailer.ts'
import type { BranchWork } from '../branch/branch-work.ts'
import type { StepReading } from './step-reading.ts'
import type { StepName } from '../branch/step-name.ts'

/** A branch that somebody deleted. */
export function refuseGone({ branch }: StepName): Refusal {
  const message = `The branch ${code(branch)} is gone; \`/multiarch recreate\` builds it again.`
  return new Refusal({ code: 'branch-gone', message })
}

/** The way has changed since the step was proposed. */
export function refuseOther({ branch }: StepName, why: string): Refusal {
  const message = `${code(branch)} is not the step to take any more: ${why} Close its pull request, and I go on from where the fork stands.`
  return new Refusal({ code: 'step-changed', message })
}

/**
 * A release is what its tag pointed to when the step was built. A tag that points elsewhere since was moved, which a release's
 * must never be: it is nothing to follow in silence.
 */
export function refuseMovedTag({ repository }: StepReading, step: StepName, { ours }: BranchWork): void {
  const bottom = ours.at(-1)
  if (step.kind !== 'kubespray' || !bottom) return
  const now = repository.releases.get(step.release)
  const then = releaseCommitIn(bottom)
  if (!now || !then || now === then) return
  const message = `Upstream’s tag ${code(step.release)} pointed to ${short(then)} when I built this step, and points to ${short(now)} now. A release must not change, so I go no further with it: find out what happened there first. \`/multiarch recreate\` takes the tag as it is now; \`/multiarch skip ${step.release}\` goes past the release.`
  throw new Refusal({ code: 'tag-moved', message })
}

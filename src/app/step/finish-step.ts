import { defined, optional } from '../../core/model/defined.ts'
import { judgeFacts } from '../../core/explain/judge-facts.ts'
import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import { renderPullRequest, type PullRequestText } from '../../core/explain/texts/render-pull-request.ts'
import type { Remark } from '../../core/judge/judge-step.ts'
import type { Progress } from '../../ports/progress.ts'
import { refuseSource } from '../branch/move-step-branch.ts'
import type { TakenStep, WrittenStep } from './taken-step.ts'

/** How a step ends on a clone. */
export interface StepEnding {
  /** The name of the branch to write, without `refs/heads/`; the step's own name where it is absent. */
  readonly as?: string
  /** `nothing` computes everything and leaves the repository as it is. */
  readonly write: 'branch' | 'nothing'
  readonly progress?: Progress
}

/** One step, carried out on a clone. */
export type FinishedStep<T extends TakenStep<W>, W extends WrittenStep = WrittenStep> = Omit<T, 'write'> & {
  readonly findings: readonly Remark[]
  /** Absent after a run that writes nothing, or that found nothing to write. */
  readonly written?: W
  readonly text: PullRequestText
}

/** Refuses a name that no step may write to, before anything is worked out. */
export function refuseEnding({ as }: StepEnding, source: string): void {
  if (as !== undefined) refuseSource(as, source)
}

/** Writes the branch of a step, unless nothing is to be written, and words everything that there is to say of it. */
export async function finishStep<T extends TakenStep<W>, W extends WrittenStep>(
  { write, ...taken }: T & TakenStep<W>,
  { as, write: wanted, name, progress }: StepEnding & { readonly name: string },
): Promise<FinishedStep<T, W>> {
  const isWritten = wanted === 'branch' && !taken.isEmpty
  if (isWritten) progress?.({ code: 'writing' })
  const written = isWritten ? await write({ name: as ?? name }) : undefined
  const facts = written ? withBranch(taken.facts, written) : taken.facts
  const { remarks: findings } = judgeFacts(facts)
  const text = renderPullRequest(facts)
  return { ...taken, facts, findings, text, ...defined({ written }) }
}

/** What is said of a step whose branch is there. */
export function withBranch(
  { carry, ...facts }: PullRequestFacts,
  { name, commits, fixes }: Pick<WrittenStep, 'name' | 'commits' | 'fixes'>,
): PullRequestFacts {
  return {
    ...facts,
    written: { name },
    ...defined({ fixes }),
    ...optional(carry, (carry) => ({ carry: { ...carry, ...defined({ commits }) } })),
  }
}

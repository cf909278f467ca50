import type { WrittenBranch } from '../../app/branch/move-step-branch.ts'
import type { FinishedStep } from '../../app/step/finish-step.ts'
import type { TakenStep } from '../../app/step/taken-step.ts'
import type { PullRequestText } from '../../core/explain/texts/render-pull-request.ts'

/** What comes after a step. */
export type Next =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'dry-run' }
  /** Another command of ours has to come first. */
  | { readonly kind: 'command'; readonly name: string }
  | {
      readonly kind: 'written'
      readonly written: WrittenBranch
      readonly base: string
      /** Whether that one was started with it. */
      readonly isStarted?: boolean
      readonly text: PullRequestText
    }

/** What comes after a step that was worked out: its branch, or the run that writes it. */
export function nextOf({
  plan,
  facts,
  written,
  text,
  isEmpty,
}: Pick<FinishedStep<TakenStep>, 'plan' | 'facts' | 'written' | 'text' | 'isEmpty'>): Next {
  const { landing } = facts
  const base = landing?.name ?? plan.branch.name
  if (written) return { kind: 'written', written, base, isStarted: landing !== undefined, text }
  return { kind: isEmpty ? 'nothing' : 'dry-run' }
}

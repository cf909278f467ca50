import type { Undecided } from '../catalogue/jinja/decision.ts'
import type { Locals } from './host-variables.ts'

/** Where a task stands, and what holds there. */
export interface Place {
  readonly path: string
  /** Absent in a playbook. */
  readonly role?: string
  /** Decided: a condition that is known to be false is not entered. */
  readonly open?: Undecided
  /** Conditions on the way here, the outermost first: what is true of them explains a failure. */
  readonly conditions: readonly string[]
  readonly locals: Locals
  /** Whether a failure is caught here: then it stops nothing. */
  readonly isCaught: boolean
}

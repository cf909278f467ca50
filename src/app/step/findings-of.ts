import type { Finding } from '../../core/audit/finding.ts'
import type { Problem } from '../../core/model/problem.ts'
import type { LintFinding } from '../../core/plan/lint.ts'
import type { StepInventory } from './step-inventories.ts'

/** Something that a person should know of a step, whichever part of the engine found it. */
export interface StepFinding {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly file?: string
  readonly line?: number
  /** What an audit's finding is about, a variable for example. */
  readonly subject?: string
}

export interface Found {
  /** What speaks against the step itself. */
  readonly against?: readonly Problem[]
  readonly lint?: readonly LintFinding[]
  readonly audit?: readonly Finding[]
  readonly inventories: readonly StepInventory[]
}

/** All that a person should know of a step, heaviest first. */
export function findingsOf({
  against = [],
  lint = [],
  audit = [],
  inventories,
}: Found): readonly StepFinding[] {
  const problems = inventories.flatMap((each) => each.problems)
  const all: readonly StepFinding[] = [
    ...against.map((each) => ofProblem(each, 'error')),
    ...lint,
    ...audit,
    ...problems.map((each) => ofProblem(each, 'warning')),
  ]
  return all.toSorted((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity])
}

/** What the edits settled needs no word any more. */
export function unsettled(
  lint: readonly LintFinding[],
  inventories: readonly StepInventory[],
): readonly LintFinding[] {
  const changed = inventories.flatMap(({ edits }) => edits.flatMap((edit) => edit.changed))
  const settled = new Set(changed.map(({ file, key }) => `${file}\0${key}`))
  const moved = new Set(changed.filter(({ to }) => to?.includes('/')).map(({ file }) => file))
  return lint.filter(
    ({ code, file = '', key }) =>
      !settled.has(`${file}\0${key}`) && !(code === 'path-renamed' && moved.has(file)),
  )
}

/** What the comparison of the two releases says of a variable is more than that nothing reads it. */
export function withoutTold(audit: readonly Finding[], lint: readonly LintFinding[]): readonly Finding[] {
  // By name: the edits may have moved its line, or its file.
  const told = new Set(lint.map(({ key }) => key))
  return audit.filter(({ code, subject }) => code !== 'variable-unread' || !told.has(subject))
}

const WEIGHT = { error: 0, warning: 1, notice: 2 } as const

function ofProblem({ code, message, at }: Problem, severity: StepFinding['severity']): StepFinding {
  return { code, severity, message, ...(at && { file: at.file, line: at.line }) }
}

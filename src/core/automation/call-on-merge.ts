import type { AppliedPlaybook } from './call-lines.ts'

/** What a merge to a branch sets off, as far as a file of a workflow or a pipeline says it. */
export interface CallOnMerge {
  readonly file: string
  /** From 1: the line that runs it, or that calls what does. */
  readonly line: number
  /** More than one where what is called decides between them. */
  readonly playbooks: readonly [AppliedPlaybook, ...AppliedPlaybook[]]
  /** `push`: the merge itself starts it. `schedule`: the clock does, on whatever was merged by then. `pull-request`: one that is open does, before any merge. */
  readonly by: 'push' | 'schedule' | 'pull-request'
  readonly in: 'workflow' | 'pipeline'
  /** Only where one of these paths changes, or where more than these do; in the file's words. */
  readonly only?: readonly string[]
  readonly except?: readonly string[]
  /** What it asks that is not known here, in the file's words. */
  readonly conditions: readonly string[]
  /** Where it runs, whose rules may hold it up until somebody agrees. */
  readonly environment?: string
}

import { defined } from '../../core/model/defined.ts'
import type { CloneRequest } from './open-clone.ts'

/** What the commands that write a step's branch have in common. */
export interface StepOptions {
  readonly branch?: string
  readonly as?: string
  readonly kubernetes?: string
  readonly upstream?: string
  readonly dryRun?: true
  readonly json?: true
  readonly report?: string
}

/** Options that several commands take, in the same words. */
export const OPTION = {
  patches: ['--branch <name>', 'the branch that holds the patches (default: the default branch)'],
  inventories: ['--branch <name>', 'the branch that holds the inventories (default: the default branch)'],
  kubernetes: ['--kubernetes <version>', 'the Kubernetes that runs, where the inventory does not say so'],
  upstream: ['--upstream <path or url>', "where upstream's tags are, if the clone has none"],
  checkImages: ['--check-images', 'ask registries which architectures the images exist for'],
  dryRun: ['--dry-run', 'write nothing'],
  report: ['--report <file>', 'write the proposal to a file (.html or .md)'],
  json: ['--json', 'print JSON'],
} as const

/** The request of a step, as the options put it. */
export function stepRequest({ branch, as, kubernetes, dryRun }: StepOptions): {
  readonly branch?: string
  readonly as?: string
  readonly kubernetes?: string
  readonly write: 'branch' | 'nothing'
} {
  return {
    write: dryRun ? 'nothing' : 'branch',
    ...defined({
      branch: branch || undefined,
      as: as || undefined,
      kubernetes: kubernetes || undefined,
    }),
  }
}

export function writesOf(path: string, { dryRun, upstream }: StepOptions): CloneRequest {
  return {
    path,
    for: dryRun ? 'reading' : 'writing',
    ...defined({ upstream: upstream || undefined }),
  }
}

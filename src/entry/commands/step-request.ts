import { defined } from '../../core/model/defined.ts'
import type { CloneRequest } from './open-clone.ts'

/** What the commands that write a step's branch have in common. */
export interface StepOptions {
  readonly branch?: string
  readonly as?: string
  readonly cluster?: string
  readonly kubernetes?: string
  readonly upstream?: string
  readonly fork?: string
  readonly dryRun?: true
  readonly json?: true
  readonly quiet?: true
  readonly report?: string
}

/** The request of a step, as the options put it. */
export function stepRequest({ branch, as, cluster, kubernetes, dryRun }: StepOptions): {
  readonly branch?: string
  readonly as?: string
  readonly cluster?: string
  readonly kubernetes?: string
  readonly write: 'branch' | 'nothing'
} {
  return {
    write: dryRun ? 'nothing' : 'branch',
    ...defined({
      branch: branch || undefined,
      as: as || undefined,
      cluster: cluster || undefined,
      kubernetes: kubernetes || undefined,
    }),
  }
}

export function writesOf(path: string, { dryRun, upstream, fork }: StepOptions): CloneRequest {
  return {
    path,
    for: dryRun ? 'reading' : 'writing',
    ...defined({ upstream: upstream || undefined, fork: fork || undefined }),
  }
}

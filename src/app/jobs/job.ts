import type { Box } from '../../core/explain/texts/render-dashboard.ts'
import { repositoryKey } from '../../core/model/repository-key.ts'
import type { RepositoryName } from '../../ports/forge.ts'

/** What is to be done, small enough to be written down: everything else is read when it is done. */
export type Job =
  /** Look at the repository as a whole: config, step, pull request, dashboard. */
  | { readonly kind: 'look'; readonly repository: RepositoryName }
  /** The same by the clock: a look that is left out where nothing has changed. */
  | { readonly kind: 'sweep'; readonly repository: RepositoryName }
  /** Judge one of our pull requests as it is now. */
  | { readonly kind: 'recheck'; readonly repository: RepositoryName; readonly branch: string }
  /** Answer what was commanded in a pull request or issue and has no answer yet. */
  | { readonly kind: 'comments'; readonly repository: RepositoryName; readonly number: number }
  /** Somebody pressed a button of our check. */
  | { readonly kind: 'button'; readonly repository: RepositoryName; readonly press: Press }
  /** Somebody changed the dashboard issue. */
  | ({ readonly kind: 'dashboard'; readonly repository: RepositoryName } & DashboardChange)
  /** An installation is there (again), and nobody told which repositories it has: look at each of them. */
  | {
      readonly kind: 'installation'
      /** Its account, and no repository. */
      readonly repository: RepositoryName
      readonly installation: number
    }

export interface DashboardChange {
  readonly number: number
  readonly by: string
  /** The boxes that were ticked then; a look may have written the text anew since. */
  readonly ticked?: readonly Box[]
}

/** A button pressed on the check of a branch's head. */
export interface Press {
  readonly branch: string
  /** The button's id, or `RERUN`. */
  readonly action: string
  readonly by: string
}

/** GitHub's own "Re-run": it does what `recheck` does, and GitHub waits for the check to be said again. */
export const RERUN = 're-run'

/** The branches that are ours to move. */
export const OUR_BRANCHES = 'multiarch/'

/** The branch of the pull request that proposes a config. */
export const ONBOARDING_BRANCH = 'multiarch/onboarding'

/** The key that makes the same job one. */
export function keyOf(job: Job): string {
  const parts = [job.kind, repositoryKey(job.repository)]
  switch (job.kind) {
    case 'look':
    case 'sweep':
      break
    case 'recheck':
      parts.push(job.branch)
      break
    case 'comments':
      parts.push(String(job.number))
      break
    case 'button':
      parts.push(job.press.branch, job.press.action, job.press.by)
      break
    case 'dashboard':
      parts.push(String(job.number), job.by, ...(job.ticked ?? []))
      break
    case 'installation':
      parts.push(String(job.installation))
      break
  }
  return parts.join(':')
}

/** What must not be worked on twice at a time. GitHub takes names in any case. */
export function groupOf({ repository }: Job): string {
  return repositoryKey(repository)
}

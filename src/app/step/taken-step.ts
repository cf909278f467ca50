import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import type { CarriedSeries } from '../../core/series/carried-series.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'
import type { StepInventory } from './edit-for-step.ts'
import type { WrittenBranch } from '../branch/move-step-branch.ts'
import type { BranchRequest, StepBranch } from '../branch/write-branch.ts'

/** The fork, its clusters and what is wished of them; which way goes up from there is not part of it. */
export type StepPlan = Pick<
  ForkPlan,
  'repository' | 'branch' | 'fork' | 'clusters' | 'unread' | 'config' | 'architectures'
>

/** A step of any kind, worked out and not written yet: what a command line and a pull request have in common. */
export interface TakenStep<W extends WrittenStep = WrittenStep> {
  readonly plan: StepPlan
  /** What it does to inventories, and what is said about them. */
  readonly inventories: readonly StepInventory[]
  /** Everything that the proposal says, but for what was written. */
  readonly facts: PullRequestFacts
  /** Only for a step to a release: its patches, and the release's own tree. */
  readonly carried?: CarriedSeries
  readonly releaseTree?: Tree
  /** What is seen of a commit on its branch. */
  see?(this: void, repository: Tree): Promise<Tree>
  /** The repository with this tree seen in it. */
  put?(this: void, view: Tree): Tree
  /** Whether a branch of it would hold nothing. */
  readonly isEmpty: boolean
  /** Writes the branch. Refuses one that people have made or changed, unless the manner says what becomes of their commits. */
  write(this: void, how: WriteManner): Promise<W>
}

/** The branch's name, and what becomes of people's commits on it. */
type WriteManner = Pick<BranchRequest, 'name' | 'persons' | 'onTop' | 'form'>

/** A branch that was written; what is only known of a step to a release is absent for others. */
export type WrittenStep = WrittenBranch & Partial<StepBranch>

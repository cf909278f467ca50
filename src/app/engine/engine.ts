import type { SpeakingHost } from '../../core/inventory/as-run/speaking-hosts.ts'
import type { BranchPerRelease } from '../../core/branches/branch-pattern.ts'
import type { Automation } from '../../core/automation/automation.ts'
import type { AddonPolicy } from '../../core/advice/addon-policy.ts'
import type { Decisions } from '../../core/commands/decisions.ts'
import type { NamedPatch } from '../../core/commands/match-patch.ts'
import type { Config } from '../../core/config/resolve-config.ts'
import type { Architecture } from '../../core/model/architecture.ts'
import type { ClusterState } from '../../core/commands/cluster-state.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Problem } from '../../core/model/problem.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { Step } from '../../core/plan/step.ts'
import type { Workplace } from '../../ports/host.ts'
import type { StepName } from '../branch/step-name.ts'
import type { SideOutcome } from '../../core/explain/settling/say-side-outcome.ts'
import type { ForgetOutcome } from '../../core/explain/memory/say-forgotten.ts'
import type { ForgetRequest } from '../settle/forget-answer.ts'
import type { SideRequest } from '../settle/settle-conflicts.ts'
import type { Proposal } from '../step/proposal-of.ts'

/**
 * The engine as the bot sees it: it reads a repository, and writes the branch of a step; it says nothing to anybody. What
 * a person can mend it throws as a `Refusal`. The same inputs give the same branch, the same commits and the same text.
 */
export interface Engine {
  /** Where the fork stands and the way ahead. */
  survey(work: Work): Promise<Survey>
  /**
   * Builds the branch of a step. `stoodAt`: where it stood when a process that ended began to throw away what people had on it.
   */
  build(work: Work, step: StepName, manner: BuildManner, stoodAt?: Oid): Promise<Built>
  /** Judges the branch of a step as it stands, a person's commits included; writes nothing. */
  judge(work: Work, step: StepName): Promise<Proposal>
  /** Settles conflicts of one patch on the branch of a step as somebody asked; judges nothing. */
  settle(work: Work, step: StepName, request: SideRequest): Promise<SideOutcome>
  /** Takes back how conflicts of one patch were settled, on the branch of a step and for good. */
  forget(work: Work, step: StepName, request: ForgetRequest): Promise<ForgetOutcome>
}

/** One repository, and what its people wish. */
export interface Work {
  readonly place: Workplace
  readonly config: Config
  readonly decisions: Decisions
}

/** What the dashboard, the plan and the onboarding show. */
export interface Survey {
  /** The branch that holds the patches. */
  readonly branch: string
  readonly release: ReleaseTag
  /** Where the fork has a branch for each release. */
  readonly perRelease?: BranchPerRelease
  /** Where Kubespray stands in the repository, in a sentence, where it is not at its top. */
  readonly layout?: string
  /** Whether a step of ours brought it there. */
  readonly byUs: boolean
  /** What the branch says of its cluster, for people and for `/multiarch applied`. */
  readonly state: ClusterState
  readonly architectures: readonly Architecture[]
  /** Whether nothing told these. */
  readonly isAssumed?: boolean
  /** Hosts that sound like others. */
  readonly speaking?: readonly SpeakingHost[]
  readonly inventories: readonly string[]
  /** Add-ons that are on and give cause for a word, with what is to become of them. */
  readonly addons: readonly { readonly name: string; readonly title: string; readonly policy: AddonPolicy }[]
  readonly patches: readonly NamedPatch[]
  /** The way ahead, each step with its reasons. */
  readonly steps: readonly Step[]
  /** Add-ons that are switched off in a step of their own, by title; only where no other step is left. */
  readonly off: readonly string[]
  /** Whether a newer release is there, and not old enough yet. */
  readonly isWaiting?: boolean
  /** The step that is due; absent where there is none. */
  readonly next?: StepName
  /** Why the route goes no further, where it stops short of the newest release. */
  readonly stopped?: Problem
  /** What else works on the repository. */
  readonly automation: Automation
  /** What people should know, though it stops nothing. */
  readonly notes: readonly Problem[]
}

/**
 * `update`: on the branch as it goes to now; one that people worked on is left alone. `rebase`: their commits go on top of it.
 * `recreate`: from nothing, without them.
 */
export type BuildManner = 'update' | 'rebase' | 'recreate'

export interface Built {
  readonly proposal: Proposal
  /** `kept`: a person's commits are on it, and it was left as it is. */
  readonly change: 'created' | 'moved' | 'unchanged' | 'kept'
  /** Why a branch that was to be rebased was left as it is, in one sentence. */
  readonly why?: string
  /** A person's commits that are on top of the new branch. */
  readonly onTop: readonly Oid[]
  /** A person's commits that are on the branch no more. */
  readonly thrownAway: readonly Oid[]
}

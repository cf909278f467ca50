import type { BotBranch } from './bot-branch.ts'
import type { HowApplied } from './how-applied.ts'
import type { UpdateBot } from './update-bots.ts'

/** What else works on a repository: who applies it, which bots propose versions there, and what they propose now. */
export interface Automation {
  readonly applied: HowApplied
  /** What merging the settings alone sets off. */
  readonly onSettings: HowApplied
  readonly bots: readonly WatchingBot[]
  readonly branches: readonly BotBranch[]
}

/** A bot with what its settings would have to say to leave to us what we move. */
export interface WatchingBot extends UpdateBot {
  /** Renovate's names for what is set as `kube_version`. */
  readonly dependencies: readonly string[]
  /** Files in which `kube_version` is set. */
  readonly places: readonly string[]
  /** Of Dependabot: which of what it looks after is where Kubespray is named. */
  readonly touches: readonly string[]
}

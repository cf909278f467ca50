import type { UpdateBotName } from './update-bots.ts'

/** A branch of a bot's that moves what a step of ours would move. */
export interface BotBranch {
  readonly bot: UpdateBotName
  readonly name: string
  readonly moves: readonly BotMove[]
  /** Whether it changes nothing of an inventory beside that. */
  readonly leavesInventories: boolean
}

export interface BotMove {
  readonly what: 'kubespray' | 'kubernetes'
  readonly file: string
  /** From 1; a submodule's entry has none. */
  readonly line?: number
  readonly from: string
  readonly to: string
  /** Minors between the two. */
  readonly skips: readonly string[]
  /** Of Kubernetes: a release that has no checksums of it, and would be run with it. */
  readonly unknownTo?: string
}

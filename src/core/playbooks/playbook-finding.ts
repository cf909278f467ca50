import type { ReleaseTag } from '../model/release-tag.ts'

/** A name of Kubespray's in a playbook or role of somebody's own, and what it is from a release on. */
export type PlaybookFacts =
  /** A role that the release has no more. */
  | {
      readonly code: 'playbook-role'
      readonly name: string
      readonly release: ReleaseTag
      /** Where its files stand now, if in one role. */
      readonly now?: string
      /** Whether only a condition, or a name that a task decides about, leads there. */
      readonly isConditional: boolean
    }
  /** A playbook, or a file of a role, that is imported and not there any more. */
  | {
      readonly code: 'playbook-file'
      /** As it is written, and the file of the release that it means. */
      readonly written: string
      readonly name: string
      readonly release: ReleaseTag
      /** The one file of the release with its name. */
      readonly now?: string
      readonly isImported: boolean
      readonly isMade: boolean
    }
  /** A group that the release, and the inventory with it, calls otherwise. */
  | {
      readonly code: 'playbook-group'
      readonly name: string
      readonly release: ReleaseTag
      readonly now: string
      /** `renamed`: the step renames it in the inventory · `unknown`: no inventory here says what it is called. */
      readonly inventory: 'renamed' | 'unknown'
      readonly isMade: boolean
    }
  /** A copy of a file of the release that lies over it, and that the release changed or has no more. */
  | {
      readonly code: 'playbook-copy'
      readonly name: string
      readonly from: ReleaseTag
      readonly to: ReleaseTag
      readonly isGone: boolean
      /** Whether it says anything else than the release that it is a copy of. */
      readonly isChanged: boolean
    }
  /** A variable that the release gives no value any more. */
  | { readonly code: 'playbook-variable'; readonly name: string; readonly release: ReleaseTag }

/** One of these, where it stands. */
export interface PlaybookFinding {
  readonly facts: PlaybookFacts
  readonly severity: 'error' | 'warning' | 'notice'
  readonly file: string
  readonly line: number
}

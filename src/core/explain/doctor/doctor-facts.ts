import type { Layout } from '../../layout/layout.ts'
import type { Problem } from '../../model/problem.ts'
import type { Base } from '../../series/series.ts'

/** What was seen of a clone and of the machine it is on. Whatever is absent was not looked at. */
export interface DoctorFacts {
  /** The clone as it was named. */
  readonly repo: string
  readonly node: { readonly version: string; readonly needed: string }
  /** Its version; `undefined` where no git is installed. */
  readonly git: string | undefined
  /** Why the clone cannot be opened, or the clone. */
  readonly clone: { readonly problem: Problem } | CloneFacts | undefined
  readonly cache: CacheFacts
  readonly actions: ActionsFacts
}

export interface CloneFacts {
  readonly gitDir: string
  readonly isBare: boolean
  readonly isShallow: boolean
  /** Remotes that were cloned without all objects. */
  readonly partial: readonly string[]
  /** `isBeside`: it is no fork, so its own tags name no release, and upstream's are those that are kept. */
  readonly tags: { readonly count: number; readonly newest?: string; readonly isBeside?: boolean }
  readonly remotes: readonly RemoteFacts[]
  /** Files and folders that a branch is written to and that may not be written. */
  readonly notWritable: readonly string[]
  /** Locks that another git, or one that was killed, left there. */
  readonly locks: readonly string[]
  /** A merge, a rebase or the like that is under way. */
  readonly underWay: readonly string[]
  /** Branches of ours that are checked out somewhere, with where. */
  readonly checkedOut: readonly { readonly branch: string; readonly path: string }[]
  readonly settings:
    { readonly branch: string; readonly kind: 'none' | 'fine' } | { readonly problems: readonly Problem[] }
  readonly fork:
    | { readonly problems: readonly Problem[] }
    | { readonly notLooked: 'no-tags' | 'shallow' }
    | { readonly forks: readonly ForkFacts[] }
}

export interface RemoteFacts {
  readonly name: string
  /** Without the password that may be in it. */
  readonly url: string
  readonly role: 'upstream' | 'fork' | 'other'
  /** Absent where nobody asked. */
  readonly reachable?: true | { readonly why: string }
}

/** One, or one for each of several clusters. */
export interface ForkFacts {
  readonly cluster?: string
  readonly branch: string
  readonly base: Base
  readonly layout: Layout
  readonly patches: number
  readonly ownFiles: number
}

export interface CacheFacts {
  readonly folder: string
  readonly isWritable: boolean
  /** When upstream's history was fetched, in days ago; absent where it is not kept. */
  readonly daysOld?: number
}

/** What GitHub says of the settings of Actions, or why it was not asked. */
export type ActionsFacts =
  | { readonly kind: 'not-asked'; readonly why: 'no-token' | 'no-repository' }
  | { readonly kind: 'no-answer'; readonly repository: string; readonly why: string }
  | {
      readonly kind: 'answered'
      readonly repository: string
      readonly mayWrite: boolean
      readonly mayOpenPullRequests: boolean
    }

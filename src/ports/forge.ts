import type { Oid } from '../core/model/oid.ts'

/*
 * What the app asks of the place where people meet over a repository. One interface a role; a `Forge` is all of them for
 * one repository. Throughout: what does not exist (any more) is `undefined`; what a person can mend (a missing
 * permission, issues switched off, a protected branch) rejects with a `Refusal`; an update writes whenever it is
 * called, so compare first. A forge is opened for one piece of work: repository, pull requests and our own issue may be answered
 * as they were when first asked for, but for what was changed through it. Bodies hold at most `BODY_LIMIT` characters, a longer one rejects.
 */

/** GitHub's own limit for the body of a pull request, issue or comment. */
export const BODY_LIMIT = 65_536

export interface Forge {
  readonly repository: Repository
  readonly pullRequests: PullRequests
  readonly comments: Comments
  readonly lineComments: LineComments
  readonly reactions: Reactions
  readonly labels: Labels
  readonly checks: Checks
  readonly issues: Issues
  readonly permissions: Permissions
  readonly releases: Releases
}

export interface RepositoryName {
  readonly owner: string
  readonly name: string
}

/** Someone on the forge; `us` is the account this program acts as. */
export interface Account {
  readonly login: string
  readonly kind: 'person' | 'bot' | 'us'
}

interface Repository {
  /** What is known of the repository; one that is gone or out of our sight is `undefined`. */
  read(): Promise<RepositoryFacts | undefined>
  /**
   * A mark of the repository's settings and of the talk named. Whatever is done there by anybody gives another one, within
   * the second that GitHub's clock shows; one may come without cause. `undefined`: the repository is gone.
   */
  mark(talk: TalkOf): Promise<string | undefined>
}

/** Pull requests whose branch begins so, and issues with this label. */
export interface TalkOf {
  readonly branchPrefix: string
  readonly label: string
}

export interface RepositoryFacts extends RepositoryName {
  /** The branch's short name; empty where there is no commit yet. */
  readonly defaultBranch: string
  readonly archived: boolean
  readonly private: boolean
  /** Forks have issues switched off unless someone turned them on. */
  readonly issues: boolean
  /** Where it was forked from. */
  readonly parent?: RepositoryName
}

export interface PullRequest {
  readonly number: number
  readonly title: string
  readonly body: string
  readonly state: 'open' | 'closed' | 'merged'
  readonly draft: boolean
  readonly author: Account
  readonly labels: readonly string[]
  readonly url: string
  /** The branch and the commit it stood on when last seen. `elsewhere`: it lies in another repository. */
  readonly head: { readonly branch: string; readonly oid: Oid; readonly elsewhere: boolean }
  readonly base: { readonly branch: string; readonly oid: Oid }
}

export interface PullRequests {
  /** Those from this branch of this very repository (never a fork's branch of that name), the newest first. */
  from(branch: string): Promise<readonly PullRequest[]>
  /** Every open one whose branch lies in this repository and begins so. */
  openUnder(branchPrefix: string): Promise<readonly PullRequest[]>
  read(number: number): Promise<PullRequest | undefined>
  /** Opens one. Rejects when there is an open one already, or nothing to merge. */
  open(request: NewPullRequest): Promise<PullRequest>
  update(number: number, change: PullRequestChange): Promise<void>
  /** Asks these people for a review; those who cannot be asked (no access, the author) are left out. */
  askForReview(number: number, logins: readonly string[]): Promise<void>
  /** Assigns it to these people; those whom it cannot be assigned to are left out. */
  assign(number: number, logins: readonly string[]): Promise<void>
}

export interface NewPullRequest {
  readonly title: string
  readonly body: string
  /** Both by short name, both of this repository. */
  readonly branch: string
  readonly onto: string
  readonly draft: boolean
}

export interface PullRequestChange {
  readonly title?: string
  readonly body?: string
  readonly draft?: boolean
  readonly state?: 'open' | 'closed'
}

/** A comment in the talk of a pull request or issue. */
export interface Comment {
  readonly id: number
  /** The pull request or issue it stands under. */
  readonly number: number
  readonly author: Account
  readonly body: string
  readonly url: string
  /** Whether it says something else than what was written first; one that was hidden or pinned says the same. */
  readonly edited: boolean
}

/** Comments of pull requests and issues, which share their numbers. */
export interface Comments {
  /** All of them, the oldest first. */
  on(number: number): Promise<readonly Comment[]>
  /**
   * Those of a talk of ours, as they were when first asked for: the last ones of each thread, open or not, and all of them where
   * there are so many that one of them may wait further up.
   */
  lately(talk: TalkOf): Promise<readonly Comment[]>
  read(id: number): Promise<Comment | undefined>
  add(number: number, body: string): Promise<Comment>
  update(id: number, body: string): Promise<void>
}

/** Comments at lines of the files that a pull request changes. */
export interface LineComments {
  /** Ours on a pull request, whatever became of their lines since. */
  ours(number: number): Promise<readonly LineComment[]>
  /** Puts one there; `false` where those lines are not among what the pull request shows. */
  add(number: number, comment: NewLineComment): Promise<boolean>
}

interface LineComment {
  readonly path: string
  readonly body: string
}

export interface NewLineComment extends LineComment {
  /** The head's commit that the lines are of, and the first and the last of them, counted from 1. */
  readonly at: Oid
  readonly from: number
  readonly to: number
}

export interface Reactions {
  /** Reacts to a comment; `false` where we had done so before. */
  add(comment: number, reaction: Reaction): Promise<boolean>
}

type Reaction = 'eyes' | 'rocket' | 'confused' | '+1' | '-1'

export interface Labels {
  /** Puts labels on a pull request or issue, creating those the repository does not have yet. */
  add(number: number, labels: readonly string[]): Promise<void>
  /** Takes one off; nothing happens where it is not on. */
  remove(number: number, label: string): Promise<void>
}

export interface Checks {
  /** Our newest check of this name at a commit. */
  find(at: Oid, name: string): Promise<Check | undefined>
  /** Says how a check stands. The same report twice writes once; `false` where nothing had to be written. */
  report(report: CheckReport): Promise<boolean>
  /** Says once more how our newest check of this name stands, because somebody asked for a re-run; nothing where there is none. */
  repeat(at: Oid, name: string): Promise<void>
}

export interface Check {
  readonly id: number
  readonly name: string
  readonly at: Oid
  readonly state: CheckState
  readonly title: string
  readonly summary: string
}

export type CheckState = 'queued' | 'running' | 'success' | 'failure' | 'neutral' | 'action-required'

export interface CheckReport {
  readonly name: string
  readonly at: Oid
  readonly state: CheckState
  readonly title: string
  /** Markdown, at most 65,535 characters, as `text` is. */
  readonly summary: string
  readonly text?: string
  readonly annotations: readonly Annotation[]
  /** Buttons, three at most. */
  readonly actions: readonly CheckAction[]
}

/** A sentence at a line of a file of the commit that is checked. */
export interface Annotation {
  readonly path: string
  readonly line: number
  readonly severity: 'notice' | 'warning' | 'failure'
  readonly title: string
  readonly message: string
}

interface CheckAction {
  /** At most 20 characters, as the label; the description 40. */
  readonly id: string
  readonly label: string
  readonly description: string
}

export interface Issue {
  readonly number: number
  readonly title: string
  readonly body: string
  readonly state: 'open' | 'closed'
  readonly author: Account
  readonly labels: readonly string[]
  readonly url: string
  /** Who changed its text last, as far as that is told: not where it was read by its number. */
  readonly editor?: Account
}

/** Issues of ours: the dashboard. */
export interface Issues {
  /** Our own issue with this label, an open one before a closed one, then the oldest; people's issues never count. */
  ours(label: string): Promise<Issue | undefined>
  read(number: number): Promise<Issue | undefined>
  /** Rejects with `issues-disabled` where the repository has issues switched off. */
  open(issue: { readonly title: string; readonly body: string; readonly label: string }): Promise<Issue>
  update(
    number: number,
    change: { readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' },
  ): Promise<void>
}

/** What someone may do in the repository, from nothing to everything. */
export const ACCESS = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const
export type Access = (typeof ACCESS)[number]

export interface Permissions {
  /** What a person may do here; someone unknown may what the public may. */
  of(login: string): Promise<Access>
  /** What was granted to us, by GitHub's names (`contents`, `workflows`): older installations lack newer ones. */
  ours(): Promise<ReadonlyMap<string, 'read' | 'write'>>
}

export interface Release {
  readonly tag: string
  readonly title: string
  readonly notes: string
  readonly url: string
  /** Milliseconds since 1970; absent where that is not told. */
  readonly publishedAt?: number
}

export interface Releases {
  /** The published release of a tag; a tag may have none. */
  of(tag: string): Promise<Release | undefined>
  /**
   * Whether tags may have come, gone or moved since the look that gave this mark; costs nothing where none did.
   * Without a mark: `changed` is true.
   */
  look(mark?: string): Promise<{ readonly mark: string; readonly changed: boolean }>
}

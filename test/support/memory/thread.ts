import type { Oid } from '../../../src/core/model/oid.ts'
import { type Account, type TalkOf, type Forge, type Comment, BODY_LIMIT } from '../../../src/ports/forge.ts'

/** A pull request or an issue: both are talks under one numbering. */
export interface Thread {
  readonly number: number
  readonly author: Account
  readonly url: string
  title: string
  body: string
  state: 'open' | 'closed' | 'merged'
  labels: readonly string[]
  /** Who changed its text last. */
  editor?: Account | undefined
  /** Only for a pull request. */
  readonly pull?: PullThread
}

export interface Threads extends Pick<
  Forge,
  'pullRequests' | 'comments' | 'reactions' | 'labels' | 'issues'
> {
  /** Starts a talk; whoever it is. */
  start(this: void, thread: Pick<Thread, 'author' | 'title' | 'body' | 'labels' | 'pull'>): Thread
  get(this: void, number: number): Thread
  say(this: void, number: number, author: Account, body: string): Comment
  /** Everything of these talks. */
  all(this: void, talk: TalkOf): readonly unknown[]
}

/** GitHub's limits: a title is there and at most 256 characters, a body at most 65,536. */
export function checkText(title: string, body: string): void {
  if (title.trim() === '' || title.length > 256) throw new Error(`a title of ${title.length} characters`)
  if (body.length > BODY_LIMIT)
    throw new Error(`a body of ${body.length} characters, ${BODY_LIMIT} are allowed`)
}

/** What a pull request is beyond its talk. */
export interface PullThread {
  readonly branch: string
  readonly onto: string
  readonly elsewhere: boolean
  draft: boolean
  /** Where both stood when last seen; a branch that is gone stays where it was. */
  head: Oid
  base: Oid
  reviewers: readonly string[]
  assignees?: readonly string[]
}

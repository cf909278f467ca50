import type { Oid } from '../../../src/core/model/oid.ts'
import type { Access, Account } from '../../../src/ports/forge.ts'
import { branchHead, pullRequestOf } from './memory-pull-requests.ts'
import type { ForgeState } from './forge-state.ts'
import type { Threads } from './thread.ts'

/** What people do on the forge while we look on. Every one acts under a login. */
export interface People {
  /** Comments on a pull request or issue; returns the comment's id. */
  comment(login: string, number: number, body: string): Promise<number>
  /** Opens an issue; returns its number. */
  openIssue(login: string, issue: { title: string; body: string; label?: string }): Promise<number>
  /** Opens a pull request, possibly from a branch of that name in a fork of their own; returns its number. */
  openPullRequest(
    login: string,
    request: { title: string; body: string; branch: string; onto: string; elsewhere?: true },
  ): Promise<number>
  /** Without a login it is not told who did it. */
  edit(number: number, change: { title?: string; body?: string }, login?: string): Promise<void>
  close(number: number): Promise<void>
  reopen(number: number): Promise<void>
  /** Merges a pull request whose branch stands on its base; returns the commit the base stands on then. */
  merge(number: number, how?: 'merge' | 'squash'): Promise<Oid>
  /** Gives a login this access. */
  grant(login: string, access: Access): Promise<void>
}

export function memoryPeople(state: ForgeState, threads: Threads): People {
  const { start, get, say } = threads
  return {
    comment: async (login, number, body) => say(number, account(login), body).id,
    openIssue: async (login, { title, body, label }) =>
      start({ author: account(login), title, body, labels: label ? [label] : [] }).number,
    openPullRequest: async (login, { title, body, branch, onto, elsewhere = false }) => {
      const base = await headOf(state, onto)
      const head = elsewhere ? base : await headOf(state, branch)
      const pull = { branch, onto, elsewhere, draft: false, head, base, reviewers: [] }
      return start({ author: account(login), title, body, labels: [], pull }).number
    },
    edit: async (number, change, login) => {
      const editor = login === undefined ? undefined : account(login)
      Object.assign(get(number), change, change.body !== undefined && { editor })
    },
    close: async (number) => {
      const thread = get(number)
      // The last look before it is frozen.
      if (thread.pull) await pullRequestOf(state, thread)
      thread.state = 'closed'
    },
    reopen: async (number) => void (get(number).state = 'open'),
    merge: async (number, how = 'merge') => {
      const thread = get(number)
      const { head, base, title } = await pullRequestOf(state, thread)
      const to = await mergeCommit(state, {
        head: head.oid,
        base: base.oid,
        how,
        message: `${title} (#${number})`,
      })
      if (!(await state.objects.moveRef({ name: `refs/heads/${base.branch}`, from: base.oid, to })))
        throw new Error(`${base.branch} moved while ${number} was merged`)
      thread.state = 'merged'
      return to
    },
    grant: async (login, access) => void state.access.set(login, access),
  }
}

function account(login: string): Account {
  return { login, kind: login.endsWith('[bot]') ? 'bot' : 'person' }
}

async function headOf(state: ForgeState, branch: string): Promise<Oid> {
  const head = await branchHead(state, branch)
  if (!head) throw new Error(`there is no branch ${branch}`)
  return head
}

async function mergeCommit(
  { objects }: ForgeState,
  merge: { head: Oid; base: Oid; how: 'merge' | 'squash'; message: string },
): Promise<Oid> {
  const { head, base, how, message } = merge
  if ((await objects.mergeBase(head, base)) !== base)
    throw new Error('the branch does not stand on its base, and merging text is not this forge’s work')
  const commit = (await objects.readCommits([head])).get(head)
  if (!commit) throw new Error(`there is no commit ${head}`)
  const parents = how === 'merge' ? [base, head] : [base]
  return objects.writeCommit({
    tree: commit.tree,
    parents,
    author: commit.author,
    committer: commit.committer,
    message,
  })
}

import type { Oid } from '../../../src/core/model/oid.ts'
import type { NewPullRequest, PullRequest, PullRequests } from '../../../src/ports/forge.ts'
import { US, type ForgeState } from './forge-state.ts'
import { checkText, type PullThread, type Threads, type Thread } from './thread.ts'

type Book = Pick<Threads, 'start' | 'get'> & { all(this: void): readonly Thread[] }

export function memoryPullRequests(state: ForgeState, book: Book): PullRequests {
  const pulls = () => book.all().filter((thread) => thread.pull && !thread.pull.elsewhere)
  const show = async (threads: readonly Thread[]) =>
    Promise.all(threads.map((thread) => pullRequestOf(state, thread)))
  return {
    from: async (branch) =>
      show(
        pulls()
          .filter((each) => each.pull?.branch === branch)
          .reverse(),
      ),
    openUnder: async (prefix) =>
      show(pulls().filter((each) => each.state === 'open' && each.pull?.branch.startsWith(prefix))),
    read: async (number) => {
      const thread = book.all().find((each) => each.number === number && each.pull)
      return thread && pullRequestOf(state, thread)
    },
    open: async (request) => {
      const pull = await checkedPull(state, request)
      const twin = pulls().find((each) => each.state === 'open' && samePlace(each.pull, pull))
      if (twin) throw new Error(`pull request ${twin.number} is open from ${request.branch} already`)
      const { title, body } = request
      return pullRequestOf(state, book.start({ author: US, title, body, labels: [], pull }))
    },
    update: async (number, { draft, ...change }) => {
      const thread = book.get(number)
      if (!thread.pull) throw new Error(`${number} is no pull request`)
      checkText(change.title ?? thread.title, change.body ?? '')
      if (thread.state === 'merged' && change.state) throw new Error(`pull request ${number} is merged`)
      Object.assign(thread, change)
      if (draft !== undefined) thread.pull.draft = draft
    },
    askForReview: async (number, logins) => {
      const thread = book.get(number)
      const able = logins.filter((login) => login !== thread.author.login && state.access.has(login))
      if (thread.pull) thread.pull.reviewers = [...new Set([...thread.pull.reviewers, ...able])]
    },
    assign: async (number, logins) => {
      const thread = book.get(number)
      const able = logins.filter((login) => state.access.has(login))
      if (thread.pull) thread.pull.assignees = [...new Set([...(thread.pull.assignees ?? []), ...able])]
    },
  }
}

/** A pull request as it stands now: while it is open its branches move with the refs. */
export async function pullRequestOf(state: ForgeState, thread: Thread): Promise<PullRequest> {
  const { pull, number, title, body, author, labels, url } = thread
  if (!pull) throw new Error(`${number} is no pull request`)
  if (thread.state === 'open') {
    pull.head = (await branchHead(state, pull.branch)) ?? pull.head
    pull.base = (await branchHead(state, pull.onto)) ?? pull.base
  }
  return {
    number,
    title,
    body,
    author,
    labels,
    url,
    state: thread.state,
    draft: pull.draft,
    head: { branch: pull.branch, oid: pull.head, elsewhere: pull.elsewhere },
    base: { branch: pull.onto, oid: pull.base },
  }
}

export async function branchHead(state: ForgeState, branch: string): Promise<Oid | undefined> {
  const name = `refs/heads/${branch}`
  return (await state.objects.listRefs(name)).get(name)
}

async function checkedPull(state: ForgeState, request: NewPullRequest): Promise<PullThread> {
  const { branch, onto, draft } = request
  const head = await branchHead(state, branch)
  const base = await branchHead(state, onto)
  if (!head || !base) throw new Error(`there is no branch ${head ? onto : branch}`)
  if ((await state.objects.mergeBase(head, base)) === head)
    throw new Error(`${branch} has no commits that ${onto} has not`)
  return { branch, onto, elsewhere: false, draft, head, base, reviewers: [] }
}

function samePlace(a: PullThread | undefined, b: PullThread): boolean {
  return a?.branch === b.branch && a.onto === b.onto
}

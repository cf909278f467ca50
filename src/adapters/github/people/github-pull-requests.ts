import type { Oid } from '../../../core/model/oid.ts'
import { Refusal } from '../../../core/model/problem.ts'
import type { NewPullRequest, PullRequest, PullRequestChange, PullRequests } from '../../../ports/forge.ts'
import { readAccount, type GivenUser } from './read-account.ts'
import { GitHubFailure } from '../api/failure-of.ts'
import { ifReallyFound } from '../api/if-found.ts'
import type { Known, KnownPulls } from './known-pulls.ts'
import type { Parameters } from '../api/github-api.ts'
import type { RepositoryApi } from '../api/repository-api.ts'

interface PullRequestOptions {
  readonly login: string
  readonly known: KnownPulls
  /** Hears that somebody else has opened what we were about to open, and may have done more. */
  onOvertaken(this: void): void
}

export function githubPullRequests(
  api: RepositoryApi,
  { login, known, onOvertaken }: PullRequestOptions,
): PullRequests {
  const { owner } = api.repository
  const read = (given: GivenPull) => readPullRequest(given, login)
  const list = (which: Parameters) => api.list<GivenPull>('GET /pulls', which)
  return {
    from: async (branch) => {
      const found = await known.from(branch)
      if (found) return ownBranches(found)
      const given = await list({ state: 'all', head: `${owner}:${branch}` })
      return ownBranches(given.map(read)).sort((a, b) => b.number - a.number)
    },
    openUnder: async (prefix) => {
      const open = (await known.open()) ?? (await list({ state: 'open' })).map(read)
      return ownBranches(open).filter(({ head }) => head.branch.startsWith(prefix))
    },
    read: async (number) => {
      const given = await ifReallyFound(() => api.request<GivenPull>('GET /pulls/{number}', { number }), api)
      return given && read(given.data)
    },
    open: async ({ branch, onto, ...request }: NewPullRequest) => {
      const asked = api.request<GivenPull>('POST /pulls', { ...request, head: branch, base: onto })
      asked.catch(onOvertaken)
      const opened = read((await asked).data)
      await known.add(opened)
      return opened
    },
    update: async (number, change) => {
      const asked = update(api, number, change)
      // It may have been done, and only the answer is wrong.
      asked.catch(() => known.forget())
      await asked
      await known.change(number, change)
    },
    assign: (number, logins) => assign(api, number, logins),
    askForReview: (number, logins) => askForReview(api, number, logins),
  }
}

/** The open ones over REST: what is left where GraphQL gives not even one of them. */
export async function pullsByRest(api: RepositoryApi, login: string): Promise<Known> {
  const given = await api.list<GivenPull>('GET /pulls', { state: 'open' })
  return { open: given.map((each) => readPullRequest(each, login)), closed: [], isWhole: false }
}

interface GivenPull {
  readonly node_id: string
  readonly number: number
  readonly title: string
  readonly body: string | null
  readonly state: 'open' | 'closed'
  readonly merged_at: string | null
  readonly draft?: boolean
  readonly user: GivenUser | null
  readonly labels: readonly { readonly name: string }[]
  readonly html_url: string
  /** `repo` is `null` once a fork is gone. */
  readonly head: { readonly ref: string; readonly sha: Oid; readonly repo: { readonly id: number } | null }
  readonly base: { readonly ref: string; readonly sha: Oid; readonly repo: { readonly id: number } }
}

function readPullRequest(given: GivenPull, login: string): PullRequest {
  return {
    number: given.number,
    title: given.title,
    body: given.body ?? '',
    state: given.merged_at === null ? given.state : 'merged',
    draft: given.draft ?? false,
    author: readAccount(given.user, login),
    labels: given.labels.map(({ name }) => name),
    url: given.html_url,
    head: {
      branch: given.head.ref,
      oid: given.head.sha,
      elsewhere: given.head.repo?.id !== given.base.repo.id,
    },
    base: { branch: given.base.ref, oid: given.base.sha },
  }
}

/** GitHub finds heads by the owner's name; another repository of the same owner could hold a branch of that name. */
function ownBranches(pulls: readonly PullRequest[]): PullRequest[] {
  return pulls.filter(({ head }) => !head.elsewhere)
}

const TO_DRAFT =
  'mutation($input: ConvertPullRequestToDraftInput!) { convertPullRequestToDraft(input: $input) { clientMutationId } }'
const TO_READY =
  'mutation($input: MarkPullRequestReadyForReviewInput!) { markPullRequestReadyForReview(input: $input) { clientMutationId } }'

async function update(
  api: RepositoryApi,
  number: number,
  { draft, ...change }: PullRequestChange,
): Promise<void> {
  if (Object.keys(change).length > 0) await api.request('PATCH /pulls/{number}', { number, ...change })
  if (draft === undefined) return
  // REST cannot turn a pull request into a draft or back.
  const { data } = await api.request<GivenPull>('GET /pulls/{number}', { number })
  if (data.draft === draft) return
  try {
    await api.mutate(draft ? TO_DRAFT : TO_READY, { pullRequestId: data.node_id })
  } catch (error) {
    // That takes more than the rest (argo-workflows#16639), and plans without drafts have none. It is for show: what is left to do
    // stands in the check.
    if (!(error instanceof Refusal) && !(error instanceof GitHubFailure)) throw error
  }
}

/** GitHub leaves out whom it cannot be assigned to, and says nothing of it. */
async function assign(api: RepositoryApi, number: number, logins: readonly string[]): Promise<void> {
  if (logins.length === 0) return
  await api.request('POST /issues/{number}/assignees', { number, assignees: logins })
}

/** One person who cannot be asked makes GitHub refuse all, so then they are asked one by one. */
async function askForReview(api: RepositoryApi, number: number, logins: readonly string[]): Promise<void> {
  if (logins.length === 0) return
  try {
    await api.request('POST /pulls/{number}/requested_reviewers', { number, reviewers: logins })
  } catch (error) {
    if (!(error instanceof GitHubFailure) || error.status !== 422) throw error
    if (logins.length > 1) for (const login of logins) await askForReview(api, number, [login])
  }
}

import type { Comment, Issue, Issues, Labels } from '../../ports/forge.ts'
import { readAccount, readActor, type GivenActor, type GivenUser } from './accounts.ts'
import { GitHubFailure } from './failures.ts'
import { ifFound, unlessDisabled } from './found.ts'
import { COMMENT_FIELDS, readComments, type GivenComments } from './given-comments.ts'
import type { RepositoryApi } from './repository-api.ts'

/** Our own issues as they were when first asked for: at the beginning of a job, with all else that it asks. */
export class KnownIssues {
  readonly #api: RepositoryApi
  readonly #login: string
  readonly #known = new Map<string, Promise<Found>>()

  constructor(api: RepositoryApi, login: string) {
    this.#api = api
    this.#login = login
  }

  find(label: string): Promise<Found> {
    const asked = this.#known.get(label) ?? findOurs(this.#api, { label, login: this.#login })
    this.#known.set(label, asked)
    asked.catch(() => this.#known.delete(label))
    return asked
  }

  forget(): void {
    this.#known.clear()
  }

  /** The last comments under those that were found. */
  async comments(): Promise<readonly Comment[]> {
    return (await Promise.all(this.#known.values())).flatMap(({ comments }) => comments)
  }
}

export function githubIssues(api: RepositoryApi, login: string, known: KnownIssues): Issues {
  const read = (given: GivenIssue) => readIssue(given, login)
  return {
    ours: async (label) => (await known.find(label)).issue,
    read: async (number) => {
      const given = await ifFound(api.request<GivenIssue>('GET /issues/{number}', { number }))
      return given && !given.data.pull_request ? read(given.data) : undefined
    },
    open: async ({ title, body, label }) => {
      const { data } = await api.request<GivenIssue>('POST /issues', { title, body, labels: [label] })
      known.forget()
      return read(data)
    },
    update: async (number, change) => {
      await api.request('PATCH /issues/{number}', { number, ...change })
      known.forget()
    },
  }
}

export function githubLabels(api: RepositoryApi): Labels {
  return {
    add: async (number, labels) => {
      // GitHub makes a label that it does not know.
      if (labels.length > 0) await api.request('POST /issues/{number}/labels', { number, labels })
    },
    remove: async (number, label) => {
      try {
        await api.request('DELETE /issues/{number}/labels/{label}', { number, label })
      } catch (error) {
        if (!(error instanceof GitHubFailure) || error.status !== 404) throw error
      }
    },
  }
}

interface GivenIssue {
  readonly number: number
  readonly title: string
  readonly body?: string | null
  readonly state: string
  readonly user: GivenUser | null
  readonly labels: readonly (string | { readonly name?: string })[]
  readonly html_url: string
  /** To GitHub a pull request is an issue with this beside it. */
  readonly pull_request?: object
}

/** The oldest open one of ours, else the oldest. Where issues are switched off there are none. */
async function findOurs(
  api: RepositoryApi,
  { label, login }: { readonly label: string; readonly login: string },
): Promise<Found> {
  const which = `labels: [${JSON.stringify(label)}], first: 100, orderBy: { field: CREATED_AT, direction: ASC }`
  const fields =
    'number title body state url author { __typename login } labels(first: 20) { nodes { name } } ' +
    COMMENT_FIELDS
  const answer = await unlessDisabled(
    api.select<GivenIssues>(`hasIssuesEnabled issues(${which}) { nodes { ${fields} } }`),
  )
  const nodes = answer?.hasIssuesEnabled ? answer.issues.nodes : []
  const ours = nodes
    .map((given) => ({ issue: readNode(given, login), given }))
    .filter(({ issue }) => issue.author.kind === 'us')
  const found = ours.find(({ issue }) => issue.state === 'open') ?? ours[0]
  if (!found) return { comments: [] }
  const { issue, given } = found
  return { issue, comments: readComments(given.comments, { number: issue.number, login }) }
}

interface Found {
  readonly issue?: Issue
  readonly comments: readonly Comment[]
}

interface GivenIssues {
  readonly hasIssuesEnabled: boolean
  readonly issues: { readonly nodes: readonly GivenNode[] }
}

interface GivenNode {
  readonly number: number
  readonly title: string
  readonly body: string
  readonly state: 'OPEN' | 'CLOSED'
  readonly url: string
  readonly author: GivenActor | null
  readonly labels: { readonly nodes: readonly { readonly name: string }[] } | null
  readonly comments: GivenComments
}

function readNode({ number, title, body, state, url, author, labels }: GivenNode, login: string): Issue {
  return {
    ...{ number, title, body, url },
    state: state === 'OPEN' ? 'open' : 'closed',
    author: readAccount(readActor(author), login),
    labels: (labels?.nodes ?? []).map(({ name }) => name),
  }
}

function readIssue({ number, title, body, state, user, labels, html_url }: GivenIssue, login: string): Issue {
  return {
    ...{ number, title, body: body ?? '', url: html_url },
    state: state === 'open' ? 'open' : 'closed',
    author: readAccount(user, login),
    labels: labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
  }
}

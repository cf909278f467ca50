import type { Issue, Issues, Labels } from '../../ports/forge.ts'
import { readAccount, type GivenUser } from './accounts.ts'
import { GitHubFailure } from './failures.ts'
import { ifFound, unlessDisabled } from './found.ts'
import type { RepositoryApi } from './repository-api.ts'

export function githubIssues(api: RepositoryApi, login: string): Issues {
  const read = (given: GivenIssue) => readIssue(given, login)
  return {
    ours: async (label) => {
      const all = await listIssues(api, label)
      const ours = all
        .filter((each) => !each.pull_request)
        .map(read)
        .filter(({ author }) => author.kind === 'us')
      return ours.find(({ state }) => state === 'open') ?? ours[0]
    },
    read: async (number) => {
      const given = await ifFound(api.request<GivenIssue>('GET /issues/{number}', { number }))
      return given && !given.data.pull_request ? read(given.data) : undefined
    },
    open: async ({ title, body, label }) => {
      const { data } = await api.request<GivenIssue>('POST /issues', { title, body, labels: [label] })
      return read(data)
    },
    update: async (number, change) => {
      await api.request('PATCH /issues/{number}', { number, ...change })
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

/** The oldest first. Where issues are switched off there are none. */
async function listIssues(api: RepositoryApi, label: string): Promise<GivenIssue[]> {
  const parameters = { labels: label, state: 'all', direction: 'asc', sort: 'created' }
  return (await unlessDisabled(api.list<GivenIssue>('GET /issues', parameters))) ?? []
}

function readIssue({ number, title, body, state, user, labels, html_url }: GivenIssue, login: string): Issue {
  return {
    ...{ number, title, body: body ?? '', url: html_url },
    state: state === 'open' ? 'open' : 'closed',
    author: readAccount(user, login),
    labels: labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
  }
}

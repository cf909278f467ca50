import { optional } from '../../../core/model/defined.ts'
import type { Issue, Issues, Labels } from '../../../ports/forge.ts'
import { readAccount, readActor, type GivenActor, type GivenUser } from './read-account.ts'
import { GitHubFailure } from '../api/failure-of.ts'
import { ifReallyFound, unlessDisabled } from '../api/if-found.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { askForPage, isTooMuch } from '../api/sizes.ts'

/** Our own issues as they were when first asked for: at the beginning of a job, with all else that it asks. */
export class KnownIssues {
  readonly #api: RepositoryApi
  readonly #login: string
  readonly #known = new Map<string, Promise<Issue | undefined>>()

  constructor(api: RepositoryApi, login: string) {
    this.#api = api
    this.#login = login
  }

  find(label: string): Promise<Issue | undefined> {
    const asked = this.#known.get(label) ?? findOurs(this.#api, { label, login: this.#login })
    this.#known.set(label, asked)
    asked.catch(() => this.#known.delete(label))
    return asked
  }

  forget(): void {
    this.#known.clear()
  }
}

export function githubIssues(api: RepositoryApi, login: string, known: KnownIssues): Issues {
  const read = (given: GivenIssue) => readIssue(given, login)
  // Also after an answer that says that nothing was done: it may be the answer alone that is wrong.
  const forget = () => known.forget()
  return {
    ours: (label) => known.find(label),
    read: async (number) => {
      const given = await ifReallyFound(
        () => api.request<GivenIssue>('GET /issues/{number}', { number }),
        api,
      )
      return given && !given.data.pull_request ? read(given.data) : undefined
    },
    open: async ({ title, body, label }) => {
      const asked = api.request<GivenIssue>('POST /issues', { title, body, labels: [label] })
      const { data } = await asked.finally(forget)
      return read(data)
    },
    update: async (number, change) => {
      await api.request('PATCH /issues/{number}', { number, ...change }).finally(forget)
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
): Promise<Issue | undefined> {
  const found: Issue[] = []
  for (let after = ''; ;) {
    const page = await issuesPage(api, label, after).catch((error: unknown) => {
      if (isTooMuch(error)) return undefined
      throw error
    })
    if (!page) return pickOurs(await listByRest(api, { label, login }))
    if (!page.hasIssuesEnabled) return undefined
    found.push(...page.issues.nodes.map((given) => readNode(given, login)))
    if (!page.issues.pageInfo.hasNextPage) return pickOurs(found)
    after = `, after: ${JSON.stringify(page.issues.pageInfo.endCursor)}`
  }
}

function pickOurs(issues: readonly Issue[]): Issue | undefined {
  const ours = issues.filter(({ author }) => author.kind === 'us')
  return ours.find(({ state }) => state === 'open') ?? ours[0]
}

async function issuesPage(api: RepositoryApi, label: string, after: string): Promise<GivenIssues> {
  const fields =
    'number title body state url author { __typename login } editor { __typename login } labels(first: 20) { nodes { name } }'
  const none: GivenIssues = {
    hasIssuesEnabled: false,
    issues: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
  }
  const ask = async (size: number): Promise<GivenIssues> => {
    const which = `labels: [${JSON.stringify(label)}], first: ${size}${after}, orderBy: { field: CREATED_AT, direction: ASC }`
    const page = `hasIssuesEnabled issues(${which}) { nodes { ${fields} } pageInfo { hasNextPage endCursor } }`
    return (await unlessDisabled(api.select<GivenIssues>(page))) ?? none
  }
  const { owner, name } = api.repository
  return askForPage(api.sizes, 'issue', { what: `the issues of ${owner}/${name}`, ask })
}

/** The same over REST, a page of a hundred at once. */
async function listByRest(
  api: RepositoryApi,
  { label, login }: { readonly label: string; readonly login: string },
): Promise<readonly Issue[]> {
  const which = { labels: label, state: 'all', sort: 'created', direction: 'asc' }
  const all = (await unlessDisabled(api.list<GivenIssue>('GET /issues', which))) ?? []
  return all.filter((each) => !each.pull_request).map((each) => readIssue(each, login))
}

interface GivenIssues {
  readonly hasIssuesEnabled: boolean
  readonly issues: {
    readonly nodes: readonly GivenNode[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

interface GivenNode {
  readonly number: number
  readonly title: string
  readonly body: string
  readonly state: 'OPEN' | 'CLOSED'
  readonly url: string
  readonly author: GivenActor | null
  readonly editor: GivenActor | null
  readonly labels: { readonly nodes: readonly { readonly name: string }[] } | null
}

function readNode(
  { number, title, body, state, url, author, editor, labels }: GivenNode,
  login: string,
): Issue {
  return {
    number,
    title,
    body,
    url,
    state: state === 'OPEN' ? 'open' : 'closed',
    author: readAccount(readActor(author), login),
    labels: (labels?.nodes ?? []).map(({ name }) => name),
    ...optional(editor, (editor) => ({ editor: readAccount(readActor(editor), login) })),
  }
}

function readIssue({ number, title, body, state, user, labels, html_url }: GivenIssue, login: string): Issue {
  return {
    number,
    title,
    body: body ?? '',
    url: html_url,
    state: state === 'open' ? 'open' : 'closed',
    author: readAccount(user, login),
    labels: labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
  }
}

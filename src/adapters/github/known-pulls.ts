import type { Oid } from '../../core/model/oid.ts'
import { repositoryKey } from '../../core/model/repository-key.ts'
import type { Comment, PullRequest, PullRequestChange } from '../../ports/forge.ts'
import { readAccount, readActor, type GivenActor } from './accounts.ts'
import { COMMENT_FIELDS, readComments, type GivenComments } from './given-comments.ts'
import type { RepositoryApi } from './repository-api.ts'

/**
 * The pull requests of a repository as they were when first asked for: every open one, and of the closed ones the newest, without
 * their texts. A job asks for them again and again; what it changes itself it knows.
 */
export class KnownPulls {
  readonly #api: RepositoryApi
  readonly #login: string
  #known: Promise<Known | undefined> | undefined

  constructor(api: RepositoryApi, login: string) {
    this.#api = api
    this.#login = login
  }

  /** Every open one; `undefined` where there are more than one answer holds. */
  async open(): Promise<readonly PullRequest[] | undefined> {
    return (await this.#read())?.open
  }

  /** Those from a branch, the newest first; `undefined` where that cannot be told from what is known. */
  async from(branch: string): Promise<readonly PullRequest[] | undefined> {
    const known = await this.#read()
    if (!known?.open) return undefined
    const open = known.open.filter(({ head }) => head.branch === branch)
    const closed = known.closed.filter(({ head }) => head.branch === branch)
    // What is wanted of a closed one is in its text as well, and an older one may lie beyond.
    if (open.length === 0 && (closed.length > 0 || !known.isWhole)) return undefined
    return [...open, ...closed].sort((a, b) => b.number - a.number)
  }

  /** The last comments under the open ones. */
  async comments(): Promise<readonly Comment[]> {
    return (await this.#read())?.comments ?? []
  }

  async add(pull: PullRequest): Promise<void> {
    const known = await this.#known
    if (known?.open) this.#known = Promise.resolve({ ...known, open: [pull, ...known.open] })
  }

  async change(number: number, change: PullRequestChange): Promise<void> {
    const known = await this.#known
    if (!known?.open) return
    const open = known.open.map((each) => (each.number === number ? { ...each, ...change } : each))
    this.#known = change.state === undefined ? Promise.resolve({ ...known, open }) : undefined
  }

  /** Something is not as we know it. */
  forget(): void {
    this.#known = undefined
  }

  #read(): Promise<Known | undefined> {
    if (this.#known) return this.#known
    const asked = this.#ask()
    this.#known = asked
    asked.catch(() => (this.#known = undefined))
    return asked
  }

  async #ask(): Promise<Known | undefined> {
    const order = 'orderBy: { field: CREATED_AT, direction: DESC }'
    const answer = await this.#api.select<GivenPulls>(
      `open: pullRequests(states: [OPEN], first: ${OPEN_AT_ONCE}, ${order}) { nodes { ${FIELDS} body ${COMMENT_FIELDS} } pageInfo { hasNextPage } } ` +
        `closed: pullRequests(states: [CLOSED, MERGED], first: ${CLOSED_AT_ONCE}, ${order}) { nodes { ${FIELDS} } pageInfo { hasNextPage } }`,
    )
    if (!answer) return undefined
    const full = repositoryKey(this.#api.repository)
    const read = (given: GivenPull): PullRequest => readPull(given, { full, login: this.#login })
    return {
      ...(!answer.open.pageInfo.hasNextPage && { open: answer.open.nodes.map(read) }),
      closed: answer.closed.nodes.map(read),
      comments: answer.open.nodes.flatMap(({ number, comments }) =>
        readComments(comments, { number, login: this.#login }),
      ),
      isWhole: !answer.closed.pageInfo.hasNextPage,
    }
  }
}

/** A text is up to 64 kB long, and few repositories have more open than this. */
const OPEN_AT_ONCE = 30
const CLOSED_AT_ONCE = 100

interface Known {
  readonly open?: readonly PullRequest[]
  readonly closed: readonly PullRequest[]
  readonly comments: readonly Comment[]
  /** Whether these are all the closed ones there are. */
  readonly isWhole: boolean
}

interface GivenPulls {
  readonly open: GivenPage
  readonly closed: GivenPage
}

interface GivenPage {
  readonly nodes: readonly GivenPull[]
  readonly pageInfo: { readonly hasNextPage: boolean }
}

const FIELDS =
  'number title state isDraft url author { __typename login } labels(first: 20) { nodes { name } } headRefName headRefOid headRepository { name owner { login } } baseRefName baseRefOid'

interface GivenPull {
  readonly number: number
  readonly title: string
  readonly body?: string
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED'
  readonly isDraft: boolean
  readonly url: string
  readonly author: GivenActor | null
  readonly labels: { readonly nodes: readonly { readonly name: string }[] } | null
  readonly headRefName: string
  readonly headRefOid: Oid
  /** `null` once a fork is gone. */
  readonly headRepository: { readonly name: string; readonly owner: { readonly login: string } } | null
  readonly baseRefName: string
  readonly baseRefOid: Oid
  readonly comments?: GivenComments
}

const STATES = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const

function readPull(given: GivenPull, { full, login }: { full: string; login: string }): PullRequest {
  const { headRepository: from } = given
  return {
    ...{ number: given.number, title: given.title, body: given.body ?? '', url: given.url },
    state: STATES[given.state],
    draft: given.isDraft,
    author: readAccount(readActor(given.author), login),
    labels: (given.labels?.nodes ?? []).map(({ name }) => name),
    head: {
      branch: given.headRefName,
      oid: given.headRefOid,
      elsewhere: !from || repositoryKey({ owner: from.owner.login, name: from.name }) !== full,
    },
    base: { branch: given.baseRefName, oid: given.baseRefOid },
  }
}

import { optional } from '../../../core/model/defined.ts'
import type { Oid } from '../../../core/model/oid.ts'
import { repositoryKey } from '../../../core/model/repository-key.ts'
import type { PullRequest, PullRequestChange } from '../../../ports/forge.ts'
import { readAccount, readActor, type GivenActor } from './read-account.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { askForPage, isTooMuch } from '../api/sizes.ts'

/**
 * The pull requests of a repository as they were when first asked for: every open one, and of the closed ones the newest, without
 * their texts. A job asks for them again and again; what it changes itself it knows.
 */
export class KnownPulls {
  readonly #api: RepositoryApi
  readonly #login: string
  readonly #otherwise: () => Promise<Known>
  #known: Promise<Known> | undefined

  /** `otherwise`: the same by other questions, where one of these is too much for GitHub. */
  constructor(api: RepositoryApi, login: string, otherwise: () => Promise<Known>) {
    this.#api = api
    this.#login = login
    this.#otherwise = otherwise
  }

  /** Every open one; `undefined` where there are more than one answer holds. */
  async open(): Promise<readonly PullRequest[] | undefined> {
    return (await this.#read()).open
  }

  /** Those from a branch, the newest first; `undefined` where that cannot be told from what is known. */
  async from(branch: string): Promise<readonly PullRequest[] | undefined> {
    const known = await this.#read()
    if (!known.open) return undefined
    const open = known.open.filter(({ head }) => head.branch === branch)
    const closed = known.closed.filter(({ head }) => head.branch === branch)
    // What is wanted of a closed one is in its text as well, and an older one may lie beyond.
    if (open.length === 0 && (closed.length > 0 || !known.isWhole)) return undefined
    return [...open, ...closed].sort((a, b) => b.number - a.number)
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

  #read(): Promise<Known> {
    if (this.#known) return this.#known
    const asked = this.#ask()
    this.#known = asked
    asked.catch(() => (this.#known = undefined))
    return asked
  }

  async #ask(): Promise<Known> {
    const { owner, name } = this.#api.repository
    const full = repositoryKey(this.#api.repository)
    const read = (given: GivenPull): PullRequest => readPull(given, { full, login: this.#login })
    const open: GivenPull[] = []
    let closed: GivenPage | undefined
    let isMore = true
    for (let after = ''; isMore && open.length < MOST_OPEN;) {
      const ask = (size: number) => this.#api.select<GivenPulls>(pullsPage(size, after, closed === undefined))
      const what = `the open pull requests of ${owner}/${name}`
      let page: GivenPulls
      try {
        page = await askForPage(this.#api.sizes, 'pull', { what, ask })
      } catch (error) {
        if (!isTooMuch(error)) throw error
        return await this.#otherwise()
      }
      open.push(...page.open.nodes)
      closed ??= page.closed
      isMore = page.open.pageInfo.hasNextPage
      after = `, after: ${JSON.stringify(page.open.pageInfo.endCursor)}`
    }
    return {
      ...optional(!isMore, () => ({ open: open.map(read) })),
      closed: (closed?.nodes ?? []).map(read),
      isWhole: closed?.pageInfo.hasNextPage === false,
    }
  }
}

/** More are listed over REST when they are asked for. */
const MOST_OPEN = 100
/** Of closed ones neither texts nor comments are asked for. */
const CLOSED_AN_OPEN = 2

function pullsPage(size: number, after: string, isFirst: boolean): string {
  const order = 'orderBy: { field: CREATED_AT, direction: DESC }'
  const page = 'pageInfo { hasNextPage endCursor }'
  const open = `open: pullRequests(states: [OPEN], first: ${size}, ${order}${after}) { nodes { ${FIELDS} body } ${page} }`
  if (!isFirst) return open
  const which = `states: [CLOSED, MERGED], first: ${size * CLOSED_AN_OPEN}, ${order}`
  return `${open} closed: pullRequests(${which}) { nodes { ${FIELDS} } ${page} }`
}

/** The pull requests that are known, as they were. */
export interface Known {
  readonly open?: readonly PullRequest[]
  readonly closed: readonly PullRequest[]
  /** Whether these are all the closed ones there are. */
  readonly isWhole: boolean
}

interface GivenPulls {
  readonly open: GivenPage
  /** With the first page only. */
  readonly closed?: GivenPage
}

interface GivenPage {
  readonly nodes: readonly GivenPull[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

const FIELDS =
  'number title state isDraft url author { __typename login } labels(first: 10) { nodes { name } } headRefName headRefOid headRepository { name owner { login } } baseRefName baseRefOid'

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
}

const STATES = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const

function readPull(given: GivenPull, { full, login }: { full: string; login: string }): PullRequest {
  const { headRepository: from } = given
  return {
    number: given.number,
    title: given.title,
    body: given.body ?? '',
    url: given.url,
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

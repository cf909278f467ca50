import { repositoryKey } from '../../../core/model/repository-key.ts'
import type { Comment, TalkOf } from '../../../ports/forge.ts'
import { readAccount, readActor, type GivenActor } from './read-account.ts'
import { unread } from '../api/failure-of.ts'
import { unlessDisabled } from '../api/if-found.ts'
import { COMMENT_FIELDS, readComments, type GivenComments } from './given-comments.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { askForPage, askInBatches, isTooMuch } from '../api/sizes.ts'

interface TalkQuestion {
  readonly api: RepositoryApi
  /** The login we write under. */
  readonly login: string
  /** Every comment of a thread. */
  all(this: void, number: number): Promise<readonly Comment[]>
}

/**
 * The last comments under our pull requests, open or not, and under our issues of a label. What is open and the issues are one
 * question together with what else is asked in the same turn; closed ones are asked about where anybody ever said something.
 */
export async function readTalk(
  { api, login, all }: TalkQuestion,
  { branchPrefix, label }: TalkOf,
): Promise<readonly Comment[]> {
  const labels = `labels: [${JSON.stringify(label)}]`
  const [talked, closed, boards] = await Promise.all([
    readThreads<GivenPull>(api, {
      as: 'talked',
      list: 'pullRequests',
      which: 'states: [OPEN]',
      fields: PULL,
      most: OPEN,
    }),
    readClosed(api),
    readThreads<GivenThread>(api, {
      as: 'boards',
      list: 'issues',
      which: labels,
      fields: `number ${AUTHOR}`,
      most: ISSUES,
    }),
  ])
  const isOurs = ({ author }: GivenThread) => readAccount(readActor(author), login).kind === 'us'
  const ours = repositoryKey(api.repository)
  const isStep = (given: GivenPull) =>
    isOurs(given) && given.headRefName.startsWith(branchPrefix) && keyOf(given) === ours
  const open = [...talked.filter(isStep), ...boards.filter(isOurs)]
  const ended = closed.filter((each) => isStep(each) && each.comments.totalCount > 0)
  const threads = [...open, ...(await readEnded(api, ended))]
  const read = threads.map(async ({ number, comments }) =>
    // One that waits may stand above those that were asked for.
    !comments || comments.nodes.length < comments.totalCount
      ? all(number)
      : readComments(comments, { number, login }),
  )
  return (await Promise.all(read)).flat()
}

const AUTHOR = 'author { __typename login }'
const PULL = `number ${AUTHOR} headRefName headRepository { name owner { login } }`

/** As many as a fork ever has open, and as many as anybody may have written under since the last look. */
const OPEN = 30
const CLOSED = 50
const ISSUES = 10

interface GivenThread {
  readonly number: number
  readonly author: GivenActor | null
}

interface GivenPull extends GivenThread {
  readonly headRefName: string
  readonly headRepository: { readonly name: string; readonly owner: { readonly login: string } } | null
}

interface WithComments {
  /** Absent where they were too much to be asked for with their thread. */
  readonly comments?: GivenComments
}

type Counted = GivenPull & { readonly comments: { readonly totalCount: number } }

interface GivenPage<T> {
  readonly nodes: readonly T[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

interface Threads {
  /** What the list is called in the question, which shares a query with others. */
  readonly as: string
  readonly list: 'pullRequests' | 'issues'
  readonly which: string
  readonly fields: string
  readonly most: number
}

const NEWEST = 'orderBy: { field: UPDATED_AT, direction: DESC }'

/** The newest threads with their last comments; without them where even one with its comments is too much. */
async function readThreads<T extends GivenThread>(
  api: RepositoryApi,
  threads: Threads,
): Promise<readonly (T & WithComments)[]> {
  try {
    return await readPages<T & WithComments>(api, {
      ...threads,
      fields: `${threads.fields} ${COMMENT_FIELDS}`,
    })
  } catch (error) {
    if (!isTooMuch(error)) throw error
    return readPages<T & WithComments>(api, { ...threads, as: `${threads.as}Alone` })
  }
}

function readClosed(api: RepositoryApi): Promise<readonly Counted[]> {
  const fields = `${PULL} comments { totalCount }`
  const which = 'states: [CLOSED, MERGED]'
  return readPages<Counted>(api, { as: 'ended', list: 'pullRequests', which, fields, most: CLOSED })
}

async function readPages<T>(
  api: RepositoryApi,
  { as, list, which, fields, most }: Threads,
): Promise<readonly T[]> {
  const { owner, name } = api.repository
  const found: T[] = []
  for (let after = ''; ;) {
    const page = await askForPage(api.sizes, 'talk', {
      what: `what was said lately in ${owner}/${name}`,
      ask: async (size) => {
        const first = Math.min(size, most - found.length)
        const question = `${as}: ${list}(${which}, first: ${first}, ${NEWEST}${after}) { nodes { ${fields} } pageInfo { hasNextPage endCursor } }`
        const asked = api.select<Readonly<Record<string, GivenPage<T>>>>(question)
        return (await unlessDisabled(asked))?.[as]
      },
    })
    found.push(...(page?.nodes ?? []))
    if (!page?.pageInfo.hasNextPage || found.length >= most) return found
    after = `, after: ${JSON.stringify(page.pageInfo.endCursor)}`
  }
}

function keyOf({ headRepository: from }: GivenPull): string | undefined {
  return from ? repositoryKey({ owner: from.owner.login, name: from.name }) : undefined
}

async function readEnded(
  api: RepositoryApi,
  ended: readonly GivenThread[],
): Promise<readonly ({ readonly number: number } & WithComments)[]> {
  const found: ({ readonly number: number } & WithComments)[] = []
  await askInBatches(api.sizes, 'talk', {
    items: ended,
    ask: async (batch) => {
      const asked = batch.map(
        ({ number }) => `n${number}: pullRequest(number: ${number}) { ${COMMENT_FIELDS} }`,
      )
      const answer = await api.select<Readonly<Record<string, WithComments | null>>>(asked.join(' '))
      for (const { number } of batch) {
        const comments = answer[`n${number}`]?.comments
        if (!comments) throw unread(`the comments of #${number}`, api.now())
        found.push({ number, comments })
      }
    },
    alone: ({ number }) => Promise.resolve(void found.push({ number })),
  })
  return found
}

import type { Comment, Comments, Reactions } from '../../../ports/forge.ts'
import { readAccount, type GivenUser } from './read-account.ts'
import { ifReallyFound } from '../api/if-found.ts'
import { commentIdOf } from './given-comments.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { askForPage } from '../api/sizes.ts'

export function githubComments(api: RepositoryApi, login: string, lately: Comments['lately']): Comments {
  const read = (given: GivenComment, edited: ReadonlySet<number>): Comment => ({
    id: given.id,
    body: given.body ?? '',
    url: given.html_url,
    number: numberOf(given),
    author: readAccount(given.user, login),
    edited: edited.has(given.id),
  })
  return {
    on: async (number) => {
      const given = await api.list<GivenComment>('GET /issues/{number}/comments', { number })
      const edited = await editedOf(api, given)
      return given.map((each) => read(each, edited))
    },
    lately,
    read: async (id) => {
      const given = await ifReallyFound(
        () => api.request<GivenComment>('GET /issues/comments/{id}', { id }),
        api,
      )
      return given && read(given.data, await editedOf(api, [given.data]))
    },
    add: async (number, body) => {
      const { data } = await api.request<GivenComment>('POST /issues/{number}/comments', { number, body })
      return read(data, new Set())
    },
    update: async (id, body) => {
      await api.request('PATCH /issues/comments/{id}', { id, body })
    },
  }
}

export function githubReactions(api: RepositoryApi): Reactions {
  return {
    add: async (comment, content) => {
      const { status } = await api.request('POST /issues/comments/{comment}/reactions', { comment, content })
      // 200 says that this reaction of ours was there already.
      return status === 201
    },
  }
}

interface GivenComment {
  readonly id: number
  readonly user: GivenUser | null
  readonly body?: string
  readonly html_url: string
  readonly issue_url: string
  readonly created_at: string
  readonly updated_at: string
}

function numberOf({ issue_url }: GivenComment): number {
  return Number(issue_url.split('/').at(-1))
}

/**
 * Which comments of one thread were edited. REST tells when one was touched, which hiding and pinning do as well, and writing it
 * across the turn of a second; only GraphQL tells whether its text is another, so it is asked about those.
 */
async function editedOf(api: RepositoryApi, given: readonly GivenComment[]): Promise<ReadonlySet<number>> {
  const touched = new Set(given.filter((each) => each.updated_at !== each.created_at).map(({ id }) => id))
  const [first] = given
  if (!first || touched.size === 0) return touched
  const edited = new Set(touched)
  for (let after = ''; touched.size > 0;) {
    const found = await askForPage(api.sizes, 'history', {
      what: `the comments of #${numberOf(first)}`,
      ask: async (size) => {
        const comments = `comments(first: ${size}${after}) { nodes { url lastEditedAt } pageInfo { hasNextPage endCursor } }`
        const answer = await api.select<GivenThread>(
          `thread: issueOrPullRequest(number: ${numberOf(first)}) { ... on Issue { ${comments} } ... on PullRequest { ${comments} } }`,
        )
        return answer.thread?.comments
      },
    })
    for (const { url, lastEditedAt } of found?.nodes ?? []) {
      const id = commentIdOf(url)
      if (touched.delete(id) && lastEditedAt === null) edited.delete(id)
    }
    // What GitHub does not tell about is taken for edited: its author is asked to write it again, and nothing wrong is done.
    if (!found?.pageInfo.hasNextPage) break
    after = `, after: ${JSON.stringify(found.pageInfo.endCursor)}`
  }
  return edited
}

interface GivenThread {
  readonly thread: {
    readonly comments: {
      readonly nodes: readonly { readonly url: string; readonly lastEditedAt: string | null }[]
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
    }
  } | null
}

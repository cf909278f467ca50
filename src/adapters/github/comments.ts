import type { Comment, Comments, Reactions } from '../../ports/forge.ts'
import { readAccount, type GivenUser } from './accounts.ts'
import { ifFound } from './found.ts'
import type { RepositoryApi } from './repository-api.ts'

export function githubComments(api: RepositoryApi, login: string): Comments {
  const read = ({ id, user, body, html_url }: GivenComment): Comment => ({
    ...{ id, body: body ?? '', url: html_url },
    author: readAccount(user, login),
  })
  return {
    on: async (number) =>
      (await api.list<GivenComment>('GET /issues/{number}/comments', { number })).map(read),
    read: async (id) => {
      const given = await ifFound(api.request<GivenComment>('GET /issues/comments/{id}', { id }))
      return given && read(given.data)
    },
    add: async (number, body) => {
      const { data } = await api.request<GivenComment>('POST /issues/{number}/comments', { number, body })
      return read(data)
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
}

import type { Comment, Comments, Reactions } from '../../ports/forge.ts'
import { readAccount, type GivenUser } from './accounts.ts'
import { ifFound } from './found.ts'
import type { RepositoryApi } from './repository-api.ts'

export function githubComments(api: RepositoryApi, login: string, lately: Comments['lately']): Comments {
  const read = (given: GivenComment): Comment => ({
    ...{ id: given.id, body: given.body ?? '', url: given.html_url },
    number: Number(given.issue_url.split('/').at(-1)),
    author: readAccount(given.user, login),
    edited: given.updated_at !== given.created_at,
    seen: (given.reactions?.eyes ?? 0) > 0,
  })
  return {
    on: async (number) =>
      (await api.list<GivenComment>('GET /issues/{number}/comments', { number })).map(read),
    lately,
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
  readonly issue_url: string
  readonly created_at: string
  readonly updated_at: string
  readonly reactions?: { readonly eyes: number }
}

import type { Comment } from '../../../ports/forge.ts'
import { readAccount, readActor, type GivenActor } from './read-account.ts'

/** So many are asked for with their thread. */
const LAST_COMMENTS = 30

/** The last comments of a thread, as they are asked for with it. */
export const COMMENT_FIELDS = `comments(last: ${LAST_COMMENTS}) { totalCount nodes { url body lastEditedAt author { __typename login } } }`

export interface GivenComments {
  readonly totalCount: number
  readonly nodes: readonly {
    readonly body: string
    readonly url: string
    readonly lastEditedAt: string | null
    readonly author: GivenActor | null
  }[]
}

export function readComments(
  { nodes }: GivenComments,
  { number, login }: { readonly number: number; readonly login: string },
): readonly Comment[] {
  return nodes.map((each) => ({
    id: commentIdOf(each.url),
    number,
    body: each.body,
    url: each.url,
    author: readAccount(readActor(each.author), login),
    edited: each.lastEditedAt !== null,
  }))
}

/**
 * The number by which REST knows a comment, from its address. GraphQL's `databaseId` has 32 bits, and GitHub's comments are more than
 * that by now.
 */
export function commentIdOf(url: string): number {
  const id = /#issuecomment-(\d+)$/.exec(url)?.[1]
  if (id === undefined) throw new Error(`a comment without a number: ${url}`)
  return Number(id)
}

import type { Comment } from '../../ports/forge.ts'
import { readAccount, readActor, type GivenActor } from './accounts.ts'

/** The last comments of a thread, as they are asked for with it. */
export const COMMENT_FIELDS =
  'comments(last: 30) { nodes { databaseId body url lastEditedAt author { __typename login } reactionGroups { content reactors { totalCount } } } }'

export interface GivenComments {
  readonly nodes: readonly {
    readonly databaseId: number | null
    readonly body: string
    readonly url: string
    readonly lastEditedAt: string | null
    readonly author: GivenActor | null
    readonly reactionGroups:
      readonly { readonly content: string; readonly reactors: { readonly totalCount: number } }[] | null
  }[]
}

export function readComments(
  given: GivenComments | undefined,
  { number, login }: { readonly number: number; readonly login: string },
): readonly Comment[] {
  return (given?.nodes ?? []).flatMap((each) => {
    if (each.databaseId === null) return []
    const eyes = each.reactionGroups?.find(({ content }) => content === 'EYES')?.reactors.totalCount ?? 0
    return [
      {
        ...{ id: each.databaseId, number, body: each.body, url: each.url },
        author: readAccount(readActor(each.author), login),
        edited: each.lastEditedAt !== null,
        seen: eyes > 0,
      },
    ]
  })
}

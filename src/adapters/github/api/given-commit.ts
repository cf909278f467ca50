import type { Commit, Signature } from '../../../core/model/commit.ts'
import type { Oid } from '../../../core/model/oid.ts'

const PERSON = '{ name email date }'

/** A commit has one parent or two; GitHub counts as many as a page may hold. */
const PARENTS = 4

/** What a commit is asked for by. GraphQL, since REST turns dates into UTC. */
export const COMMIT_FIELDS = `... on Commit { message tree { oid } author ${PERSON} committer ${PERSON} parents(first: ${PARENTS}) { nodes { oid } pageInfo { hasNextPage } } }`

/** The same with as many parents as git allows by one page, for the few that have more. */
export const MANY_PARENTS = COMMIT_FIELDS.replace(`first: ${PARENTS}`, 'first: 100')

interface GivenPerson {
  readonly name: string | null
  readonly email: string | null
  /** ISO 8601 with the zone it was written in. */
  readonly date: string
}

/** A commit as GraphQL gives it; without a tree it was a tree or a blob of that id. */
export interface GivenCommit {
  readonly message: string
  readonly tree?: { readonly oid: Oid }
  readonly parents: {
    readonly nodes: readonly { readonly oid: Oid }[]
    readonly pageInfo?: { readonly hasNextPage: boolean }
  }
  readonly author: GivenPerson
  readonly committer: GivenPerson
}

export function readCommit(oid: Oid, given: GivenCommit): Commit | undefined {
  const { tree, parents, author, committer, message } = given
  if (!tree) return undefined
  return {
    oid,
    tree: tree.oid,
    parents: parents.nodes.map((parent) => parent.oid),
    author: readPerson(author),
    committer: readPerson(committer),
    message,
  }
}

function readPerson({ name, email, date }: GivenPerson): Signature {
  const zone = /([+-]\d{2}):(\d{2})$/.exec(date)
  return {
    name: name ?? '',
    email: email ?? '',
    time: Math.floor(Date.parse(date) / 1000),
    zone: zone ? `${zone[1]}${zone[2]}` : '+0000',
  }
}

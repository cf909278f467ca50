import type { Oid } from '../../core/model/oid.ts'
import type { RepositoryApi } from './repository-api.ts'

interface Page {
  readonly nodes: readonly { readonly oid: Oid }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
}

/** Everything that can be reached from a commit, the youngest first, a hundred a page. Throws where there is no such commit. */
export async function* historyPages(api: RepositoryApi, to: Oid): AsyncGenerator<readonly Oid[]> {
  for (let after = ''; ;) {
    const fields = `history(first: 100${after}) { nodes { oid } pageInfo { hasNextPage endCursor } }`
    const answer = await api.select<{ object: { history?: Page } | null }>(
      `object(oid: "${to}") { ... on Commit { ${fields} } }`,
    )
    const history = answer?.object?.history
    if (!history)
      throw new Error(`there is no commit ${to} in ${api.repository.owner}/${api.repository.name}`)
    yield history.nodes.map(({ oid }) => oid)
    if (!history.pageInfo.hasNextPage) return
    after = `, after: ${JSON.stringify(history.pageInfo.endCursor)}`
  }
}

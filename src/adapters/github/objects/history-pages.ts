import type { Oid } from '../../../core/model/oid.ts'
import { notShown } from '../api/not-shown.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { askForPage } from '../api/sizes.ts'

interface Page {
  readonly nodes: readonly { readonly oid: Oid }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
}

/** Everything that can be reached from a commit, the youngest first, page by page. Throws where there is no such commit. */
export async function* historyPages(api: RepositoryApi, to: Oid): AsyncGenerator<readonly Oid[]> {
  const { owner, name } = api.repository
  for (let after = ''; ;) {
    const history = await askForPage(api.sizes, 'history', {
      what: `the history of ${to} in ${owner}/${name}`,
      ask: async (size) => {
        const fields = `history(first: ${size}${after}) { nodes { oid } pageInfo { hasNextPage endCursor } }`
        const answer = await api.select<{ object: { history?: Page } | null }>(
          `object(oid: "${to}") { oid ... on Commit { ${fields} } }`,
        )
        return answer.object?.history
      },
    })
    if (!history) throw notShown(api, `commit ${to}`)
    yield history.nodes.map(({ oid }) => oid)
    if (!history.pageInfo.hasNextPage) return
    after = `, after: ${JSON.stringify(history.pageInfo.endCursor)}`
  }
}

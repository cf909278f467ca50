import { createHash } from 'node:crypto'
import type { TalkOf } from '../../../ports/forge.ts'
import { ifFound } from '../api/if-found.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { askForPage } from '../api/sizes.ts'

/** Whatever changed last stands first; with so many others after it the mark changes once more, which costs a look. */
const PULLS_AN_ISSUE = 5

const NEWEST = 'orderBy: { field: UPDATED_AT, direction: DESC }'

interface Marked {
  readonly isArchived: boolean
  readonly hasIssuesEnabled: boolean
  readonly pullRequests: { readonly nodes: readonly { readonly headRefName: string }[] }
  readonly issues: { readonly nodes: readonly unknown[] }
}

/** One question over GraphQL, which travels together with whatever else is asked in the same turn. */
export async function readMark(
  api: RepositoryApi,
  { branchPrefix, label }: TalkOf,
): Promise<string | undefined> {
  const ask = (size: number) =>
    api.select<Marked>(
      `isArchived hasIssuesEnabled pullRequests(first: ${size}, ${NEWEST}) { nodes { number state isDraft updatedAt headRefName } }` +
        ` issues(first: ${Math.ceil(size / PULLS_AN_ISSUE)}, labels: [${JSON.stringify(label)}], ${NEWEST}) { nodes { number state updatedAt } }`,
    )
  const what = `what is new in ${api.repository.owner}/${api.repository.name}`
  const asked = askForPage(api.sizes, 'mark', { what, ask })
  const [given, defaultBranch] = await Promise.all([ifFound(asked), ifFound(api.defaultBranch())])
  if (!given) return undefined
  const { isArchived, hasIssuesEnabled, issues } = given
  const pulls = given.pullRequests.nodes.filter(({ headRefName }) => headRefName.startsWith(branchPrefix))
  const read = JSON.stringify([isArchived, hasIssuesEnabled, defaultBranch, pulls, issues.nodes])
  return createHash('sha256').update(read).digest('hex')
}

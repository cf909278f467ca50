import type { Forge, RepositoryFacts, RepositoryName } from '../../ports/forge.ts'
import { githubChecks } from './checks.ts'
import { githubComments, githubReactions } from './comments.ts'
import { ifFound } from './found.ts'
import { githubIssues, githubLabels } from './issues.ts'
import { readMark } from './mark.ts'
import { githubPermissions } from './permissions.ts'
import { githubPullRequests } from './pull-requests.ts'
import { githubReleases } from './releases.ts'
import type { RepositoryApi } from './repository-api.ts'

export interface ForgeOptions {
  readonly api: RepositoryApi
  /** The login we write under, `kubespray-multiarch[bot]`. */
  readonly login: string
  /** What the installation was granted. */
  granted(this: void): Promise<Readonly<Record<string, 'read' | 'write'>>>
}

/** One repository on GitHub, as the people's side of it. */
export function githubForge({ api, login, granted }: ForgeOptions): Forge {
  return {
    repository: { read: () => readRepository(api), mark: (talk) => readMark(api, talk) },
    pullRequests: githubPullRequests(api, login),
    comments: githubComments(api, login),
    reactions: githubReactions(api),
    labels: githubLabels(api),
    checks: githubChecks(api),
    issues: githubIssues(api, login),
    permissions: githubPermissions(api, granted),
    releases: githubReleases(api),
  }
}

interface GivenRepository {
  readonly name: string
  readonly owner: { readonly login: string }
  readonly default_branch: string
  readonly archived: boolean
  readonly private: boolean
  readonly has_issues: boolean
  readonly parent?: GivenRepository
  readonly source?: GivenRepository
}

async function readRepository(api: RepositoryApi): Promise<RepositoryFacts | undefined> {
  const given = await ifFound(api.request<GivenRepository>('GET ').then(({ data }) => data))
  if (!given) return undefined
  return {
    ...nameOf(given),
    defaultBranch: given.default_branch,
    archived: given.archived,
    private: given.private,
    issues: given.has_issues,
    ...(given.parent && { parent: nameOf(given.parent) }),
    ...(given.source && { source: nameOf(given.source) }),
  }
}

function nameOf({ owner, name }: GivenRepository): RepositoryName {
  return { owner: owner.login, name }
}

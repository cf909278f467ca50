import { optional } from '../../../core/model/defined.ts'
import type { Comment, Comments, Forge, RepositoryFacts, RepositoryName } from '../../../ports/forge.ts'
import { githubChecks } from './github-checks.ts'
import { githubComments, githubReactions } from './github-comments.ts'
import { githubLineComments } from './github-line-comments.ts'
import { GitHubFailure } from '../api/failure-of.ts'
import { notShown } from '../api/not-shown.ts'
import { ifFound } from '../api/if-found.ts'
import { githubIssues, githubLabels, KnownIssues } from './github-issues.ts'
import { KnownPulls } from './known-pulls.ts'
import { readMark } from './read-mark.ts'
import { githubPermissions } from './github-permissions.ts'
import { githubPullRequests, pullsByRest } from './github-pull-requests.ts'
import { githubReleases } from './github-releases.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { readTalk } from './read-talk.ts'

interface ForgeOptions {
  readonly api: RepositoryApi
  /** The login we write under, `kubespray-multiarch[bot]`. */
  readonly login: string
  /** What the installation was granted. */
  granted(this: void): Promise<Readonly<Record<string, 'read' | 'write'>>>
  /** `nobody`: there is no installation whose token we could ask with. */
  readonly as?: 'installation' | 'nobody'
}

/** One repository on GitHub, as the people's side of it. */
export function githubForge({ api, login, granted, as = 'installation' }: ForgeOptions): Forge {
  const pulls = new KnownPulls(api, login, () => pullsByRest(api, login))
  const ours = new KnownIssues(api, login)
  const onOvertaken = (): void => {
    pulls.forget()
    ours.forget()
  }
  let facts: Promise<RepositoryFacts | undefined> | undefined
  const read = (): Promise<RepositoryFacts | undefined> => {
    const asked = facts ?? (as === 'nobody' ? unlessRefused(readRepository(api)) : readRepository(api))
    // That it is not there is not kept: whoever doubts it asks again.
    asked.then(
      (found) => void (found ?? (facts = undefined)),
      () => (facts = undefined),
    )
    return (facts = asked)
  }
  let said: Promise<readonly Comment[]> | undefined
  const comments: Comments = githubComments(api, login, (talk) => {
    const asked = said ?? readTalk({ api, login, all: (number) => comments.on(number) }, talk)
    asked.catch(() => (said = undefined))
    return (said = asked)
  })
  return {
    repository: { read, mark: (talk) => readMark(api, talk) },
    pullRequests: githubPullRequests(api, { login, known: pulls, onOvertaken }),
    comments,
    lineComments: githubLineComments(api, login),
    reactions: githubReactions(api),
    labels: githubLabels(api),
    checks: githubChecks(api),
    issues: githubIssues(api, login, ours),
    permissions: githubPermissions(api, granted),
    releases: githubReleases(api),
  }
}

interface GivenName {
  readonly name: string
  readonly owner: { readonly login: string }
}

interface GivenRepository extends GivenName {
  readonly isArchived: boolean
  readonly isPrivate: boolean
  readonly hasIssuesEnabled: boolean
  readonly parent: GivenName | null
}

const NAME = 'name owner { login }'

async function readRepository(api: RepositoryApi): Promise<RepositoryFacts | undefined> {
  const fields = `${NAME} isArchived isPrivate hasIssuesEnabled parent { ${NAME} }`
  const given = await ifFound(api.select<GivenRepository>(fields))
  if (!given) return goneOrLater(api)
  const branch = await api.defaultBranch()
  return {
    ...nameOf(given),
    // One without a commit has no branch yet.
    defaultBranch: branch?.replace(/^refs\/heads\//, '') ?? '',
    archived: given.isArchived,
    private: given.isPrivate,
    issues: given.hasIssuesEnabled,
    ...optional(given.parent, (parent) => ({ parent: nameOf(parent) })),
  }
}

/** That a repository is gone is believed by another way, which does not go over GraphQL: there a token may not see it for a moment. */
async function goneOrLater(api: RepositoryApi): Promise<undefined> {
  const seen = await ifFound(api.isSeen())
  if (seen === undefined) return undefined
  throw notShown(api, 'the repository')
}

/** GraphQL wants to know who asks. */
async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof GitHubFailure && error.status === 401) return undefined
    throw error
  }
}

function nameOf({ owner, name }: GivenName): RepositoryName {
  return { owner: owner.login, name }
}

import { checkAccess, type Actor } from '../actors.ts'
import { followBranches, nodeId, time } from '../render.ts'
import type { Repo, Thread } from '../world.ts'
import { pageOf } from './page.ts'

type Args = Readonly<Record<string, unknown>>

/** `pullRequests` of a repository, ordered as asked. */
export function pullRequestsOf(actor: Actor, repo: Repo, args: Args): unknown {
  checkAccess(actor, repo, { permissions: ['pull_requests'], level: 'read', access: 'read' })
  const pulls = [...repo.threads.values()].filter(({ pull }) => pull)
  return page(pulls, args, (thread) => {
    followBranches(repo, thread)
    return {
      ...{ id: nodeId('PR', thread.id), number: thread.number, updatedAt: time(thread.updatedAt) },
      ...{ isDraft: thread.pull?.draft, headRefName: thread.pull?.head.branch },
      state: thread.pull?.mergedAs ? 'MERGED' : thread.state.toUpperCase(),
    }
  })
}

/** `issues` of a repository; unlike over REST no pull request is one. Where issues are switched off there are none. */
export function issuesOf(actor: Actor, repo: Repo, args: Args): unknown {
  checkAccess(actor, repo, { permissions: ['issues'], level: 'read', access: 'read' })
  const { labels } = args as { labels?: readonly string[] }
  const found = [...repo.threads.values()].filter(
    ({ pull, labels: has }) =>
      repo.hasIssues && !pull && (!labels || labels.some((label) => has.includes(label))),
  )
  return page(found, args, ({ number, state, updatedAt }) => ({
    ...{ number, state: state.toUpperCase(), updatedAt: time(updatedAt) },
  }))
}

interface ConnectionArgs {
  readonly first?: number
  readonly after?: string
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' }
}

function page(threads: readonly Thread[], args: Args, node: (thread: Thread) => unknown): unknown {
  const { first, after, orderBy } = args as ConnectionArgs
  const by = (thread: Thread) =>
    orderBy?.field === 'UPDATED_AT' ? Math.floor(thread.updatedAt / 1000) : thread.number
  const sign = orderBy?.direction === 'DESC' ? -1 : 1
  const sorted = [...threads].sort((a, b) => sign * (by(a) - by(b) || a.number - b.number))
  return pageOf(sorted.map(node), { first, after })
}

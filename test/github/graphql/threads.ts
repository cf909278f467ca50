import { checkAccess, type Actor } from '../actors.ts'
import { Failure } from '../call.ts'
import { followBranches, nodeId, time } from '../render.ts'
import type { Comment, Repo, Thread, World } from '../world.ts'
import { pageOf } from './page.ts'

/** A page asked for of a list. */
interface Wanted {
  readonly states?: readonly string[]
  readonly labels?: readonly string[]
  readonly headRefName?: string
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' }
  readonly first?: number
}

const WEB = 'https://github.example'

/** A repository's pull requests or issues, as GraphQL lists them. */
export function threadNodes(
  { world, actor }: { readonly world: World; readonly actor: Actor },
  repo: Repo,
  which: { readonly of: 'pullRequests' | 'issues'; readonly wanted: Wanted },
): readonly unknown[] {
  const { of, wanted } = which
  const permissions = [of === 'issues' ? 'issues' : 'pull_requests']
  checkAccess(actor, repo, { permissions, level: 'read', access: 'read' })
  const all = [...repo.threads.values()].filter(
    ({ pull }) => (pull !== undefined) === (of === 'pullRequests'),
  )
  const nodes = (of === 'issues' && !repo.hasIssues ? [] : all)
    .filter((thread) => wanted.states?.includes(stateOf(thread)) ?? true)
    .filter(({ labels }) => wanted.labels?.some((each) => labels.includes(each)) ?? true)
    .filter(({ pull }) => wanted.headRefName === undefined || pull?.head.branch === wanted.headRefName)
  return inOrder(nodes, wanted).map((thread) => threadNode(world, repo, thread))
}

function inOrder(threads: readonly Thread[], { orderBy }: Wanted): readonly Thread[] {
  // GitHub's times have whole seconds.
  const by = ({ updatedAt, number }: Thread): number =>
    orderBy?.field === 'UPDATED_AT' ? Math.floor(updatedAt / 1000) : number
  const sign = orderBy?.direction === 'DESC' ? -1 : 1
  return threads.toSorted((a, b) => sign * (by(a) - by(b) || a.number - b.number))
}

function stateOf({ state, pull }: Thread): string {
  if (pull?.mergedAs !== undefined) return 'MERGED'
  return state.toUpperCase()
}

/** One of them by its number, of the kind that was asked for. */
export function threadNumbered(
  { world, actor }: { readonly world: World; readonly actor: Actor },
  repo: Repo,
  which: { readonly of: 'pullRequest' | 'issueOrPullRequest'; readonly number: number },
): unknown {
  const thread = repo.threads.get(which.number)
  if (!thread || (which.of === 'pullRequest' && !thread.pull))
    throw new Failure(404, `Could not resolve to a node with the number of ${which.number}.`)
  const permissions = [thread.pull ? 'pull_requests' : 'issues']
  checkAccess(actor, repo, { permissions, level: 'read', access: 'read' })
  return threadNode(world, repo, thread)
}

function threadNode(world: World, repo: Repo, thread: Thread): unknown {
  const { number, title, body, pull, labels } = thread
  if (pull) followBranches(repo, thread)
  return {
    ...{ ownType: pull ? 'PullRequest' : 'Issue', number, title, body, state: stateOf(thread) },
    ...{ author: actorNode(world, thread.author) },
    updatedAt: time(thread.updatedAt),
    ...(thread.editor !== undefined && { editor: actorNode(world, thread.editor) }),
    labels: { nodes: labels.map((name) => ({ name })) },
    comments: (page: CommentPage) => commentsOf(world, repo, { number, page }),
    url: `${WEB}/${repo.owner}/${repo.name}/${pull ? 'pull' : 'issues'}/${number}`,
    ...(pull && {
      ...{
        id: nodeId('PR', thread.id),
        isDraft: pull.draft,
        baseRefName: pull.base,
        baseRefOid: pull.baseOid,
      },
      ...{
        headRefName: pull.head.branch,
        headRefOid: pull.headOid,
        headRepository: { repo: pull.head.repo },
      },
    }),
  }
}

interface CommentPage {
  readonly first?: number
  readonly after?: string
  readonly last?: number
}

function commentsOf(
  world: World,
  repo: Repo,
  { number, page: { last, ...page } }: { readonly number: number; readonly page: CommentPage },
): unknown {
  const all = [...repo.comments.values()].filter((each) => each.number === number)
  const eyes = ({ reactions }: Comment) => reactions.filter(({ content }) => content === 'eyes').length
  const nodes = all.map((comment) => ({
    ...{ databaseId: comment.id, body: comment.body, author: actorNode(world, comment.author) },
    url: `${WEB}/${repo.owner}/${repo.name}/issues/${number}#issuecomment-${comment.id}`,
    lastEditedAt: comment.editedAt === undefined ? null : new Date(comment.editedAt).toISOString(),
    reactionGroups: [{ content: 'EYES', reactors: { totalCount: eyes(comment) } }],
  }))
  const totalCount = nodes.length
  // The count alone may be asked for without a page.
  if (last === undefined && page.first === undefined) return { totalCount }
  return {
    totalCount,
    ...(last === undefined ? pageOf(nodes, page) : { nodes: nodes.slice(-last) }),
  }
}

/** GraphQL leaves out the `[bot]` of an App's login, and says instead what kind of account it is. */
function actorNode(world: World, login: string): unknown {
  const type = world.users.get(login)?.type ?? 'User'
  return { ownType: type, login: type === 'Bot' ? login.replace(/\[bot\]$/, '') : login }
}

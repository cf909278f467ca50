import type { Signature } from '../../../src/core/model/commit.ts'
import { checkAccess, type Actor } from '../actors.ts'
import { Failure } from '../call.ts'
import { changeRefs, type Stage } from '../refs.ts'
import { ZERO } from '../write-refs.ts'
import { nodeId } from '../render.ts'
import { revisions, type Range } from '../revisions.ts'
import { resolveRevision } from '../resolve-revision.ts'
import { findRepo, isLagging, refsUnder, touch, type Repo, type Thread } from '../world.ts'
import { pageOf } from './page.ts'
import { threadNodes, threadNumbered } from './threads.ts'

export interface GraphqlContext extends Stage {
  readonly actor: Actor
  /** How many objects a query may give. */
  readonly most?: number
}

/** A value with the name of its type. */
export interface Node {
  readonly type: string
  readonly value: Readonly<Record<string, unknown>>
}

interface Asked {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

/** An object of git, in the repository it was asked for in. */
interface GitNode {
  readonly gitType: 'Commit' | 'Tree' | 'Blob' | 'Tag'
  readonly repo: Repo
  readonly oid: string
}

/** Reads the objects that the fields of a repository name in one go. */
export function loadAhead(
  _: GraphqlContext,
  node: Node,
  args: readonly Readonly<Record<string, unknown>>[],
): void {
  const { repo } = node.value as unknown as { repo: Repo }
  repo.objects.load(args.flatMap(({ oid }) => (typeof oid === 'string' ? [oid] : [])))
}

/** The value of a field, still without what is asked of it. Throws a `Failure` that becomes an error beside the data. */
export function resolveField(context: GraphqlContext, { type, value }: Node, asked: Asked): unknown {
  if (type === 'Query') return repository(context, asked.args)
  if (type === 'Mutation') return mutate(context, asked)
  if (type === 'Repository') return ofRepository(context, (value as unknown as { repo: Repo }).repo, asked)
  const node = value as unknown as GitNode
  if (type === 'Commit') return ofCommit(node, asked)
  if (type === 'Tree')
    return asked.name === 'oid' ? node.oid : node.repo.objects.rows(node.oid)?.map(entryNode)
  if (type === 'Blob') return ofBlob(node, asked.name)
  if (type === 'Tag') return asked.name === 'oid' ? node.oid : tagTarget(node)
  const found = value[asked.name]
  return typeof found === 'function' ? (found as (args: Asked['args']) => unknown)(asked.args) : found
}

function repository({ world, actor }: GraphqlContext, args: Asked['args']): unknown {
  const { owner, name } = args as { owner: string; name: string }
  const repo = findRepo(world, owner, name)
  const missing = new Failure(404, `Could not resolve to a Repository with the name '${owner}/${name}'.`)
  if (!repo) throw missing
  try {
    checkAccess(actor, repo, { permissions: ['contents'], level: 'read', access: 'read' })
  } catch {
    throw missing
  }
  return { repo }
}

function ofRepository(context: GraphqlContext, repo: Repo, { name, args }: Asked): unknown {
  const { world } = context
  if (name === 'pullRequests' || name === 'issues')
    return pageOf(threadNodes(context, repo, { of: name, wanted: args }), args)
  if (name === 'pullRequest' || name === 'issueOrPullRequest')
    return threadNumbered(context, repo, { of: name, number: Number(args.number) })
  if (name in FACTS) return FACTS[name]?.(repo)
  if (name === 'defaultBranchRef') {
    const full = `refs/heads/${repo.defaultBranch}`
    const oid = refsUnder(repo, full).get(full)
    return oid && refNode(repo, full, oid)
  }
  if (name === 'object') {
    const given = args.oid ?? args.expression
    const oid = typeof args.oid === 'string' ? args.oid : resolveRevision(repo, String(given))
    return oid && !isLagging(world, oid) ? gitNode(repo, oid) : undefined
  }
  if (name === 'ref') {
    const full = String(args.qualifiedName)
    const oid = refsUnder(repo, full).get(full)
    return oid && refNode(repo, full, oid)
  }
  return refsPage(repo, args as unknown as RefsArgs)
}

const FACTS: Readonly<Record<string, (repo: Repo) => unknown>> = {
  id: (repo) => nodeId('R', repo.id),
  name: (repo) => repo.name,
  owner: (repo) => ({ login: repo.owner }),
  isArchived: (repo) => repo.archived,
  isPrivate: (repo) => repo.private,
  hasIssuesEnabled: (repo) => repo.hasIssues,
  parent: (repo) => repo.parent && { repo: repo.parent },
}

interface RefsArgs {
  readonly refPrefix: string
  readonly first?: number
  readonly after?: string
  readonly query?: string
}

function refsPage(repo: Repo, { refPrefix, first, after, query }: RefsArgs): unknown {
  if (!refPrefix.endsWith('/')) throw new Failure(422, 'refPrefix must end in /')
  // Whether GitHub lists others here is written down nowhere, so nobody may count on it.
  const listed = /^refs\/(?:heads|tags)\//.test(refPrefix) ? [...refsUnder(repo, refPrefix)] : []
  const all = listed.filter(([name]) => !query || name.slice(refPrefix.length).includes(query))
  const nodes = all.map(([name, oid]) => refNode(repo, name, oid, refPrefix))
  return pageOf(nodes, { first, after })
}

function refNode(
  repo: Repo,
  name: string,
  oid: string,
  prefix = name.slice(0, name.lastIndexOf('/') + 1),
): unknown {
  return { prefix, name: name.slice(prefix.length), target: gitNode(repo, oid) }
}

function gitNode(repo: Repo, oid: string): GitNode | undefined {
  const types = { commit: 'Commit', tree: 'Tree', blob: 'Blob', tag: 'Tag' } as const
  const found = repo.objects.get(oid)
  return found && { gitType: types[found.type], repo, oid: found.oid }
}

function ofCommit({ repo, oid }: GitNode, { name, args }: Asked): unknown {
  const commit = repo.objects.commit(oid)
  if (!commit) return undefined
  const { first, after } = args as { first?: number; after?: string }
  switch (name) {
    case 'oid':
      return oid
    case 'message':
      return commit.message.trimEnd()
    case 'tree':
      return gitNode(repo, commit.tree)
    case 'author':
      return actorNode(commit.author)
    case 'committer':
      return actorNode(commit.committer)
    case 'parents':
      return pageOf(
        commit.parents.map((parent) => gitNode(repo, parent)),
        { first, after },
      )
    case 'file': {
      const row = repo.objects.at(commit.tree, String(args.path))
      return row && entryNode(row)
    }
    case 'history': {
      const { since, until, path } = args as Pick<Range, 'since' | 'until' | 'path'>
      const oids = revisions(repo, { to: oid, since, until, path })
      return pageOf(
        oids.map((each) => ({ gitType: 'Commit', repo, oid: each })),
        { first, after },
      )
    }
    default:
      throw new Error(`the stand-in has no Commit.${name}`)
  }
}

/** A date with the zone it was written in: `GitTimestamp` is not turned into UTC. */
function actorNode({ name, email, time, zone }: Signature): unknown {
  const sign = zone.startsWith('-') ? -1 : 1
  const minutes = sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5)))
  const local = new Date((time + minutes * 60) * 1000).toISOString().slice(0, 19)
  return { name, email, date: `${local}${zone === '+0000' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`}` }
}

function entryNode({
  name,
  mode,
  type,
  oid,
}: {
  name: string
  mode: string
  type: string
  oid: string
}): unknown {
  return { name, type, oid, mode: parseInt(mode, 8) }
}

function ofBlob({ repo, oid }: GitNode, name: string): unknown {
  const bytes = repo.objects.get(oid)?.bytes ?? Buffer.alloc(0)
  const isBinary = bytes.subarray(0, 8000).includes(0)
  // Long texts are cut at half a mebibyte.
  const isTruncated = bytes.length > 512 * 1024
  const text = isBinary ? null : bytes.subarray(0, 512 * 1024).toString('utf8')
  return { oid, byteSize: bytes.length, isBinary, isTruncated, text }[name]
}

function tagTarget({ repo, oid }: GitNode): unknown {
  const target = /^object ([0-9a-f]{40})$/m.exec(repo.objects.get(oid)?.bytes.toString() ?? '')?.[1]
  return target && gitNode(repo, target)
}

function mutate(context: GraphqlContext, { name, args }: Asked): unknown {
  const { input } = args as { input: Record<string, unknown> }
  if (name === 'updateRefs') return updateRefs(context, input as unknown as UpdateRefsInput)
  const { repo, thread } = pullByNode(context, String(input.pullRequestId))
  checkAccess(context.actor, repo, { permissions: ['pull_requests'], level: 'write', access: 'write' })
  if (thread.pull) thread.pull.draft = name === 'convertPullRequestToDraft'
  touch(context.world, thread)
  return { pullRequest: { id: input.pullRequestId, number: thread.number, isDraft: thread.pull?.draft } }
}

interface UpdateRefsInput {
  readonly repositoryId: string
  readonly refUpdates: readonly {
    name: string
    beforeOid?: string | null
    afterOid: string
    force?: boolean | null
  }[]
}

function updateRefs(context: GraphqlContext, { repositoryId, refUpdates }: UpdateRefsInput): unknown {
  const repo = context.world.repos.find((each) => nodeId('R', each.id) === repositoryId)
  if (!repo) throw new Failure(404, `Could not resolve to a node with the global id of '${repositoryId}'`)
  checkAccess(context.actor, repo, { permissions: ['contents'], level: 'write', access: 'write' })
  const refs = refUpdates.map(({ name, beforeOid, afterOid, force }) => {
    if (!/^refs\/(heads|tags)\/./.test(name)) throw new Failure(422, `${name} is not a qualified ref name`)
    if (afterOid !== ZERO && isLagging(context.world, afterOid))
      throw new Failure(422, 'Object does not exist')
    return { name, after: afterOid, force: force ?? false, ...(beforeOid && { before: beforeOid }) }
  })
  changeRefs(context, repo, { actor: context.actor, refs })
  return { clientMutationId: null }
}

function pullByNode({ world }: GraphqlContext, id: string): { repo: Repo; thread: Thread } {
  for (const repo of world.repos)
    for (const thread of repo.threads.values())
      if (thread.pull && nodeId('PR', thread.id) === id) return { repo, thread }
  throw new Failure(404, `Could not resolve to a node with the global id of '${id}'`)
}

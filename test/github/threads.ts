import { BODY_LIMIT } from '../../src/ports/forge.ts'
import type { Actor } from './actors.ts'
import { Failure, invalid } from './call.ts'
import { gitText } from './git.ts'
import { changeRefs, type Stage } from './refs.ts'
import { isAncestor, mergedTree } from './revisions.ts'
import { commentJson, followBranches, fullName, fullPullJson, issueJson } from './render.ts'
import { branchTip, markNew, touch, type Comment, type Pull, type Repo, type Thread } from './world.ts'
import { writeRefs } from './write-refs.ts'

interface NewThread {
  readonly author: string
  readonly title: string
  readonly body: string
  readonly labels?: readonly string[]
}

/** Opens an issue, or a pull request where `pull` is given. */
export function openThread(stage: Stage, repo: Repo, wanted: NewThread & { pull?: Pull }): Thread {
  const { world } = stage
  checkText(wanted)
  for (const label of wanted.labels ?? []) addLabel(stage, repo, label)
  const thread: Thread = {
    ...{ id: world.nextId(), number: repo.threads.size + 1, state: 'open' as const },
    ...{ createdAt: world.now(), updatedAt: world.now() },
    ...{ author: wanted.author, title: wanted.title, body: wanted.body, labels: wanted.labels ?? [] },
    ...(wanted.pull && { pull: wanted.pull }),
  }
  repo.threads.set(thread.number, thread)
  markNew(world, `${fullName(repo)} #${thread.number}`)
  if (thread.pull) writeRefs(repo.gitDir, new Map([[`refs/pull/${thread.number}/head`, thread.pull.headOid]]))
  emitThread(stage, repo, { thread, action: 'opened', sender: wanted.author })
  return thread
}

interface NewPull {
  readonly head: { readonly repo: Repo; readonly branch: string }
  readonly base: string
  readonly draft: boolean
}

/** The pull side of a new pull request, refused as GitHub refuses it. */
export function newPull(repo: Repo, { head, base, draft }: NewPull): Pull {
  const headOid = branchTip(head.repo, head.branch)
  const baseOid = branchTip(repo, base)
  if (!headOid) throw invalid('PullRequest', 'head', 'invalid')
  if (!baseOid) throw invalid('PullRequest', 'base', 'invalid')
  const refuse = (message: string) =>
    new Failure(422, 'Validation Failed', { errors: [{ resource: 'PullRequest', code: 'custom', message }] })
  if (isAncestor(repo, headOid, baseOid)) throw refuse(`No commits between ${base} and ${head.branch}`)
  const isTwin = (each: Thread) =>
    each.state === 'open' &&
    each.pull?.head.repo === head.repo &&
    each.pull.head.branch === head.branch &&
    each.pull.base === base
  if ([...repo.threads.values()].some(isTwin))
    throw refuse(`A pull request already exists for ${head.repo.owner}:${head.branch}.`)
  return { head, base, draft, headOid, baseOid, reviewers: [] }
}

interface ThreadChange {
  readonly title?: string
  readonly body?: string
  readonly state?: 'open' | 'closed'
  readonly labels?: readonly string[]
}

export function changeThread(
  stage: Stage,
  repo: Repo,
  change: ThreadChange & { thread: Thread; sender: string },
): void {
  const { thread, sender } = change
  checkText({ title: change.title ?? thread.title, body: change.body ?? '' })
  touch(stage.world, thread)
  if (change.title !== undefined || change.body !== undefined) {
    const changes = {
      ...(change.title !== undefined && { title: { from: thread.title } }),
      ...(change.body !== undefined && { body: { from: thread.body } }),
    }
    thread.title = change.title ?? thread.title
    thread.body = change.body ?? thread.body
    thread.editor = sender
    emitThread(stage, repo, { thread, action: 'edited', sender, more: { changes } })
  }
  if (change.labels) thread.labels = change.labels
  if (change.state === undefined || change.state === thread.state) return
  if (thread.pull?.mergedAs)
    throw new Failure(422, 'Validation Failed', {
      errors: [{ resource: 'PullRequest', field: 'state', code: 'invalid' }],
    })
  followBranches(repo, thread)
  thread.state = change.state
  if (change.state === 'closed') thread.closedAt = stage.world.now()
  else delete thread.closedAt
  emitThread(stage, repo, { thread, action: change.state === 'closed' ? 'closed' : 'reopened', sender })
}

export function addComment(
  stage: Stage,
  repo: Repo,
  said: { thread: Thread; author: string; body: string },
): Comment {
  const { thread, author, body } = said
  checkText({ title: 'a comment', body })
  const { world } = stage
  const comment: Comment = {
    id: world.nextId(),
    number: thread.number,
    author,
    body,
    createdAt: world.now(),
    reactions: [],
  }
  repo.comments.set(comment.id, comment)
  touch(world, thread)
  emitComment(stage, repo, { comment, action: 'created', sender: author })
  return comment
}

export function changeComment(
  stage: Stage,
  repo: Repo,
  change: { comment: Comment; body: string; sender: string },
): void {
  const { comment, body, sender } = change
  checkText({ title: 'a comment', body })
  const changes = { body: { from: comment.body } }
  comment.body = body
  // Times are whole seconds, and an edit is always later than what it changes.
  comment.editedAt = Math.max(stage.world.now(), comment.createdAt + 1000)
  emitComment(stage, repo, { comment, action: 'edited', sender, more: { changes } })
}

/** Merges a pull request into its base; a conflict is a 405, as on GitHub. */
export function mergePull(
  stage: Stage,
  repo: Repo,
  merge: { thread: Thread; how: 'merge' | 'squash'; actor: Actor; sender: string },
): string {
  const { thread, how, actor, sender } = merge
  const pull = thread.pull
  if (!pull || thread.state !== 'open') throw new Failure(405, 'Pull Request is not mergeable')
  followBranches(repo, thread)
  const tree = mergedTree(repo, pull.baseOid, pull.headOid)
  if (tree === undefined || pull.draft) throw new Failure(405, 'Pull Request is not mergeable')
  const person = ['-c', `user.name=${sender}`, '-c', `user.email=${sender}@users.noreply.example`]
  const parents = how === 'merge' ? ['-p', pull.baseOid, '-p', pull.headOid] : ['-p', pull.baseOid]
  const title =
    how === 'merge'
      ? `Merge pull request #${thread.number} from ${pull.head.repo.owner}/${pull.head.branch}`
      : `${thread.title} (#${thread.number})\n\n${messagesOf(repo, pull)}`
  const oid = gitText(repo.gitDir, [...person, 'commit-tree', tree, ...parents, '-F', '-'], title)
  changeRefs(stage, repo, {
    actor,
    refs: [{ name: `refs/heads/${pull.base}`, before: pull.baseOid, after: oid, force: false }],
  })
  thread.state = 'closed'
  thread.closedAt = stage.world.now()
  touch(stage.world, thread)
  pull.mergedAs = oid
  emitThread(stage, repo, { thread, action: 'closed', sender })
  return oid
}

/** What GitHub proposes as the text of a squash: every commit's whole message, one below the other. */
function messagesOf(repo: Repo, { baseOid, headOid }: { baseOid: string; headOid: string }): string {
  const log = gitText(repo.gitDir, [
    'log',
    '--reverse',
    '--no-merges',
    '--format=* %B%x00',
    `${baseOid}..${headOid}`,
  ])
  const messages = log.split('\0').map((message) => message.trim())
  // The release's own history may be thousands of commits; GitHub stops at 250.
  return messages.filter(Boolean).slice(-250).join('\n\n')
}

export function addLabel({ world }: Stage, repo: Repo, name: string): void {
  if (name.length > 50) throw invalid('Label', 'name', 'too_long')
  if (!repo.labels.has(name)) repo.labels.set(name, { id: world.nextId(), name })
}

export function checkText({ title, body }: { title: string; body: string }): void {
  if (title.trim() === '') throw invalid('Issue', 'title', 'missing_field')
  if (title.length > 256) throw invalid('Issue', 'title', 'too_long')
  if (body.length > BODY_LIMIT)
    throw new Failure(422, 'Validation Failed', {
      errors: [
        {
          resource: 'Issue',
          code: 'custom',
          field: 'body',
          message: `body is too long (maximum is ${BODY_LIMIT} characters)`,
        },
      ],
    })
}

interface Happening {
  readonly action: string
  readonly sender: string
  readonly more?: Record<string, unknown>
}

function emitThread(
  stage: Stage,
  repo: Repo,
  { thread, action, sender, more }: Happening & { thread: Thread },
): void {
  const { world, webhooks } = stage
  if (thread.pull)
    webhooks.emit('pull_request', repo, {
      ...{ action, number: thread.number, sender, ...more },
      pull_request: fullPullJson(world, repo, thread),
    })
  else webhooks.emit('issues', repo, { action, sender, ...more, issue: issueJson(world, repo, thread) })
}

function emitComment(
  stage: Stage,
  repo: Repo,
  { comment, action, sender, more }: Happening & { comment: Comment },
): void {
  const thread = repo.threads.get(comment.number) as Thread
  stage.webhooks.emit('issue_comment', repo, {
    ...{ action, sender, ...more },
    issue: issueJson(stage.world, repo, thread),
    comment: commentJson(stage.world, repo, comment),
  })
}

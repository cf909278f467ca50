import { loginOf } from '../actors.ts'
import { Failure, listReply, notFound, repoOf, type Call, type Handlers } from '../call.ts'
import { commentJson, issueJson, labelJson, userJson } from '../render.ts'
import { addComment, addLabel, changeComment, changeThread, openThread } from '../threads.ts'
import { touch, type Comment, type Repo, type Thread } from '../world.ts'

export const issues: Handlers = {
  'issues/list-for-repo': (call) => {
    const repo = withIssues(repoOf(call))
    const state = call.query.get('state') ?? 'open'
    const labels = (call.query.get('labels') ?? '').split(',').filter(Boolean)
    const creator = call.query.get('creator')
    const found = [...repo.threads.values()].filter(
      (thread) =>
        (state === 'all' || thread.state === state) &&
        labels.every((label) => thread.labels.includes(label)) &&
        (!creator || thread.author === creator),
    )
    const sorted = call.query.get('direction') === 'asc' ? found : found.reverse()
    return listReply(
      call,
      sorted.map((thread) => issueJson(call.world, repo, thread)),
    )
  },

  'issues/get': (call) => {
    const { repo, thread } = threadOf(call)
    if (!thread.pull) withIssues(repo)
    return { status: 200, body: issueJson(call.world, repo, thread) }
  },

  'issues/create': (call) => {
    const repo = withIssues(repoOf(call))
    const {
      title,
      body,
      labels = [],
    } = call.body as { title: string; body?: string | null; labels?: string[] }
    const author = loginOf(call.world, call.actor)
    const thread = openThread(call, repo, { author, title, body: body ?? '', labels })
    return { status: 201, body: issueJson(call.world, repo, thread) }
  },

  'issues/update': (call) => {
    const { repo, thread } = threadOf(call)
    if (!thread.pull) withIssues(repo)
    const { title, body, state, labels } = call.body as {
      title?: string
      body?: string | null
      state?: 'open' | 'closed'
      labels?: string[]
    }
    for (const label of labels ?? []) addLabel(call, repo, label)
    const change = {
      ...(title !== undefined && { title }),
      ...(body !== undefined && { body: body ?? '' }),
      ...(state && { state }),
      ...(labels && { labels }),
    }
    changeThread(call, repo, { thread, sender: loginOf(call.world, call.actor), ...change })
    return { status: 200, body: issueJson(call.world, repo, thread) }
  },

  'issues/list-comments': (call) => {
    const { repo, thread } = threadOf(call)
    const comments = [...repo.comments.values()].filter((each) => each.number === thread.number)
    return listReply(
      call,
      comments.map((comment) => commentJson(call.world, repo, comment)),
    )
  },

  'issues/get-comment': (call) => {
    const { repo, comment } = commentOf(call)
    return { status: 200, body: commentJson(call.world, repo, comment) }
  },

  'issues/create-comment': (call) => {
    const { repo, thread } = threadOf(call)
    const { body } = call.body as { body: string }
    const comment = addComment(call, repo, { thread, author: loginOf(call.world, call.actor), body })
    return { status: 201, body: commentJson(call.world, repo, comment) }
  },

  'issues/update-comment': (call) => {
    const { repo, comment } = commentOf(call)
    const { body } = call.body as { body: string }
    changeComment(call, repo, { comment, body, sender: loginOf(call.world, call.actor) })
    return { status: 200, body: commentJson(call.world, repo, comment) }
  },

  'issues/list-labels-on-issue': (call) => {
    const { repo, thread } = threadOf(call)
    return listReply(
      call,
      thread.labels.map((name) => labelJson(repo, name)),
    )
  },

  'issues/add-assignees': (call) => {
    const { repo, thread } = threadOf(call)
    const { assignees = [] } = call.body as { assignees?: string[] }
    // Whom it cannot be assigned to GitHub leaves out.
    const able = assignees.filter((login) => call.world.users.has(login) && repo.access.has(login))
    thread.assignees = [...new Set([...(thread.assignees ?? []), ...able])]
    touch(call.world, thread)
    return { status: 201, body: issueJson(call.world, repo, thread) }
  },

  'issues/add-labels': (call) => {
    const { repo, thread } = threadOf(call)
    // GitHub takes a bare list as well as an object that holds one, and makes labels that are new.
    const labels = Array.isArray(call.body)
      ? (call.body as string[])
      : (call.body as { labels: string[] }).labels
    for (const label of labels) addLabel(call, repo, label)
    thread.labels = [...new Set([...thread.labels, ...labels])]
    touch(call.world, thread)
    return { status: 200, body: thread.labels.map((name) => labelJson(repo, name)) }
  },

  'issues/remove-label': (call) => {
    const { repo, thread } = threadOf(call)
    const name = call.params.name as string
    if (!thread.labels.includes(name)) throw new Failure(404, 'Label does not exist')
    thread.labels = thread.labels.filter((each) => each !== name)
    touch(call.world, thread)
    return { status: 200, body: thread.labels.map((each) => labelJson(repo, each)) }
  },

  'issues/create-label': (call) => {
    const repo = repoOf(call)
    const { name } = call.body as { name: string }
    if (repo.labels.has(name))
      throw new Failure(422, 'Validation Failed', {
        errors: [{ resource: 'Label', code: 'already_exists', field: 'name' }],
      })
    addLabel(call, repo, name)
    return { status: 201, body: labelJson(repo, name) }
  },

  'issues/list-labels-for-repo': (call) => {
    const repo = repoOf(call)
    return listReply(
      call,
      [...repo.labels.keys()].map((name) => labelJson(repo, name)),
    )
  },

  'reactions/create-for-issue-comment': (call) => {
    const { comment } = commentOf(call)
    const { content } = call.body as { content: string }
    const login = loginOf(call.world, call.actor)
    const there = comment.reactions.find((each) => each.login === login && each.content === content)
    const reaction = there ?? { id: call.world.nextId(), login, content }
    if (!there) comment.reactions.push(reaction)
    return { status: there ? 200 : 201, body: reactionJson(call, reaction) }
  },

  'reactions/list-for-issue-comment': (call) => {
    const { comment } = commentOf(call)
    return listReply(
      call,
      comment.reactions.map((each) => reactionJson(call, each)),
    )
  },
}

/** Where issues are switched off, GitHub says that they are gone. */
function withIssues(repo: Repo): Repo {
  if (!repo.hasIssues) throw new Failure(410, 'Issues are disabled for this repo')
  return repo
}

function threadOf(call: Call): { repo: Repo; thread: Thread } {
  const repo = repoOf(call)
  const thread = repo.threads.get(Number(call.params.issue_number))
  if (!thread) throw notFound()
  return { repo, thread }
}

function commentOf(call: Call): { repo: Repo; comment: Comment } {
  const repo = repoOf(call)
  const comment = repo.comments.get(Number(call.params.comment_id))
  if (!comment) throw notFound()
  return { repo, comment }
}

function reactionJson(call: Call, { id, login, content }: Comment['reactions'][number]) {
  return {
    id,
    node_id: `REA_${id}`,
    user: userJson(call.world, login),
    content,
    created_at: '2024-01-01T00:00:00Z',
  }
}

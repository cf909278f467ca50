import { loginOf } from '../actors.ts'
import { Failure, invalid, listReply, notFound, repoOf, type Call, type Handlers } from '../call.ts'
import { gitText } from '../git.ts'
import { API, fullName, fullPullJson, lineCommentJson, pullJson } from '../render.ts'
import { changeThread, checkText, mergePull, newPull, openThread } from '../threads.ts'
import { accessOf, findRepo, isLagging, touch, type Repo, type Thread } from '../world.ts'

export const pulls: Handlers = {
  'pulls/list': (call) => {
    const repo = repoOf(call)
    const state = call.query.get('state') ?? 'open'
    const head = call.query.get('head')
    const base = call.query.get('base')
    const found = [...repo.threads.values()].filter(({ pull, state: is }) => {
      if (!pull || (state !== 'all' && is !== state)) return false
      // `head` is the owner of the head's repository and the branch; without an owner GitHub ignores it.
      if (head?.includes(':') && head !== `${pull.head.repo.owner}:${pull.head.branch}`) return false
      return !base || base === pull.base
    })
    const isShown = (thread: Thread) => !isLagging(call.world, `${fullName(repo)} #${thread.number}`)
    const shown = found.filter(isShown).map((thread) => pullJson(call.world, repo, thread))
    return listReply(call, call.query.get('direction') === 'asc' ? shown : shown.reverse())
  },

  'pulls/get': (call) => {
    const { repo, thread } = pullOf(call)
    return { status: 200, body: fullPullJson(call.world, repo, thread) }
  },

  'pulls/create': (call) => {
    const repo = repoOf(call)
    const { title, body = '', head, base, draft = false } = call.body as unknown as WrittenPull
    const [branch = '', owner] = head.split(':').reverse() as [string, string | undefined]
    const from = owner ? findRepo(call.world, owner, repo.name) : repo
    if (!from) throw invalid('PullRequest', 'head', 'invalid')
    const pull = newPull(repo, { head: { repo: from, branch }, base, draft })
    const thread = openThread(call, repo, {
      author: loginOf(call.world, call.actor),
      title,
      body: body ?? '',
      pull,
    })
    return { status: 201, body: fullPullJson(call.world, repo, thread) }
  },

  'pulls/update': (call) => {
    const { repo, thread } = pullOf(call)
    const { title, body, state } = call.body as {
      title?: string
      body?: string | null
      state?: 'open' | 'closed'
    }
    const change = {
      ...(title !== undefined && { title }),
      ...(body !== undefined && { body: body ?? '' }),
      ...(state && { state }),
    }
    changeThread(call, repo, { thread, sender: loginOf(call.world, call.actor), ...change })
    return { status: 200, body: fullPullJson(call.world, repo, thread) }
  },

  'pulls/merge': (call) => {
    const { repo, thread } = pullOf(call)
    const { merge_method = 'merge' } = call.body as { merge_method?: string }
    const how = merge_method === 'squash' ? 'squash' : 'merge'
    const sha = mergePull(call, repo, {
      thread,
      how,
      actor: call.actor,
      sender: loginOf(call.world, call.actor),
    })
    return { status: 200, body: { sha, merged: true, message: 'Pull Request successfully merged' } }
  },

  'pulls/request-reviewers': (call) => {
    const { repo, thread } = pullOf(call)
    const { reviewers = [] } = call.body as { reviewers?: string[] }
    if (reviewers.includes(thread.author))
      throw new Failure(422, 'Review cannot be requested from pull request author.')
    if (
      reviewers.some(
        (login) =>
          !call.world.users.has(login) || !repo.access.has(login) || accessOf(repo, login) === 'none',
      )
    )
      throw new Failure(
        422,
        `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${fullName(repo)} repository.`,
      )
    if (thread.pull) thread.pull.reviewers = [...new Set([...thread.pull.reviewers, ...reviewers])]
    return { status: 201, body: pullJson(call.world, repo, thread) }
  },

  'pulls/list-review-comments': (call) => {
    const { repo, thread } = pullOf(call)
    const found = repo.lineComments.filter(({ number }) => number === thread.number)
    return listReply(
      call,
      found.map((each) => lineCommentJson(call.world, repo, each)),
    )
  },

  'pulls/create-review-comment': (call) => {
    const { repo, thread } = pullOf(call)
    const { body, commit_id, path, line = 0, start_line = line } = call.body as unknown as WrittenLineComment
    const { baseOid = '', headOid = '' } = thread.pull ?? {}
    checkText({ title: 'a comment', body })
    if (
      !gitText(repo.gitDir, ['rev-list', headOid, `^${baseOid}`])
        .split('\n')
        .includes(commit_id)
    )
      throw invalid('PullRequestReviewComment', 'commit_id', 'invalid')
    const shown = shownLines(gitText(repo.gitDir, ['diff', `${baseOid}...${headOid}`, '--', path]))
    if (!shown.some(({ from, to }) => start_line >= from && line <= to) || start_line > line)
      throw new Failure(422, 'pull_request_review_thread.line must be part of the diff')
    const comment = {
      ...{ id: call.world.nextId(), number: thread.number, author: loginOf(call.world, call.actor) },
      ...{ createdAt: call.world.now(), body, path, commit: commit_id, from: start_line, to: line },
    }
    repo.lineComments.push(comment)
    touch(call.world, thread)
    return { status: 201, body: lineCommentJson(call.world, repo, comment) }
  },

  'pulls/list-files': (call) => {
    const { repo, thread } = pullOf(call)
    const { baseOid = '', headOid = '' } = thread.pull ?? {}
    const lines = gitText(repo.gitDir, ['diff', '--name-only', '-z', `${baseOid}...${headOid}`])
      .split('\0')
      .filter(Boolean)
    return listReply(
      call,
      lines.map((filename) => ({
        ...{
          filename,
          sha: repo.objects.at(repo.objects.commit(headOid)?.tree ?? '', filename)?.oid ?? null,
          status: 'modified',
        },
        ...{ additions: 0, deletions: 0, changes: 0, blob_url: API, raw_url: API, contents_url: API },
      })),
    )
  },
}

interface WrittenLineComment {
  readonly body: string
  readonly commit_id: string
  readonly path: string
  readonly line?: number
  readonly start_line?: number
}

/** Which lines of the new side a diff shows. */
function shownLines(diff: string): readonly { readonly from: number; readonly to: number }[] {
  return [...diff.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)].map(([, from, count = '1']) => ({
    from: Number(from),
    to: Number(from) + Number(count) - 1,
  }))
}

interface WrittenPull {
  readonly title: string
  readonly body?: string | null
  readonly head: string
  readonly base: string
  readonly draft?: boolean
}

function pullOf(call: Call): { repo: Repo; thread: Thread } {
  const repo = repoOf(call)
  const thread = repo.threads.get(Number(call.params.pull_number))
  if (!thread?.pull || isLagging(call.world, `${fullName(repo)} #${thread.number}`)) throw notFound()
  return { repo, thread }
}

import type { Commit, Signature } from '../../src/core/model/commit.ts'
import type { Json } from './description.ts'
import { mergedTree } from './revisions.ts'
import {
  accessOf,
  addUser,
  branchTip,
  type CheckRun,
  type Comment,
  type LineComment,
  type Pull,
  type Repo,
  type Thread,
  type World,
} from './world.ts'

/** How things look in answers and webhooks: only what has a meaning here, the description fills in the rest. */

export const API = 'https://api.github.example'
const WEB = 'https://github.example'

export function userJson(world: World, login: string): Json {
  const user = addUser(world, login, login.endsWith('[bot]') ? 'Bot' : 'User')
  return {
    login,
    id: user.id,
    node_id: `U_${user.id}`,
    type: user.type,
    site_admin: false,
    html_url: `${WEB}/${login.replace(/^(.*)\[bot\]$/, 'apps/$1')}`,
  }
}

export function repoJson(world: World, repo: Repo): Json {
  return {
    id: repo.id,
    node_id: nodeId('R', repo.id),
    name: repo.name,
    full_name: fullName(repo),
    owner: userJson(world, repo.owner),
    private: repo.private,
    visibility: repo.private ? 'private' : 'public',
    html_url: `${WEB}/${fullName(repo)}`,
    url: `${API}/repos/${fullName(repo)}`,
    description: null,
    fork: repo.parent !== undefined,
    archived: repo.archived,
    disabled: false,
    has_issues: repo.hasIssues,
    default_branch: repo.defaultBranch,
    clone_url: `${WEB}/${fullName(repo)}.git`,
  }
}

/** With where it was forked from, as only one repository asked for by name shows it. */
export function fullRepoJson(world: World, repo: Repo): Json {
  let source = repo.parent
  while (source?.parent) source = source.parent
  return {
    ...repoJson(world, repo),
    ...(repo.parent && source && { parent: repoJson(world, repo.parent), source: repoJson(world, source) }),
    license: null,
    organization: null,
  }
}

export function pullJson(world: World, repo: Repo, thread: Thread): Json {
  const pull = thread.pull as Pull
  followBranches(repo, thread)
  const side = (of: Repo, branch: string, sha: string) => ({
    ...{ label: `${of.owner}:${branch}`, ref: branch, sha },
    ...{ user: userJson(world, of.owner), repo: repoJson(world, of) },
  })
  return {
    id: thread.id,
    node_id: nodeId('PR', thread.id),
    number: thread.number,
    state: thread.state,
    title: thread.title,
    body: thread.body || null,
    draft: pull.draft,
    locked: false,
    user: userJson(world, thread.author),
    labels: thread.labels.map((name) => labelJson(repo, name)),
    head: side(pull.head.repo, pull.head.branch, pull.headOid),
    base: side(repo, pull.base, pull.baseOid),
    html_url: `${WEB}/${fullName(repo)}/pull/${thread.number}`,
    created_at: time(thread.createdAt),
    updated_at: time(thread.updatedAt),
    closed_at: thread.closedAt === undefined ? null : time(thread.closedAt),
    merged_at: pull.mergedAs && thread.closedAt !== undefined ? time(thread.closedAt) : null,
    merge_commit_sha: pull.mergedAs ?? null,
    requested_reviewers: pull.reviewers.map((login) => userJson(world, login)),
    requested_teams: [],
    author_association: 'NONE',
    auto_merge: null,
    assignee: null,
    milestone: null,
  }
}

/** One pull request asked for by number tells more than in a list. */
export function fullPullJson(world: World, repo: Repo, thread: Thread): Json {
  const merged = thread.pull?.mergedAs !== undefined
  return {
    ...pullJson(world, repo, thread),
    merged,
    // GitHub computes this later, and says `null` until then.
    mergeable: merged || world.lag > 0 ? null : canMerge(repo, thread.pull as Pull),
    mergeable_state: 'unknown',
    merged_by: null,
    rebaseable: null,
  }
}

export function issueJson(world: World, repo: Repo, thread: Thread): Json {
  return {
    id: thread.id,
    node_id: nodeId('I', thread.id),
    number: thread.number,
    title: thread.title,
    body: thread.body || null,
    state: thread.state,
    user: userJson(world, thread.author),
    labels: thread.labels.map((name) => labelJson(repo, name)),
    html_url: `${WEB}/${fullName(repo)}/${thread.pull ? 'pull' : 'issues'}/${thread.number}`,
    url: `${API}/repos/${fullName(repo)}/issues/${thread.number}`,
    created_at: time(thread.createdAt),
    updated_at: time(thread.updatedAt),
    closed_at: thread.closedAt === undefined ? null : time(thread.closedAt),
    comments: [...repo.comments.values()].filter((each) => each.number === thread.number).length,
    ...(thread.pull && { pull_request: { html_url: WEB, url: API, diff_url: WEB, patch_url: WEB } }),
    author_association: 'NONE',
    locked: false,
    assignee: null,
    assignees: (thread.assignees ?? []).map((login) => userJson(world, login)),
    milestone: null,
  }
}

export function lineCommentJson(world: World, repo: Repo, comment: LineComment): Json {
  const pull = `${fullName(repo)}/pull/${comment.number}`
  return {
    id: comment.id,
    node_id: nodeId('PRRC', comment.id),
    body: comment.body,
    user: userJson(world, comment.author),
    path: comment.path,
    diff_hunk: '',
    commit_id: comment.commit,
    original_commit_id: comment.commit,
    line: comment.to,
    start_line: comment.from < comment.to ? comment.from : null,
    side: 'RIGHT',
    html_url: `${WEB}/${pull}#discussion_r${comment.id}`,
    pull_request_url: `${API}/repos/${fullName(repo)}/pulls/${comment.number}`,
    url: `${API}/repos/${fullName(repo)}/pulls/comments/${comment.id}`,
    created_at: time(comment.createdAt),
    updated_at: time(comment.createdAt),
    author_association: accessOf(repo, comment.author) === 'admin' ? 'OWNER' : 'NONE',
    _links: { self: { href: API }, html: { href: WEB }, pull_request: { href: API } },
  }
}

export function commentJson(world: World, repo: Repo, comment: Comment): Json {
  return {
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    body: comment.body,
    user: userJson(world, comment.author),
    html_url: `${WEB}/${fullName(repo)}/issues/${comment.number}#issuecomment-${comment.id}`,
    issue_url: `${API}/repos/${fullName(repo)}/issues/${comment.number}`,
    created_at: time(comment.createdAt),
    updated_at: time(Math.max(comment.editedAt ?? 0, comment.touchedAt ?? 0, comment.createdAt)),
    reactions: rollup(comment),
    author_association: accessOf(repo, comment.author) === 'admin' ? 'OWNER' : 'NONE',
  }
}

/** How many reacted how; who did has to be asked for. */
function rollup({ reactions }: Comment): Json {
  const kinds = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'eyes', 'rocket']
  const count = (kind: string) => reactions.filter(({ content }) => content === kind).length
  return {
    ...{ url: API, total_count: reactions.length },
    ...Object.fromEntries(kinds.map((kind) => [kind, count(kind)])),
  }
}

export function labelJson(repo: Repo, name: string): Json {
  const id = repo.labels.get(name)?.id ?? 0
  return { id, node_id: nodeId('LA', id), name, color: 'ededed', default: false, description: '' }
}

export function checkJson(world: World, repo: Repo, check: CheckRun): Json {
  const pulls = [...repo.threads.values()].filter(
    (each) => each.state === 'open' && each.pull?.headOid === check.headSha && each.pull.head.repo === repo,
  )
  return {
    id: check.id,
    node_id: nodeId('CR', check.id),
    name: check.name,
    head_sha: check.headSha,
    external_id: check.externalId,
    status: check.status,
    conclusion: check.conclusion,
    output: { ...check.output, annotations_count: check.annotations.length },
    app: {
      id: world.app.id,
      slug: world.app.slug,
      name: world.app.slug,
      owner: userJson(world, 'app-owner'),
    },
    check_suite: { id: 1 },
    pull_requests: pulls.map((each) => ({
      ...{ id: each.id, number: each.number, url: API },
      head: {
        ref: each.pull?.head.branch,
        sha: each.pull?.headOid,
        repo: { id: repo.id, name: repo.name, url: API },
      },
      base: {
        ref: each.pull?.base,
        sha: each.pull?.baseOid,
        repo: { id: repo.id, name: repo.name, url: API },
      },
    })),
    html_url: `${WEB}/${fullName(repo)}/runs/${check.id}`,
    started_at: time(world.now()),
    completed_at: check.conclusion === null ? null : time(world.now()),
  }
}

/** A commit of the git data API: dates in UTC, and no newline at the end of the message. */
export function gitCommitJson(commit: Commit): Json {
  return {
    sha: commit.oid,
    node_id: `C_${commit.oid}`,
    url: `${API}/git/commits/${commit.oid}`,
    html_url: `${WEB}/commit/${commit.oid}`,
    author: signatureJson(commit.author),
    committer: signatureJson(commit.committer),
    message: commit.message.trimEnd(),
    tree: { sha: commit.tree, url: API },
    parents: commit.parents.map((sha) => ({ sha, url: API, html_url: WEB })),
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  }
}

/** While a pull request is open it follows its branches. */
export function followBranches(repo: Repo, thread: Thread): void {
  if (!thread.pull || thread.state !== 'open') return
  thread.pull.headOid = branchTip(thread.pull.head.repo, thread.pull.head.branch) ?? thread.pull.headOid
  thread.pull.baseOid = branchTip(repo, thread.pull.base) ?? thread.pull.baseOid
}

export function fullName(repo: Repo): string {
  return `${repo.owner}/${repo.name}`
}

export function nodeId(kind: string, id: number): string {
  return `${kind}_${id}`
}

export function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}

function signatureJson({ name, email, time: seconds }: Signature): Json {
  return { name, email, date: time(seconds * 1000) }
}

function canMerge(repo: Repo, pull: Pull): boolean {
  return mergedTree(repo, pull.baseOid, pull.headOid) !== undefined
}

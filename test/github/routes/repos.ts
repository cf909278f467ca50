import type { Commit } from '../../../src/core/model/commit.ts'
import { Failure, listReply, notFound, paged, repoOf, type Handlers } from '../call.ts'
import type { Json } from '../description.ts'
import { gitOnce } from '../git.ts'
import { API, fullRepoJson, gitCommitJson, time, userJson } from '../render.ts'
import { mergeBaseOf, revisions, revisionsUpwards } from '../revisions.ts'
import { accessOf, branchTip, refsUnder, type Release, type Repo } from '../world.ts'
import { notEmpty } from './git-data.ts'
import { resolveRevision } from '../resolve-revision.ts'

export const repos: Handlers = {
  'repos/get': (call) => ({ status: 200, body: fullRepoJson(call.world, repoOf(call)) }),

  'repos/get-branch': (call) => {
    const repo = repoOf(call)
    const name = call.params.branch as string
    const tip = branchTip(repo, name)
    if (!tip) throw new Failure(404, 'Branch not found')
    const isProtected = repo.protectedBranches.has(name)
    return {
      status: 200,
      body: {
        name,
        commit: commitJson(repo, tip),
        protected: isProtected,
        protection: { enabled: isProtected },
      },
    }
  },

  'repos/compare-commits-with-basehead': (call) => {
    const repo = notEmpty(repoOf(call))
    const [from = '', to = ''] = (call.params.basehead as string).split('...')
    const base = resolveRevision(repo, `${from}^{commit}`)
    const head = resolveRevision(repo, `${to}^{commit}`)
    if (!base || !head) throw notFound()
    const merge = mergeBaseOf(repo, base, head)
    if (!merge) throw new Failure(404, `No common ancestor between ${from} and ${to}.`)
    const ahead = revisionsUpwards(repo, { to: head, not: base })
    const behind = revisions(repo, { to: base, not: head })
    const { items, headers } = paged(call, ahead)
    const isFirst = Number(call.query.get('page') ?? 1) === 1
    return {
      status: 200,
      headers,
      body: {
        ...{
          status: statusOf(ahead.length, behind.length),
          ahead_by: ahead.length,
          behind_by: behind.length,
        },
        total_commits: ahead.length,
        base_commit: commitJson(repo, base),
        merge_base_commit: commitJson(repo, merge),
        commits: items.map((oid) => commitJson(repo, oid)),
        // Only the first page says which files changed, three hundred at most.
        files: isFirst ? changedFiles(repo, merge, head) : [],
      },
    }
  },

  'repos/list-commits': (call) => {
    const repo = notEmpty(repoOf(call))
    const start = resolveRevision(repo, `${call.query.get('sha') ?? repo.defaultBranch}^{commit}`)
    if (!start) throw notFound()
    const path = call.query.get('path')
    const oids = revisions(repo, { to: start, path: path ?? undefined })
    const { items, headers } = paged(call, oids)
    return { status: 200, headers, body: items.map((oid) => commitJson(repo, oid)) }
  },

  'repos/get-commit': (call) => {
    const repo = notEmpty(repoOf(call))
    const oid = resolveRevision(repo, `${call.params.ref}^{commit}`)
    if (!oid) throw new Failure(422, `No commit found for SHA: ${call.params.ref}`)
    const [parent] = repo.objects.commit(oid)?.parents ?? []
    const files = changedFiles(repo, parent ?? EMPTY_TREE, oid)
    return {
      status: 200,
      body: { ...commitJson(repo, oid), files, stats: { additions: 0, deletions: 0, total: 0 } },
    }
  },

  'repos/get-content': (call) => {
    const repo = notEmpty(repoOf(call))
    const path = call.params.path as string
    const oid = resolveRevision(repo, `${call.query.get('ref') ?? repo.defaultBranch}:${path}`)
    const found = oid && repo.objects.get(oid)
    if (!found) throw notFound()
    if (found.type === 'tree')
      return {
        status: 200,
        body: (repo.objects.rows(found.oid) ?? []).map((row) =>
          contentJson({ ...row, path: `${path}/${row.name}`, size: 0 }),
        ),
      }
    // Above a mebibyte the content is left out and the encoding is `none`.
    const isLarge = found.bytes.length > 1024 * 1024
    const name = path.split('/').at(-1) as string
    const content = {
      content: isLarge ? '' : found.bytes.toString('base64'),
      encoding: isLarge ? 'none' : 'base64',
    }
    return {
      status: 200,
      body: {
        ...contentJson({ name, path, oid: found.oid, type: 'blob', size: found.bytes.length }),
        ...content,
      },
    }
  },

  'repos/list-tags': (call) => {
    const repo = repoOf(call)
    const tags = [...refsUnder(repo, 'refs/tags/')].map(([ref, oid]) => ({
      name: ref.slice('refs/tags/'.length),
      commit: { sha: resolveRevision(repo, `${oid}^{commit}`) ?? oid, url: API },
      ...{ zipball_url: API, tarball_url: API, node_id: `REF_${oid}` },
    }))
    return listReply(call, tags.reverse())
  },

  'repos/list-releases': (call) =>
    listReply(call, repoOf(call).releases.toReversed().map(releaseJson(call.world))),

  'repos/get-release-by-tag': (call) => {
    const found = repoOf(call).releases.find((release) => release.tag === call.params.tag)
    if (!found) throw notFound()
    return { status: 200, body: releaseJson(call.world)(found) }
  },

  'repos/get-collaborator-permission-level': (call) => {
    const repo = repoOf(call)
    const login = call.params.username as string
    if (!call.world.users.has(login)) throw notFound()
    const access = accessOf(repo, login)
    // The old field knows four words only; `role_name` tells all.
    const permission = { maintain: 'write', triage: 'read' }[access as string] ?? access
    return {
      status: 200,
      body: {
        permission,
        role_name: access,
        user: { ...userJson(call.world, login), permissions: undefined },
      },
    }
  },
}

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

function statusOf(ahead: number, behind: number): string {
  if (ahead && behind) return 'diverged'
  if (ahead) return 'ahead'
  return behind ? 'behind' : 'identical'
}

function commitJson(repo: Repo, oid: string): Json {
  const commit = repo.objects.commit(oid) as Commit
  const { author, committer, message, tree, verification, ...outside } = gitCommitJson(commit)
  return {
    ...{ ...outside, comments_url: API, author: null, committer: null },
    commit: { url: API, author, committer, message, tree, verification, comment_count: 0 },
  }
}

/** What changed from one commit or tree to another, with patches, as a comparison shows it. */
function changedFiles(repo: Repo, from: string, to: string): Json[] {
  const words = { A: 'added', M: 'modified', D: 'removed', R: 'renamed', T: 'changed' } as const
  const raw = gitOnce(repo, ['diff', '--raw', '-z', '--no-abbrev', '-M', from, to]).split('\0')
  const files: Json[] = []
  for (let at = 0; raw[at];) {
    const [, , before, after, status = ''] = (raw[at++] as string).split(' ')
    const first = raw[at++] as string
    const filename = status.startsWith('R') ? (raw[at++] as string) : first
    const letter = status[0] as keyof typeof words
    files.push({
      ...{ filename, status: words[letter], sha: letter === 'D' ? before : after },
      ...(letter === 'R' && { previous_filename: first }),
      ...{ additions: 0, deletions: 0, changes: 0, blob_url: API, raw_url: API, contents_url: API },
      patch: gitOnce(repo, ['diff', '--no-color', from, to, '--', filename]).replace(/^[^]*?(?=^@@)/m, ''),
    })
    if (files.length === 300) break
  }
  return files
}

function contentJson({
  name,
  path,
  oid,
  type,
  size,
}: {
  name: string
  path: string
  oid: string
  type: string
  size: number
}): Json {
  const kind = { tree: 'dir', commit: 'submodule' }[type] ?? 'file'
  return {
    type: kind,
    name,
    path,
    sha: oid,
    size,
    url: API,
    html_url: API,
    git_url: API,
    download_url: API,
    _links: { self: API, git: API, html: API },
  }
}

function releaseJson(world: Parameters<typeof userJson>[0]) {
  return ({ id, tag, name, body, publishedAt }: Release): Json => ({
    ...{
      id,
      tag_name: tag,
      name,
      body,
      draft: false,
      prerelease: false,
      target_commitish: 'main',
      node_id: `RE_${id}`,
    },
    ...{
      html_url: `https://github.example/releases/${tag}`,
      author: userJson(world, 'releaser'),
      ...(publishedAt !== undefined && { published_at: time(publishedAt) }),
      assets: [],
    },
    ...{ tarball_url: API, zipball_url: API },
  })
}

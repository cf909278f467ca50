import { Failure, invalid, notFound, repoOf, type Handlers } from '../call.ts'
import type { Json } from '../description.ts'
import { readRefs, writeObject } from '../git.ts'
import { listTree, type ListedRow } from '../list-tree.ts'
import { API, fullName, gitCommitJson } from '../render.ts'
import { changeRefs } from '../refs.ts'
import { resolveRevision } from '../resolve-revision.ts'
import { ZERO } from '../write-refs.ts'
import { buildTree, type WrittenEntry } from '../build-tree.ts'
import { isLagging, markNew, refsUnder, type Repo } from '../world.ts'

/** Recursive listings end here, or at `mostEntries`; GitHub's own number. */
const MOST_BYTES = 7 * 1024 * 1024

export const gitData: Handlers = {
  'git/get-blob': (call) => {
    const repo = repoOf(call)
    const found = repo.objects.get(call.params.file_sha as string)
    if (found?.type !== 'blob' || isLagging(call.world, found.oid)) throw notFound()
    const { oid, bytes } = found
    // GitHub breaks the text into lines of sixty characters.
    const content = bytes.toString('base64').replace(/.{60}/g, '$&\n')
    return {
      status: 200,
      body: { sha: oid, size: bytes.length, encoding: 'base64', content, url: API, node_id: `B_${oid}` },
    }
  },

  'git/create-blob': (call) => {
    const repo = notEmpty(repoOf(call))
    const { content, encoding = 'utf-8' } = call.body as { content: string; encoding?: string }
    const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8')
    const sha = writeObject(repo.gitDir, 'blob', bytes)
    markNew(call.world, sha)
    return { status: 201, body: { sha, url: API } }
  },

  'git/get-tree': (call) => {
    const repo = notEmpty(repoOf(call))
    const named = resolveRevision(repo, `${call.params.tree_sha}^{tree}`)
    if (!named || isLagging(call.world, named)) throw notFound()
    const isRecursive = call.query.has('recursive')
    const rows = listTree(repo, named, isRecursive).map(listedEntry)
    const kept = withinLimits(rows, call.world.mostEntries)
    // GitHub repeats the id of what was asked for: a commit's, where a commit or branch was.
    const sha = resolveRevision(repo, `${call.params.tree_sha}^{}`)
    return { status: 200, body: { sha, url: API, tree: kept, truncated: kept.length < rows.length } }
  },

  'git/create-tree': (call) => {
    const repo = notEmpty(repoOf(call))
    const { tree, base_tree } = call.body as unknown as { tree: WrittenEntry[]; base_tree?: string }
    const known = (oid: string) => !isLagging(call.world, oid)
    const sha = buildTree(repo, { entries: tree, base: base_tree, known })
    markNew(call.world, sha)
    const rows = (repo.objects.rows(sha) ?? []).map(({ mode, type, oid, name }) => ({
      path: name,
      mode,
      type,
      sha: oid,
      url: API,
    }))
    return { status: 201, body: { sha, url: API, truncated: false, tree: rows } }
  },

  'git/get-commit': (call) => {
    const commit = repoOf(call).objects.commit(call.params.commit_sha as string)
    if (!commit || isLagging(call.world, commit.oid)) throw notFound()
    return { status: 200, body: gitCommitJson(commit) }
  },

  'git/create-commit': (call) => {
    const repo = notEmpty(repoOf(call))
    const { tree, parents = [], message, author, committer } = call.body as unknown as WrittenCommit
    if (repo.objects.get(tree)?.type !== 'tree' || isLagging(call.world, tree))
      throw new Failure(422, 'Tree SHA does not exist')
    for (const parent of parents)
      if (repo.objects.get(parent)?.type !== 'commit' || isLagging(call.world, parent))
        throw new Failure(422, 'Parent SHA does not exist or is not a commit object')
    const now = new Date(call.world.now()).toISOString()
    const by = {
      name: `${call.world.app.slug}[bot]`,
      email: 'bot@users.noreply.example',
      date: now,
      ...author,
    }
    const lines = [
      `tree ${tree}`,
      ...parents.map((parent) => `parent ${parent}`),
      `author ${signatureLine(by)}`,
    ]
    const text = [...lines, `committer ${signatureLine({ ...by, ...committer })}`, '', message].join('\n')
    const sha = writeObject(repo.gitDir, 'commit', Buffer.from(text))
    markNew(call.world, sha)
    const commit = repo.objects.commit(sha)
    return { status: 201, body: commit && gitCommitJson(commit) }
  },

  'git/get-ref': (call) => {
    const repo = notEmpty(repoOf(call))
    const name = `refs/${call.params.ref}`
    const oid = refsUnder(repo, name).get(name)
    if (!oid || isLagging(call.world, `${fullName(repo)} ${name}`)) throw notFound()
    return { status: 200, body: refJson(repo, name, oid) }
  },

  'git/list-matching-refs': (call) => {
    const repo = notEmpty(repoOf(call))
    const refs = refsUnder(repo, `refs/${call.params.ref}`)
    return { status: 200, body: [...refs].map(([name, oid]) => refJson(repo, name, oid)) }
  },

  'git/create-ref': (call) => {
    const repo = notEmpty(repoOf(call))
    const { ref, sha } = call.body as { ref: string; sha: string }
    if (!/^refs\/.+\/./.test(ref))
      throw new Failure(422, "Reference name must start with 'refs' and have at least two slashes.")
    if (refsUnder(repo, ref).has(ref)) throw new Failure(422, 'Reference already exists')
    changeRefs(call, repo, {
      actor: call.actor,
      refs: [{ name: ref, before: ZERO, after: sha, force: false }],
    })
    return { status: 201, body: refJson(repo, ref, sha) }
  },

  'git/update-ref': (call) => {
    const repo = notEmpty(repoOf(call))
    const name = `refs/${call.params.ref}`
    if (!refsUnder(repo, name).has(name)) throw new Failure(422, 'Reference does not exist')
    const { sha, force = false } = call.body as { sha: string; force?: boolean }
    changeRefs(call, repo, { actor: call.actor, refs: [{ name, after: sha, force }] })
    return { status: 200, body: refJson(repo, name, sha) }
  },

  'git/delete-ref': (call) => {
    const repo = notEmpty(repoOf(call))
    const name = `refs/${call.params.ref}`
    if (!refsUnder(repo, name).has(name)) throw new Failure(422, 'Reference does not exist')
    changeRefs(call, repo, { actor: call.actor, refs: [{ name, after: ZERO, force: true }] })
    return { status: 204 }
  },

  'git/get-tag': (call) => {
    const found = repoOf(call).objects.get(call.params.tag_sha as string)
    if (found?.type !== 'tag') throw notFound()
    const field = (key: string) => new RegExp(`^${key} (.*)$`, 'm').exec(found.bytes.toString())?.[1]
    const object = { sha: field('object'), type: field('type'), url: API }
    const message = found.bytes.toString().split('\n\n').slice(1).join('\n\n')
    return {
      status: 200,
      body: { sha: found.oid, tag: field('tag'), message, object, node_id: '', url: API },
    }
  },
}

interface WrittenCommit {
  readonly tree: string
  readonly parents?: readonly string[]
  readonly message: string
  readonly author?: { name: string; email: string; date?: string }
  readonly committer?: { name?: string; email?: string; date?: string }
}

/** Asked for with every request, and once true it stays so. */
const notEmptyOnes = new WeakSet<Repo>()

/** Git data of a repository without any commit cannot be asked for or written. */
export function notEmpty(repo: Repo): Repo {
  if (notEmptyOnes.has(repo)) return repo
  if (readRefs(repo.gitDir).size === 0) throw new Failure(409, 'Git Repository is empty.')
  notEmptyOnes.add(repo)
  return repo
}

function listedEntry({ path, mode, type, oid, size }: ListedRow): Json {
  return { path, mode, type, sha: oid, url: API, ...(type === 'blob' && { size }) }
}

function withinLimits(rows: readonly Json[], mostEntries: number): readonly Json[] {
  let bytes = 0
  const end = rows.findIndex((row, index) => {
    bytes += JSON.stringify(row).length
    return index >= mostEntries || bytes > MOST_BYTES
  })
  return end < 0 ? rows : rows.slice(0, end)
}

/** `Name <mail> seconds zone`, the zone kept as it was written. */
function signatureLine({ name, email, date }: { name: string; email: string; date: string }): string {
  const milliseconds = Date.parse(date)
  if (Number.isNaN(milliseconds)) throw invalid('Commit', 'date', 'invalid')
  const zone = /([+-]\d{2}):?(\d{2})$/.exec(date)
  return `${name} <${email}> ${Math.floor(milliseconds / 1000)} ${zone ? `${zone[1]}${zone[2]}` : '+0000'}`
}

function refJson(repo: Repo, ref: string, sha: string): Json {
  return {
    ref,
    node_id: `REF_${sha}`,
    url: API,
    object: { sha, type: repo.objects.get(sha)?.type, url: API },
  }
}

import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { GitObjectStore } from '../adapters/git/object-store.ts'
import { GitFailure, runGit, type GitLocation } from '../adapters/git/run-git.ts'
import { UPSTREAM_REFS } from '../app/fork/read-repository.ts'
import { Refusal } from '../core/model/problem.ts'

/** A clone that is open for work; `close` ends its processes and removes what was only borrowed. */
export interface OpenClone {
  readonly store: GitObjectStore
  /** Remotes of the clone that are upstream's. */
  readonly upstreamRemotes: readonly string[]
  close(): Promise<void>
}

export interface CloneRequest {
  readonly path: string
  /** Where upstream's tags and objects are, when the clone has none: a path or a URL. */
  readonly upstream?: string
  /** `reading` leaves the clone as it is, even for `upstream`. */
  readonly for: 'reading' | 'writing'
}

/** Opens a clone for one piece of work and closes it again. Refuses what cannot be worked on. */
export async function withClone<T>(
  request: CloneRequest,
  work: (clone: OpenClone) => Promise<T>,
): Promise<T> {
  const clone = await openClone(request)
  try {
    return await work(clone)
  } catch (error) {
    throw missingObject(error) ?? error
  } finally {
    await clone.close()
  }
}

/** A clone made with `--filter` fetches what it lacks when it is asked, if it can; one whose alternates are gone cannot. */
function missingObject(error: unknown): Refusal | undefined {
  if (
    !(error instanceof Error) ||
    !/^no (object|blob|commit|tree) [0-9a-f]{40}|^git cat-file ended: fatal/.test(error.message)
  )
    return undefined
  return new Refusal({
    code: 'missing-objects',
    message: `This clone lacks objects that I need (${error.message.split('\n')[0]}). If it is a partial clone, make sure that its remote can be reached, or fetch everything with \`git fetch --refetch --no-filter\`.`,
  })
}

/** The clone, with or without a working tree, which is never touched. */
async function openClone(request: CloneRequest): Promise<OpenClone> {
  const clone: GitLocation = { gitDir: await findGitDir(request.path) }
  await refuseShallow(clone)
  const upstreamRemotes = await findUpstreamRemotes(clone)
  if (request.upstream === undefined) return opened(clone, upstreamRemotes, async () => {})
  const source = existsSync(request.upstream) ? resolve(request.upstream) : request.upstream
  if (request.for === 'writing') {
    await fetchUpstream(clone, source)
    return opened(clone, upstreamRemotes, async () => {})
  }
  const view = await viewOf(clone)
  const remove = (): Promise<void> => rm(view.gitDir, { recursive: true, force: true })
  try {
    await fetchUpstream(view, source)
  } catch (error) {
    await remove()
    throw error
  }
  return opened(view, upstreamRemotes, remove)
}

function opened(
  location: GitLocation,
  upstreamRemotes: readonly string[],
  after: () => Promise<void>,
): OpenClone {
  const store = new GitObjectStore(location)
  const close = async (): Promise<void> => {
    await store.close()
    await after()
  }
  return { store, upstreamRemotes, close }
}

/** The git directory a path stands for: the repository itself, or the one the path is inside. */
async function findGitDir(path: string): Promise<string> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    for (const candidate of [join(folder, '.git'), folder]) {
      if (!existsSync(candidate)) continue
      const found = await gitDirAt(candidate)
      if (found !== undefined) return found
    }
    if (folder === dirname(folder)) break
  }
  throw new Refusal({
    code: 'not-a-repository',
    message: `\`${path}\` is not a git repository. Give the path of a clone of your Kubespray fork.`,
  })
}

async function gitDirAt(candidate: string): Promise<string | undefined> {
  try {
    const found = await runGit({ gitDir: candidate }, ['rev-parse', '--absolute-git-dir'])
    return found.toString().trim()
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error
    if (!/dubious ownership/.test(error.stderr)) return undefined
    throw new Refusal({
      code: 'not-trusted',
      message: `Git refuses to read this repository: ${error.stderr.trim()}`,
    })
  }
}

/** A history that was cut off has no base to be found in. */
async function refuseShallow(clone: GitLocation): Promise<void> {
  const answer = await runGit(clone, ['rev-parse', '--is-shallow-repository'])
  if (answer.toString().trim() !== 'true') return
  throw new Refusal({
    code: 'shallow-clone',
    message:
      'This clone is shallow: its history is cut off, so I cannot find what the fork stands on. Fetch the rest with `git fetch --unshallow`.',
  })
}

/** Upstream's remotes by their URL, under its present name and the two it had before; else the one that is called so. */
async function findUpstreamRemotes(clone: GitLocation): Promise<readonly string[]> {
  const output = await runGit(clone, ['config', '--get-regexp', '^remote\\..*\\.url$']).catch(() =>
    Buffer.alloc(0),
  )
  const remotes = [...output.toString().matchAll(/^remote\.(.+)\.url (.*)$/gm)].map(([, name, url]) => ({
    name: name as string,
    url: url as string,
  }))
  const known = remotes.filter(({ url }) => /kubernetes-(sigs|incubator)\/(kubespray|kargo)/.test(url))
  return [
    ...new Set([
      ...known.map(({ name }) => name),
      ...remotes.map(({ name }) => name).filter(isNamedUpstream),
    ]),
  ]
}

function isNamedUpstream(name: string): boolean {
  return name === 'upstream' || name === 'kubespray'
}

/** Upstream's own branches by name; the other branches of a clone given as upstream may be the user's. */
const UPSTREAM_HEADS = ['master', 'release-']

async function fetchUpstream(into: GitLocation, source: string): Promise<void> {
  const specs = [
    `+refs/tags/v*:${UPSTREAM_REFS}tags/v*`,
    ...UPSTREAM_HEADS.map((name) => `+refs/heads/${name}*:${UPSTREAM_REFS}heads/${name}*`),
  ]
  try {
    await runGit(into, ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--', source, ...specs])
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error
    const why = error.stderr.trim().split('\n')[0] ?? ''
    throw new Refusal({
      code: 'upstream-unreachable',
      message: `I could not fetch upstream's tags from \`${source}\`: ${why}`,
    })
  }
}

/** A throw-away repository that borrows the clone's objects and copies its refs, so that fetching leaves the clone alone. */
async function viewOf(clone: GitLocation): Promise<GitLocation> {
  const view: GitLocation = { gitDir: await mkdtemp(join(tmpdir(), 'multiarch-')) }
  const objects = (await runGit(clone, ['rev-parse', '--git-path', 'objects'])).toString().trim()
  await runGit(view, ['init', '--quiet', '--bare'])
  await writeFile(join(view.gitDir, 'objects/info/alternates'), `${resolve(objects)}\n`)
  const refs = await runGit(clone, ['for-each-ref', '--format=create %(refname) %(objectname)'])
  await runGit(view, ['update-ref', '--no-deref', '--stdin'], refs)
  const head = await runGit(clone, ['symbolic-ref', '-q', 'HEAD']).catch(() => Buffer.alloc(0))
  if (head.length > 0) await runGit(view, ['symbolic-ref', 'HEAD', head.toString().trim()])
  return view
}

import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { GitObjectStore } from '../../adapters/git/git-object-store.ts'
import { GitFailure, runGit, type GitLocation } from '../../adapters/git/run-git.ts'
import { BesideUpstream } from '../../adapters/git/beside-upstream.ts'
import { knownReleases, UPSTREAM_REFS } from '../../app/repository/read-repository.ts'
import { sha256Repository, shallowClone } from '../../core/explain/trouble/git-trouble.ts'
import { holdsKubespray } from '../../core/layout/holds-kubespray.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { sayAside } from '../print/say.ts'
import { KUBESPRAY, upstreamHistory } from './upstream-history.ts'

/** A clone that is open for work; `close` ends its processes and removes what was only borrowed. */
export interface OpenClone {
  readonly store: ObjectStore
  /** Remotes of the clone that are upstream's. */
  readonly upstreamRemotes: readonly string[]
  /** Work that failed leaves nothing behind: what it made and did not hand over is given up. */
  close(how: 'kept' | 'given-up'): Promise<void>
}

export interface CloneRequest {
  readonly path: string
  /** Where upstream's tags and objects are, when the clone has none: a path or a URL. */
  readonly upstream?: string
  /** `objects`: whatever the clone is, its objects are all that is wanted. */
  readonly wants?: 'objects'
  /** `reading` leaves the clone as it is, even for `upstream`. */
  readonly for: 'reading' | 'writing'
}

/** Opens a clone for one piece of work and closes it again. Refuses what cannot be worked on. */
export async function withClone<T>(
  request: CloneRequest,
  work: (clone: OpenClone) => Promise<T>,
): Promise<T> {
  const clone = await openClone(request)
  let how: 'kept' | 'given-up' = 'given-up'
  try {
    const done = await work(clone)
    how = 'kept'
    return done
  } finally {
    await clone.close(how)
  }
}

/** The clone, with or without a working tree, which is never touched. */
async function openClone(request: CloneRequest): Promise<OpenClone> {
  const clone: GitLocation = { gitDir: await findGitDir(request.path) }
  const [upstreamRemotes] = await Promise.all([findUpstreamRemotes(clone), refuseUnfit(clone)])
  const own = new GitObjectStore(clone)
  if (request.wants === 'objects') return opened(own, upstreamRemotes)
  const what = await whatIsIn(own)
  if (what === 'other') return opened(await besideUpstream(own, clone, request.upstream), upstreamRemotes)
  const source = await sourceFor(clone, request.upstream, what)
  if (source === undefined) return opened(own, upstreamRemotes)
  own.abandon()
  const view = await viewOf(clone)
  const remove = (): Promise<void> => rm(view.gitDir, { recursive: true, force: true })
  try {
    await fetchUpstream(
      request.for === 'writing' ? { ...view, objects: await objectsOf(clone) } : view,
      source,
    )
    if (request.for === 'reading') return opened(new GitObjectStore(view), upstreamRemotes, remove)
    const refs = await runGit(view, [
      'for-each-ref',
      '--format=update %(refname) %(objectname)',
      UPSTREAM_REFS,
    ])
    await runGit(clone, ['update-ref', '--stdin'], refs)
  } catch (error) {
    await remove()
    throw error
  }
  await remove()
  return opened(new GitObjectStore(clone), upstreamRemotes)
}

/**
 * Whether a clone is Kubespray's own history or a fork of it, by its files or by those of a release that it knows; `fork-alone`: it
 * knows none. Anything else may hold Kubespray in another way, and its tags name its own states.
 */
async function whatIsIn(store: GitObjectStore): Promise<'fork' | 'fork-alone' | 'other'> {
  const [newest] = [...(await knownReleases(store)).values()].slice(-1)
  const isKubespray = async (revision: string): Promise<boolean> => {
    const found = await store.resolve(revision)
    return found !== undefined && holdsKubespray(await store.readTree(found.oid))
  }
  const head = await store.resolve('HEAD')
  if (!head || (await isKubespray('HEAD'))) return newest === undefined ? 'fork-alone' : 'fork'
  return newest !== undefined && (await isKubespray(newest)) ? 'fork' : 'other'
}

/** A clone that is no fork of Kubespray, with upstream's history beside it where it can be had. */
async function besideUpstream(
  own: GitObjectStore,
  clone: GitLocation,
  wanted: string | undefined,
): Promise<BesideUpstream | GitObjectStore> {
  const source = await sourceOf(clone, wanted ?? KUBESPRAY)
  const upstream: GitLocation | undefined = existsSync(source)
    ? { gitDir: await findGitDir(source) }
    : await unlessUnreachable(upstreamHistory(source, { tell: sayAside }), wanted)
  if (!upstream) return own
  return new BesideUpstream({ own, upstream: new GitObjectStore(upstream), listedAs: UPSTREAM_REFS })
}

/** Where upstream's releases are to be fetched from; nowhere, where the clone knows some or nothing can be reached. */
async function sourceFor(
  clone: GitLocation,
  wanted: string | undefined,
  what: 'fork' | 'fork-alone',
): Promise<string | undefined> {
  if (wanted !== undefined) return sourceOf(clone, wanted)
  if (what === 'fork') return undefined
  return (await unlessUnreachable(upstreamHistory(KUBESPRAY, { tell: sayAside }), wanted))?.gitDir
}

/** Where nobody named it, whoever needs a release says what is missing and what helps. */
async function unlessUnreachable(
  history: Promise<GitLocation>,
  wanted: string | undefined,
): Promise<GitLocation | undefined> {
  try {
    return await history
  } catch (error) {
    if (wanted !== undefined || !(error instanceof Refusal)) throw error
    return undefined
  }
}

/** A path, the URL of a remote that is called so, or a URL as it is. */
async function sourceOf(clone: GitLocation, upstream: string): Promise<string> {
  if (existsSync(upstream)) return resolve(upstream)
  const known = await runGit(clone, ['config', '--get', `remote.${upstream}.url`]).catch(() =>
    Buffer.alloc(0),
  )
  return known.toString().trim() || upstream
}

function opened(
  store: ObjectStore & { abandon(): void },
  upstreamRemotes: readonly string[],
  after: () => Promise<void> = async () => {},
): OpenClone {
  const close = async (how: 'kept' | 'given-up'): Promise<void> => {
    try {
      if (how === 'kept') await store.close()
      else store.abandon()
    } finally {
      await after()
    }
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

/** A history that was cut off has no base to be found in; ids of another length are none to anybody who reads them as SHA-1. */
async function refuseUnfit(clone: GitLocation): Promise<void> {
  const answer = await runGit(clone, ['rev-parse', '--is-shallow-repository', '--show-object-format'])
  const [shallow, format] = answer.toString().trim().split('\n')
  if (format === 'sha256') throw new Refusal(sha256Repository())
  if (shallow === 'true') throw new Refusal(shallowClone())
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

/**
 * Fetches, always into a repository of our own that borrows the clone's objects: what the clone's settings say of ways to talk to
 * others, programs among them, is not asked. New objects may go to the clone all the same.
 */
async function fetchUpstream(into: GitLocation, source: string): Promise<void> {
  const specs = [
    `+refs/tags/v*:${UPSTREAM_REFS}tags/v*`,
    ...UPSTREAM_HEADS.map((name) => `+refs/heads/${name}*:${UPSTREAM_REFS}heads/${name}*`),
  ]
  try {
    await runGit(into, [...FETCH, '--', source, ...specs])
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error
    const why = error.stderr.trim().split('\n')[0] ?? ''
    throw new Refusal({
      code: 'upstream-unreachable',
      message: `I could not fetch upstream's tags from \`${source}\`: ${why}`,
    })
  }
}

const FETCH = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules']

/** A throw-away repository that borrows the clone's objects and copies its refs, so that fetching leaves the clone alone. */
async function viewOf(clone: GitLocation): Promise<GitLocation> {
  const view: GitLocation = { gitDir: await mkdtemp(join(tmpdir(), 'multiarch-')) }
  try {
    await borrow(clone, view)
    return view
  } catch (error) {
    await rm(view.gitDir, { recursive: true, force: true })
    throw error
  }
}

async function borrow(clone: GitLocation, view: GitLocation): Promise<void> {
  await runGit(view, ['init', '--quiet', '--bare', '--template='])
  await mkdir(join(view.gitDir, 'objects/info'), { recursive: true })
  await writeFile(join(view.gitDir, 'objects/info/alternates'), `${await objectsOf(clone)}\n`)
  const refs = await runGit(clone, ['for-each-ref', '--format=create %(refname) %(objectname)'])
  await runGit(view, ['update-ref', '--no-deref', '--stdin'], refs)
  const head = await runGit(clone, ['symbolic-ref', '-q', 'HEAD']).catch(() => Buffer.alloc(0))
  if (head.length > 0) await runGit(view, ['symbolic-ref', 'HEAD', head.toString().trim()])
}

async function objectsOf(clone: GitLocation): Promise<string> {
  return resolve((await runGit(clone, ['rev-parse', '--git-path', 'objects'])).toString().trim())
}

import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { GitObjectStore } from '../../adapters/git/git-object-store.ts'
import { GitFailure, runGit, type GitLocation } from '../../adapters/git/run-git.ts'
import { BesideUpstream } from '../../adapters/git/beside-upstream.ts'
import type { FindFork } from '../../app/repository/own-fork.ts'
import { knownReleases, UPSTREAM_REFS } from '../../app/repository/read-repository.ts'
import { sha256Repository, shallowClone } from '../../core/explain/trouble/git-trouble.ts'
import { holdsKubespray } from '../../core/layout/holds-kubespray.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { Progress } from '../../ports/progress.ts'
import { forkOfFork } from '../../core/explain/trouble/option-alone.ts'
import { sayAside } from '../print/say.ts'
import { findGitDir, findRepository, type FoundRepository } from './clone/find-git-dir.ts'
import { forksOf } from './clone/forks-of.ts'
import { keptHistory, KUBESPRAY, upstreamHistory } from './upstream-history.ts'

/** A clone that is open for work; `close` ends its processes and removes what was only borrowed. */
export interface OpenClone {
  readonly store: ObjectStore
  readonly gitDir: string
  /** Remotes of the clone that are upstream's. */
  readonly upstreamRemotes: readonly string[]
  /** Of a clone that is no fork of Kubespray: where upstream's history is read, if anywhere. */
  readonly beside?: GitLocation | 'nothing'
  /** Opens the fork that a submodule is at. */
  readonly forkOf?: FindFork
  /** Work that failed leaves nothing behind: what it made and did not hand over is given up. */
  close(how: 'kept' | 'given-up'): Promise<void>
}

export interface CloneRequest {
  readonly path: string
  /** Where upstream's tags and objects are, when the clone has none: a path or a URL. */
  readonly upstream?: string
  /** Where a submodule's own fork is, when it is not checked out: a path or a URL. */
  readonly fork?: string | undefined
  /**
   * `objects`: whatever the clone is, its objects are all that is wanted. `facts`: it is looked at as it is, even where it cannot be
   * worked on.
   */
  readonly wants?: 'objects' | 'facts'
  /** `reading` leaves the clone as it is, even for `upstream`. */
  readonly for: 'reading' | 'writing'
  readonly progress?: Progress | undefined
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
  const repository = await findRepository(request.path)
  refuseUnfit(repository, request)
  const clone: GitLocation = { gitDir: repository.gitDir }
  const facts = { gitDir: clone.gitDir, upstreamRemotes: await findUpstreamRemotes(clone) }
  const own = new GitObjectStore(clone)
  if (request.wants === 'objects') return opened(own, facts)
  const what = await whatIsIn(own)
  if (request.wants === 'facts')
    return what === 'other'
      ? beside(own, clone, { request, facts, upstream: await keptHistory(KUBESPRAY) })
      : opened(own, facts)
  if (request.fork !== undefined && what !== 'other') throw new Refusal(forkOfFork())
  if (what === 'other') return openedBeside(own, clone, { request, facts })
  const source = await sourceFor(clone, request, what)
  if (source === undefined) return opened(own, facts)
  own.abandon()
  const view = await viewOf(clone)
  const remove = (): Promise<void> => rm(view.gitDir, { recursive: true, force: true })
  try {
    request.progress?.({ code: 'fetching', from: source })
    await fetchUpstream(
      request.for === 'writing' ? { ...view, objects: await objectsOf(clone) } : view,
      source,
    )
    if (request.for === 'reading') return opened(new GitObjectStore(view), facts, remove)
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
  return opened(new GitObjectStore(clone), facts)
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

/** A clone that is no fork of Kubespray, with upstream's history beside it where it can be had, and its own fork where it has one. */
async function openedBeside(
  own: GitObjectStore,
  clone: GitLocation,
  { request, facts }: { readonly request: CloneRequest; readonly facts: CloneFacts },
): Promise<OpenClone> {
  const { upstream: wanted, progress } = request
  const source = await sourceOf(clone, wanted ?? KUBESPRAY)
  const upstream: GitLocation | undefined = existsSync(source)
    ? { gitDir: await findGitDir(source) }
    : await unlessUnreachable(upstreamHistory(source, { tell: sayAside, progress }), wanted)
  return beside(own, clone, { request, facts, upstream })
}

interface Beside {
  readonly request: CloneRequest
  readonly facts: CloneFacts
  /** Absent where it cannot be had; then the clone's tags are nobody's releases all the same. */
  readonly upstream: GitLocation | undefined
}

function beside(
  own: GitObjectStore,
  clone: GitLocation,
  { request: { fork, progress }, facts, upstream }: Beside,
): OpenClone {
  const forks = forksOf({
    clone,
    upstream,
    fork,
    gitDirOf: findGitDir,
    remotesOf: findUpstreamRemotes,
    historyOf: (url) => upstreamHistory(url, { tell: sayAside, progress, of: 'fork' }),
  })
  const store = upstream
    ? new BesideUpstream({ own, upstream: new GitObjectStore(upstream), listedAs: UPSTREAM_REFS })
    : own
  const close = (): Promise<void> => Promise.resolve(forks.close())
  return { ...opened(store, facts, close), forkOf: forks.find, beside: upstream ?? 'nothing' }
}

/** Where upstream's releases are to be fetched from; nowhere, where the clone knows some or nothing can be reached. */
async function sourceFor(
  clone: GitLocation,
  { upstream: wanted, progress }: CloneRequest,
  what: 'fork' | 'fork-alone',
): Promise<string | undefined> {
  if (wanted !== undefined) return sourceOf(clone, wanted)
  if (what === 'fork') return undefined
  return (await unlessUnreachable(upstreamHistory(KUBESPRAY, { tell: sayAside, progress }), wanted))?.gitDir
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

type CloneFacts = Pick<OpenClone, 'gitDir' | 'upstreamRemotes'>

function opened(
  store: ObjectStore & { abandon(): void },
  facts: CloneFacts,
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
  return { store, ...facts, close }
}

/** A history that was cut off has no base to be found in; ids of another length are none to anybody who reads them as SHA-1. */
function refuseUnfit({ isShallow, format }: FoundRepository, { wants }: CloneRequest): void {
  if (format === 'sha256') throw new Refusal(sha256Repository())
  if (isShallow && wants !== 'facts') throw new Refusal(shallowClone())
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

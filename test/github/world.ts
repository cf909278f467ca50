import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Access } from '../../src/ports/forge.ts'
import type { AppIdentity } from './app-identity.ts'
import { Objects, readRefs } from './git.ts'
import type { WaitingApp } from './register-app.ts'

export type Level = 'read' | 'write'

export interface User {
  readonly id: number
  readonly login: string
  readonly type: 'User' | 'Bot' | 'Organization'
}

export interface Repo {
  readonly id: number
  readonly owner: string
  readonly name: string
  readonly gitDir: string
  readonly objects: Objects
  /** Which repositories share its objects. */
  readonly network: string
  readonly parent: Repo | undefined
  defaultBranch: string
  private: boolean
  archived: boolean
  hasIssues: boolean
  readonly access: Map<string, Access>
  /** Pull requests and issues by number. */
  readonly threads: Map<number, Thread>
  readonly comments: Map<number, Comment>
  /** At lines of pull requests. */
  readonly lineComments: LineComment[]
  readonly labels: Map<string, { readonly id: number; readonly name: string }>
  readonly checks: CheckRun[]
  readonly releases: Release[]
  /** Branches nobody but people with admin may move, by short name. */
  readonly protectedBranches: Set<string>
}

export interface Thread {
  readonly id: number
  readonly number: number
  readonly author: string
  readonly createdAt: number
  updatedAt: number
  title: string
  body: string
  /** Who changed title or body last. */
  editor?: string
  state: 'open' | 'closed'
  closedAt?: number
  labels: readonly string[]
  assignees?: readonly string[]
  pull?: Pull
}

export interface Pull {
  readonly head: { readonly repo: Repo; readonly branch: string }
  readonly base: string
  draft: boolean
  /** Where both stood when last seen; frozen once the pull request is closed. */
  headOid: string
  baseOid: string
  mergedAs?: string
  reviewers: readonly string[]
}

export interface Comment {
  readonly id: number
  readonly number: number
  readonly author: string
  readonly createdAt: number
  editedAt?: number
  /** When it was hidden or pinned, which is no change of its text. */
  touchedAt?: number
  body: string
  readonly reactions: { readonly id: number; readonly login: string; readonly content: string }[]
}

export interface LineComment {
  readonly id: number
  readonly number: number
  readonly author: string
  readonly createdAt: number
  readonly body: string
  readonly path: string
  readonly commit: string
  /** On the new side, counted from 1. */
  readonly from: number
  readonly to: number
}

export interface CheckRun {
  readonly id: number
  readonly name: string
  readonly headSha: string
  status: string
  conclusion: string | null
  externalId: string
  output: { title: string | null; summary: string | null; text: string | null }
  readonly annotations: Record<string, unknown>[]
  actions: readonly Record<string, unknown>[]
}

export interface Release {
  readonly id: number
  readonly tag: string
  readonly name: string
  readonly body: string
  /** Milliseconds since 1970. */
  readonly publishedAt?: number
}

export interface Installation {
  readonly id: number
  readonly account: string
  readonly repositories: Set<Repo>
  /** An older installation may lack what the manifest asks for by now. */
  readonly permissions: Record<string, Level>
  suspended: boolean
}

/**
 * GitHub words this refusal in three ways. `tip`: only the files of the branch itself count; `history`: those of every commit that
 * comes new with it as well.
 */
export interface WorkflowRule {
  readonly says: 'sentence' | 'not-granted' | 'not-found'
  readonly looksAt: 'tip' | 'history'
}

/** Everything there is on the stand-in. */
export interface World {
  readonly folder: string
  /** Another one once somebody has registered it. */
  app: AppIdentity
  /** Registered from a manifest, and not fetched yet. */
  readonly waitingApps: WaitingApp[]
  readonly users: Map<string, User>
  readonly repos: Repo[]
  /** The same by `owner/name` in small letters: with ten thousand of them looking through all takes its time. */
  readonly reposByName: Map<string, Repo>
  readonly installations: Installation[]
  /** How many looks at a new object or pull request still miss it: GitHub's replicas lag. */
  lag: number
  readonly missing: Map<string, number>
  /** How a branch is refused that brings workflow files without the permission, and what is looked at. */
  workflows: WorkflowRule
  /** How long a recursive listing of a tree may be; GitHub: 100,000. */
  mostEntries: number
  /** Milliseconds since 1970. */
  now(this: void): number
  nextId(this: void): number
}

export interface NewRepo {
  readonly owner: string
  readonly name: string
  readonly private?: boolean
  readonly hasIssues?: boolean
  readonly defaultBranch?: string
  /** A fork of this one: both see each other's objects, as on GitHub. */
  readonly forkOf?: Repo
  /** A clone to start from: its branches and tags are taken over, its objects borrowed. */
  readonly from?: string
}

export function addRepo(world: World, wanted: NewRepo): Repo {
  const { owner, name, forkOf } = wanted
  if (findRepo(world, owner, name)) throw new Error(`there is a ${owner}/${name} already`)
  addUser(world, owner, 'User')
  const repo = newRepo(world, wanted)
  makeObjects(repo.network)
  initRepository(repo)
  if (wanted.from) borrow(repo, wanted.from)
  else if (forkOf) packRefs(repo, refsUnder(forkOf, 'refs/'))
  register(world, repo)
  return repo
}

/** A fork with one branch: for benches that want ten thousand. */
export function plantFork(world: World, wanted: NewRepo & { readonly forkOf: Repo }, head: string): Repo {
  addUser(world, wanted.owner, 'User')
  const repo = newRepo(world, wanted)
  initRepository(repo)
  packRefs(repo, new Map([[`refs/heads/${repo.defaultBranch}`, head]]))
  register(world, repo)
  return repo
}

function newRepo(world: World, wanted: NewRepo): Repo {
  const { owner, name, forkOf } = wanted
  const gitDir = join(world.folder, owner, `${name}.git`)
  const id = world.nextId()
  const network = forkOf?.network ?? join(world.folder, 'networks', String(id))
  const defaultBranch = wanted.defaultBranch ?? forkOf?.defaultBranch ?? 'main'
  return {
    ...{ id, owner, name, gitDir, network, defaultBranch, parent: forkOf },
    // What one of them has the others have as well.
    objects: forkOf?.objects ?? new Objects(gitDir),
    ...{
      private: wanted.private ?? false,
      archived: false,
      hasIssues: wanted.hasIssues ?? forkOf === undefined,
    },
    ...{
      access: new Map([[owner, 'admin']]),
      threads: new Map(),
      comments: new Map(),
      lineComments: [],
      labels: new Map(),
    },
    ...{ checks: [], releases: [], protectedBranches: new Set() },
  }
}

function register(world: World, repo: Repo): void {
  world.repos.push(repo)
  world.reposByName.set(keyOf(repo.owner, repo.name), repo)
}

export function findRepo(world: World, owner: string, name: string): Repo | undefined {
  return world.reposByName.get(keyOf(owner, name))
}

function keyOf(owner: string, name: string): string {
  return `${owner}/${name}`.toLowerCase()
}

export function removeRepo(world: World, repo: Repo): void {
  world.repos.splice(world.repos.indexOf(repo), 1)
  world.reposByName.delete(keyOf(repo.owner, repo.name))
  for (const installation of world.installations) installation.repositories.delete(repo)
}

export function addUser(world: World, login: string, type: User['type'] = 'User'): User {
  const user = world.users.get(login) ?? { id: world.nextId(), login, type }
  world.users.set(login, user)
  return user
}

/** What a login may do: what it was given, else what the public may. */
export function accessOf(repo: Repo, login: string): Access {
  return repo.access.get(login) ?? (repo.private ? 'none' : 'read')
}

export function branchTip(repo: Repo, branch: string): string | undefined {
  return refsUnder(repo, `refs/heads/${branch}`).get(`refs/heads/${branch}`)
}

/** Something about a pull request or an issue has changed. */
export function touch(world: World, thread: Thread): void {
  thread.updatedAt = world.now()
}

/** Full names and what they point to, annotated tags not peeled. */
export function refsUnder(repo: Repo, prefix: string): Map<string, string> {
  return new Map([...readRefs(repo.gitDir)].filter(([name]) => name.startsWith(prefix)))
}

/** Whether a replica that lags does not show this yet; every look brings it nearer. */
export function isLagging(world: World, key: string): boolean {
  const left = world.missing.get(key) ?? 0
  if (left > 0) world.missing.set(key, left - 1)
  return left > 0
}

export function markNew(world: World, key: string): void {
  if (world.lag > 0) world.missing.set(key, world.lag)
}

/** What forks of one network share. */
function makeObjects(network: string): void {
  for (const folder of ['info', 'pack']) mkdirSync(join(network, 'objects', folder), { recursive: true })
}

/** What `git init --bare` makes, a process cheaper. */
function initRepository({ gitDir, network, defaultBranch }: Repo): void {
  for (const folder of ['refs/heads', 'refs/tags']) mkdirSync(join(gitDir, folder), { recursive: true })
  writeFileSync(join(gitDir, 'HEAD'), `ref: refs/heads/${defaultBranch}\n`)
  writeFileSync(join(gitDir, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n')
  symlinkSync(join(network, 'objects'), join(gitDir, 'objects'))
}

/** Takes over the branches and tags of a clone's git directory, and borrows its objects. */
function borrow(repo: Repo, source: string): void {
  writeFileSync(join(repo.network, 'objects/info/alternates'), `${resolve(source, 'objects')}\n`)
  packRefs(repo, readRefs(source))
}

/** Writes branches and tags as a repository has them that was just cloned. */
function packRefs({ gitDir }: Repo, refs: ReadonlyMap<string, string>): void {
  const rows = [...refs].filter(([name]) => /^refs\/(?:heads|tags)\//.test(name))
  const text = rows.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, oid]) => `${oid} ${name}\n`)
  writeFileSync(join(gitDir, 'packed-refs'), text.join(''))
}

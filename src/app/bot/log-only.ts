import { commitObject, readCommitObject } from '../../core/model/bytes/commit-object.ts'
import type { Commit } from '../../core/model/commit.ts'
import { blobOid, type Oid } from '../../core/model/oid.ts'
import { repositoryKey } from '../../core/model/repository-key.ts'
import { differingPaths, type Tree } from '../../core/model/tree.ts'
import type { Log } from '../../ports/clock.ts'
import type { Account, Forge } from '../../ports/forge.ts'
import type { Host, Workplace } from '../../ports/host.ts'
import type { NewCommit, ObjectStore } from '../../ports/object-store.ts'

/** A host in which everything is read and nothing is written: what would be is logged, with neither text nor secret. */
export function logOnly(host: Host, log: Log): Host {
  return {
    installed: () => host.installed(),
    installedBy: (installation) => host.installedBy(installation),
    published: host.published,
    open: async (repository) => {
      const place = await host.open(repository)
      const would: Would = (what, about) =>
        log.info('would write', { repository: repositoryKey(repository), what, ...about })
      return watching(place, would)
    },
  }
}

type Would = (what: string, about: object) => void

function watching({ repository, forge, objects }: Workplace, would: Would): Workplace {
  return { repository, forge: watchedForge(forge, would), objects: watchedObjects(objects, would) }
}

type Roles = Omit<Forge, 'repository' | 'permissions' | 'releases'>

/** What only asks goes through; every other method of each role says here what it would do. A new one is missed by the compiler. */
type Writing<Role> = {
  readonly [Method in keyof Role]: 'asks' | Role[Method]
}

function watchedForge(forge: Forge, would: Would): Forge {
  const us: Account = { login: 'log-only', kind: 'us' }
  const nothing = { number: 0, url: '', author: us }
  const writing: { readonly [Role in keyof Roles]: Writing<Roles[Role]> } = {
    pullRequests: {
      from: 'asks',
      openUnder: 'asks',
      read: 'asks',
      open: async ({ title, body, branch, onto, draft }) => {
        would('open a pull request', { title, branch, onto })
        const none = '0'.repeat(40) as Oid
        const head = { branch, oid: none, elsewhere: false }
        const base = { branch: onto, oid: none }
        return { ...nothing, title, body, draft, state: 'open', labels: [], head, base }
      },
      update: async (number, change) =>
        would('change a pull request', { number, fields: Object.keys(change) }),
      askForReview: async (number, logins) => would('ask for a review', { number, logins }),
      assign: async (number, logins) => would('assign a pull request', { number, logins }),
    },
    comments: {
      on: 'asks',
      lately: 'asks',
      read: 'asks',
      add: async (number, body) => {
        would('comment', { number })
        return { ...nothing, id: 0, number, body, edited: false }
      },
      update: async (id) => would('change a comment', { id }),
    },
    lineComments: {
      ours: 'asks',
      add: async (number, { path, from, to }) => {
        would('comment at lines', { number, path, from, to })
        return true
      },
    },
    reactions: {
      add: async (comment, reaction) => {
        would('react', { comment, reaction })
        return true
      },
    },
    labels: {
      add: async (number, labels) => would('add labels', { number, labels }),
      remove: async (number, label) => would('remove a label', { number, label }),
    },
    checks: {
      find: 'asks',
      report: async ({ at, state }) => {
        would('report a check', { at, state })
        return true
      },
      repeat: async (at, name) => would('report a check', { at, name }),
    },
    issues: {
      ours: 'asks',
      read: 'asks',
      open: async ({ title, body, label }) => {
        would('open an issue', { title, label })
        return { ...nothing, title, body, state: 'open', labels: [label] }
      },
      update: async (number, change) => would('change an issue', { number, fields: Object.keys(change) }),
    },
  }
  const watched = <R extends keyof Roles>(role: R): Roles[R] => guarded(forge[role], writing[role])
  return {
    repository: forge.repository,
    permissions: forge.permissions,
    releases: forge.releases,
    pullRequests: watched('pullRequests'),
    comments: watched('comments'),
    lineComments: watched('lineComments'),
    reactions: watched('reactions'),
    labels: watched('labels'),
    checks: watched('checks'),
    issues: watched('issues'),
  }
}

/** Only what is known to ask reaches the role. */
function guarded<Role extends object>(role: Role, writing: Writing<Role>): Role {
  return new Proxy(role, {
    get(target, name) {
      const own: unknown = Reflect.get(writing, name)
      if (typeof own === 'function') return own
      const member: unknown = Reflect.get(target, name)
      if (own === 'asks' && typeof member === 'function')
        return (...given: unknown[]): unknown => Reflect.apply(member, target, given)
      throw new Error(`${String(name)} is not known to write nothing`)
    },
  })
}

/** What would be written is kept in memory under the ids that it would have, for as long as the work takes. */
function watchedObjects(objects: ObjectStore, would: Would): ObjectStore {
  const commits = new Map<Oid, Commit>()
  const blobs = new Map<Oid, Uint8Array>()
  const seen = async <T>(oid: Oid, read: (oid: Oid) => Promise<T>): Promise<T> =>
    read(commits.get(oid)?.tree ?? oid)
  return {
    readCommits: async (oids) => {
      const own = oids.flatMap((oid): [Oid, Commit][] => {
        const commit = commits.get(oid)
        return commit ? [[oid, commit]] : []
      })
      return new Map([...own, ...(await objects.readCommits(oids.filter((oid) => !commits.has(oid))))])
    },
    readTree: (oid) => seen(oid, (each) => objects.readTree(each)),
    readBlobs: (oids) => objects.readBlobs(oids),
    lend: (tree, contents) => objects.lend(tree, contents),
    writeBlobs: async (contents) =>
      contents.map((bytes) => {
        const oid = blobOid(bytes)
        blobs.set(oid, bytes)
        return oid
      }),
    writeTree: async (tree) => objects.lend(tree, contentsOf(tree, blobs)),
    writeCommit: async (commit: NewCommit) => {
      const { oid, bytes } = commitObject(commit)
      commits.set(oid, readCommitObject(oid, bytes))
      return oid
    },
    flush: async () => {},
    listRefs: (prefix) => objects.listRefs(prefix),
    defaultBranch: () => objects.defaultBranch(),
    checkedOut: (ref) => objects.checkedOut(ref),
    moveRef: async ({ name, from, to }) => {
      would(from === undefined ? 'create a ref' : 'move a ref', { ref: name, to })
      return true
    },
    resolve: async (revision) => {
      const oid = [...commits.keys()].find((each) => each === revision)
      return oid ? { oid, type: 'commit' } : objects.resolve(revision)
    },
    mergeBase: (a, b) => objects.mergeBase(a, b),
    log: (range) => logWith(objects, commits, range),
    close: () => objects.close(),
  }
}

function contentsOf(tree: Tree, blobs: ReadonlyMap<Oid, Uint8Array>): Uint8Array[] {
  return [...tree.values()].flatMap(({ oid }) => blobs.get(oid) ?? [])
}

/** Commits that are nowhere stand on top of those that are. */
async function logWith(
  objects: ObjectStore,
  commits: ReadonlyMap<Oid, Commit>,
  range: Parameters<ObjectStore['log']>[0],
): ReturnType<ObjectStore['log']> {
  const commit = commits.get(range.to)
  if (!commit || range.not.includes(range.to)) return commit ? [] : objects.log(range)
  const [parent] = commit.parents
  const before: Tree = parent === undefined ? new Map() : await treeAt(objects, commits, parent)
  const after = await objects.readTree(commit.tree)
  const changes = differingPaths(before, after).map((path) => ({
    path,
    before: before.get(path),
    after: after.get(path),
  }))
  const below = await Promise.all(commit.parents.map((to) => logWith(objects, commits, { ...range, to })))
  const all = [{ ...commit, changes }, ...below.flat()]
  return [...new Map(all.map((each) => [each.oid, each])).values()]
}

function treeAt(objects: ObjectStore, commits: ReadonlyMap<Oid, Commit>, oid: Oid): Promise<Tree> {
  return objects.readTree(commits.get(oid)?.tree ?? oid)
}

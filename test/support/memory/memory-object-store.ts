import { commitObject, readCommitObject } from '../../../src/core/model/bytes/commit-object.ts'
import type { Commit } from '../../../src/core/model/commit.ts'
import { LentObjects } from '../../../src/core/model/lent/lent-objects.ts'
import { EMPTY_TREE, blobOid, isOid, type Oid } from '../../../src/core/model/oid.ts'
import { isSafePath, parentOf, UnusablePath } from '../../../src/core/model/parent-of.ts'
import { treeObjects, type Entry, type Mode, type Tree } from '../../../src/core/model/tree.ts'
import type { NewCommit, ObjectStore, RefMove } from '../../../src/ports/object-store.ts'
import { logOf, mergeBaseOf } from './merge-base-of.ts'

interface MemoryStoreOptions {
  /** What `HEAD` names; it stays unborn until that branch exists. */
  readonly head?: string
}

/** A repository in memory, with git's own ids: for tests, `--dry-run` and benches. Bytes handed in or out are not copied. */
export function memoryObjectStore(options: MemoryStoreOptions = {}): ObjectStore {
  const head = options.head ?? 'refs/heads/main'
  const objects = memoryObjects()
  const refs = new Map<string, Oid>()
  const lent = new LentObjects()
  return {
    readCommits: async (oids) => new Map(oids.map((oid) => [oid, objects.commit(oid)])),
    readTree: async (oid) =>
      lent.tree(oid) ?? objects.tree(objects.isCommit(oid) ? objects.commit(oid).tree : oid),
    readBlobs: async (oids) => new Map([...objects.blobs(oids), ...lent.blobs(oids)]),
    lend: (tree, blobs) => lent.lend(tree, blobs),
    writeBlobs: async (blobs) => blobs.map((bytes) => objects.addBlob(bytes)),
    writeTree: async (tree) => objects.addTree(tree),
    writeCommit: async (commit) => objects.addCommit(commit),
    flush: async () => {},
    listRefs: async (prefix) =>
      new Map([...refs].filter(([name]) => name.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1))),
    defaultBranch: async () => (refs.has(head) ? head : undefined),
    checkedOut: async (ref) => (refs.has(ref) && ref === head ? {} : undefined),
    moveRef: async (move) => moveRef(refs, move, objects),
    resolve: async (revision) => {
      const oid = resolveName(revision, refs, head) ?? objects.find(revision)
      if (oid === undefined) return undefined
      if (objects.isCommit(oid)) return { oid, type: 'commit' as const }
      return objects.isTree(oid) ? { oid, type: 'tree' as const } : undefined
    },
    mergeBase: async (a, b) => mergeBaseOf(objects, a, b),
    log: async (range) => logOf(objects, range),
    close: async () => {},
  }
}

type MemoryObjects = ReturnType<typeof memoryObjects>

function memoryObjects() {
  const blobs = new Map<Oid, Uint8Array>()
  const commits = new Map<Oid, Commit>()
  /** One level of a tree: name → entry, folders included. */
  const folders = new Map<Oid, Uint8Array>([[EMPTY_TREE, new Uint8Array()]])
  const flat = new Map<Oid, Tree>()
  const found = <T>(value: T | undefined, what: string, oid: Oid): T => {
    if (value === undefined) throw new Error(`there is no ${what} ${oid}`)
    return value
  }
  const tree = (oid: Oid): Tree => {
    let whole = flat.get(oid)
    if (!whole) flat.set(oid, (whole = flatten(oid, (each) => found(folders.get(each), 'tree', each))))
    return whole
  }
  return {
    tree,
    isCommit: (oid: Oid) => commits.has(oid),
    isTree: (oid: Oid) => folders.has(oid),
    commit: (oid: Oid) => found(commits.get(oid), 'commit', oid),
    /** What is missing is left out, as the port says. */
    blobs: (oids: readonly Oid[]) =>
      new Map(
        oids.flatMap((oid) => {
          const bytes = blobs.get(oid)
          return bytes ? [[oid, bytes] as const] : []
        }),
      ),
    /** The commit or tree whose id begins so, if exactly one does (git asks for four digits at least). */
    find(prefix: string): Oid | undefined {
      if (!/^[0-9a-f]{4,40}$/.test(prefix)) return undefined
      const matches = [...commits.keys(), ...folders.keys()].filter((oid) => oid.startsWith(prefix))
      return matches.length === 1 ? matches[0] : undefined
    },
    addBlob(bytes: Uint8Array): Oid {
      const oid = blobOid(bytes)
      blobs.set(oid, bytes)
      return oid
    },
    addTree(whole: Tree): Oid {
      for (const [path, entry] of whole) checkEntry(whole, path, entry, blobs)
      const all = treeObjects(whole)
      for (const { oid, bytes } of all) folders.set(oid, bytes)
      return all.at(-1)?.oid as Oid
    },
    addCommit(commit: NewCommit): Oid {
      found(folders.get(commit.tree), 'tree', commit.tree)
      for (const parent of commit.parents) found(commits.get(parent), 'commit', parent)
      const { oid, bytes } = commitObject(commit)
      commits.set(oid, readCommitObject(oid, bytes))
      return oid
    },
  }
}

function checkEntry(tree: Tree, path: string, entry: Entry, blobs: ReadonlyMap<Oid, unknown>): void {
  if (!isSafePath(path)) throw new UnusablePath(path, 'unsafe')
  for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder))
    if (tree.has(folder)) throw new Error(`${folder} is a file and a folder at once`)
  // A gitlink names a commit of another repository, which this one need not have.
  if (entry.mode !== '160000' && !blobs.has(entry.oid))
    throw new Error(`there is no blob ${entry.oid} for ${path}`)
}

/** Reads a tree object and those below it: rows of `mode SP name NUL` and 20 bytes of id. */
function flatten(root: Oid, read: (oid: Oid) => Uint8Array): Tree {
  const tree = new Map<string, Entry>()
  const walk = (oid: Oid, prefix: string) => {
    const bytes = Buffer.from(read(oid))
    for (let at = 0; at < bytes.length;) {
      const nul = bytes.indexOf(0, at)
      const [mode, ...name] = bytes.toString('utf8', at, nul).split(' ')
      const child = bytes.toString('hex', nul + 1, nul + 21) as Oid
      const path = prefix + name.join(' ')
      if (mode === '40000') walk(child, `${path}/`)
      else tree.set(path, { mode: mode as Mode, oid: child })
      at = nul + 21
    }
  }
  walk(root, '')
  return tree
}

function moveRef(refs: Map<string, Oid>, { name, from, to }: RefMove, objects: MemoryObjects): boolean {
  // A part of what `git check-ref-format` refuses: all that an outsider's text could bring.
  if (!/^refs\/.+\/./.test(name) || /\.\.|[\0-\x20~^:?*[\\\x7f]|\/\/|@\{|\/\.|\.lock(\/|$)|[./]$/.test(name))
    throw new Error(`not a ref's name: ${name}`)
  objects.commit(to)
  if (refs.get(name) !== from) return false
  for (const other of refs.keys())
    if (other.startsWith(`${name}/`) || name.startsWith(`${other}/`)) return false // a file where a folder must be
  refs.set(name, to)
  return true
}

/** What a name means, in the order git asks (`gitrevisions`). */
function resolveName(revision: string, refs: ReadonlyMap<string, Oid>, head: string): Oid | undefined {
  if (revision === 'HEAD') return refs.get(head)
  if (isOid(revision)) return undefined
  for (const prefix of ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/']) {
    const oid = refs.get(prefix + revision)
    if (oid) return oid
  }
  return undefined
}

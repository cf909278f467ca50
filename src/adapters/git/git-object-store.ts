import { optional } from '../../core/model/defined.ts'
import type { Commit, LoggedCommit } from '../../core/model/commit.ts'
import { LruMap } from '../../core/model/collections/lru-map.ts'
import { blobOid, hashObject, EMPTY_TREE, type Oid } from '../../core/model/oid.ts'
import { isSafePath, UnusablePath } from '../../core/model/parent-of.ts'
import { treeObjects, treeOf, treeOid, type Entry, type Folder, type Tree } from '../../core/model/tree.ts'
import type { CheckedOut, LogRange, NewCommit, ObjectStore, RefMove } from '../../ports/object-store.ts'
import { LentObjects } from '../../core/model/lent/lent-objects.ts'
import { CatFile, type GitObject, type ObjectType } from './cat-file.ts'
import { HistoryIndex } from './history-index.ts'
import { packOf, type PackedObject } from './pack-of.ts'
import { formatSignature, parseCommit, parseTree, type TreeRow } from './parse-tree.ts'
import { readRefs, USUAL_REFS, type ListedRefs } from './read-refs.ts'
import { GitFailure, runGit, type GitLocation } from './run-git.ts'
import { DamagedObject, MissingObject } from './missing-object.ts'

const TREES_KEPT = 120
/** Kubespray has some 250 folders at a time. */
const FOLDERS_KEPT = 10_000

/** The object store over a local clone. Reads objects, writes objects and refs; no working tree, index or `HEAD` is touched. */
export class GitObjectStore implements ObjectStore {
  readonly #location: GitLocation
  readonly #contents: CatFile
  readonly #names: CatFile
  readonly #history: HistoryIndex
  /** By their ids: most folders are in many trees. */
  readonly #folders = new Map<Oid, Folder>([[EMPTY_TREE, NO_FILES]])
  readonly #trees = new LruMap<Oid, Promise<Tree>>(TREES_KEPT)
  /** Written, but not handed to git yet; readable all the same. */
  readonly #unflushed = new Map<Oid, PackedObject>()
  readonly #written = new Set<Oid>()
  /** Seen, and never written. */
  readonly #lent = new LentObjects()
  /** Paths that were looked at: one tree has most of another's. */
  readonly #safe = new Set<string>()
  /** The refs that everybody asks for, and what `HEAD` points to among them, as they were when the first was asked for. */
  #refs: Promise<ListedRefs> | undefined

  constructor(location: GitLocation) {
    this.#location = location
    this.#contents = new CatFile(location, 'batch')
    this.#names = new CatFile(location, 'batch-check')
    this.#history = new HistoryIndex(location)
  }

  async resolve(revision: string): Promise<{ oid: Oid; type: 'commit' | 'tree' } | undefined> {
    if (this.#lent.tree(revision as Oid)) return { oid: revision as Oid, type: 'tree' }
    const own = this.#unflushed.get(revision as Oid)
    if (own && own.type !== 'blob') return { oid: revision as Oid, type: own.type }
    // Its content comes along, and is small: a process of its own for names costs more than a plan asks for.
    const found = await this.#contents.ask(`${revision}^{}`)
    return found?.type === 'commit' || found?.type === 'tree'
      ? { oid: found.oid, type: found.type }
      : undefined
  }

  async readCommits(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Commit>> {
    const objects = await Promise.all(oids.map((oid) => this.#read(oid, 'commit')))
    return new Map(objects.map(({ oid, bytes }) => [oid, parseCommit(oid, bytes)]))
  }

  async readTree(oid: Oid): Promise<Tree> {
    const lent = this.#lent.tree(oid)
    if (lent) return lent
    let tree = this.#trees.get(oid)
    if (!tree) {
      tree = this.#readWholeTree(oid)
      this.#trees.set(oid, tree)
    }
    return tree
  }

  async readBlobs(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Uint8Array>> {
    const lent = this.#lent.blobs(oids)
    const objects = await Promise.all(oids.filter((oid) => !lent.has(oid)).map((oid) => this.#find(oid)))
    const found = objects.flatMap((object): [Oid, Uint8Array][] =>
      object?.type === 'blob' ? [[object.oid, object.bytes]] : [],
    )
    return new Map([...lent, ...found])
  }

  lend(tree: Tree, blobs: Iterable<Uint8Array>): Oid {
    return this.#lent.lend(tree, blobs)
  }

  async writeBlobs(blobs: readonly Uint8Array[]): Promise<readonly Oid[]> {
    return blobs.map((bytes) => this.#write('blob', bytes, blobOid(bytes)))
  }

  async writeTree(tree: Tree): Promise<Oid> {
    this.#checkPaths(tree)
    for (const { oid, bytes } of treeObjects(tree, (known) => this.#folders.has(known)))
      this.#write('tree', bytes, oid)
    return treeOid(tree)
  }

  async writeCommit(commit: NewCommit): Promise<Oid> {
    const lines = [
      `tree ${commit.tree}`,
      ...commit.parents.map((parent) => `parent ${parent}`),
      `author ${formatSignature(commit.author)}`,
      `committer ${formatSignature(commit.committer)}`,
    ]
    const bytes = Buffer.from(`${lines.join('\n')}\n\n${commit.message}`)
    return this.#write('commit', bytes, hashObject('commit', bytes))
  }

  async flush(): Promise<void> {
    if (this.#unflushed.size === 0) return
    const objects = [...this.#unflushed]
    // Objects that the clone has already need no second copy.
    const known = await Promise.all(objects.map(([oid]) => this.#names.ask(oid)))
    const missing = objects.filter((_, index) => known[index] === undefined).map(([, object]) => object)
    // Strict: a tree with `..` or `.git` in it, or a link to an object that is not there, is refused as a whole.
    if (missing.length) await runGit(this.#location, ['unpack-objects', '-q', '--strict'], packOf(missing))
    for (const [oid] of objects) {
      this.#unflushed.delete(oid)
      this.#written.add(oid)
    }
  }

  /** All that is usually asked for is one question to git, however many ask for a part of it. */
  async listRefs(prefix: string): Promise<ReadonlyMap<string, Oid>> {
    const folder = prefix.endsWith('/') ? prefix : `${prefix}/`
    const isUsual = USUAL_REFS.some((usual) => folder.startsWith(usual))
    const { refs } = await (isUsual ? this.#usualRefs() : readRefs(this.#location, [prefix]))
    return new Map([...refs].filter(([name]) => name === prefix || name.startsWith(folder)))
  }

  #usualRefs(): Promise<ListedRefs> {
    this.#refs ??= readRefs(this.#location, USUAL_REFS)
    return this.#refs
  }

  async defaultBranch(): Promise<string | undefined> {
    const { head } = await this.#usualRefs()
    if (head !== undefined) return head
    try {
      return (await runGit(this.#location, ['symbolic-ref', '-q', 'HEAD'])).toString().trim()
    } catch (error) {
      if (error instanceof GitFailure && error.status === 1) return undefined
      throw error
    }
  }

  /** Asked anew: a person may check a branch out while we work. */
  async checkedOut(ref: string): Promise<CheckedOut | undefined> {
    const at = (await readRefs(this.#location, [ref])).checkedOut.get(ref)
    return at === undefined ? undefined : { at }
  }

  async moveRef({ name, from, to }: RefMove): Promise<boolean> {
    await this.flush()
    let failure: GitFailure | undefined
    try {
      await runGit(this.#location, ['update-ref', '--no-deref', name, to, from ?? '0'.repeat(40)])
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error
      failure = error
    } finally {
      // Only now: whoever asked meanwhile was told how they were before.
      this.#refs = undefined
    }
    if (!failure) return true
    // Whoever moved it first has won; any other failure (no space, no permission) leaves the ref where it was.
    const now = (await this.listRefs(name)).get(name)
    if (now === from) throw failure
    return now === to
  }

  mergeBase(a: Oid, b: Oid): Promise<Oid | undefined> {
    return this.#history.mergeBase(a, b)
  }

  async log({ to, not, paths }: LogRange): Promise<readonly LoggedCommit[]> {
    const range = await this.#history.range(to, not)
    if (!paths) return range
    const wanted = new Set(paths)
    return range.filter(({ changes }) => changes.some(({ path }) => wanted.has(path)))
  }

  /** Ends its processes even where the last writing fails. */
  async close(): Promise<void> {
    try {
      await this.flush()
    } finally {
      this.abandon()
    }
  }

  /** Ends its processes, and gives up what was not handed to git yet. */
  abandon(): void {
    this.#unflushed.clear()
    this.#contents.close()
    this.#names.close()
  }

  /** Git itself would look at the folders that it has not got yet only. */
  #checkPaths(tree: Tree): void {
    for (const path of tree.keys()) {
      if (this.#safe.has(path)) continue
      if (!isSafePath(path)) throw new UnusablePath(path, 'unsafe')
      this.#safe.add(path)
    }
  }

  #write(type: PackedObject['type'], bytes: Uint8Array, oid: Oid): Oid {
    if (!this.#written.has(oid)) this.#unflushed.set(oid, { type, bytes })
    return oid
  }

  async #find(oid: Oid): Promise<GitObject | undefined> {
    const own = this.#unflushed.get(oid)
    return own ? { oid, type: own.type, bytes: Buffer.from(own.bytes) } : this.#contents.ask(oid)
  }

  async #read(oid: Oid, type: ObjectType): Promise<GitObject> {
    const found = await this.#find(oid)
    if (found?.type !== type) throw new MissingObject(oid, type)
    return found
  }

  async #readWholeTree(oid: Oid): Promise<Tree> {
    const named = await this.#find(oid)
    if (named?.type !== 'commit' && named?.type !== 'tree') throw new MissingObject(oid, 'tree')
    const root = named.type === 'commit' ? parseCommit(oid, named.bytes).tree : oid
    const tree = treeOf(this.#folders.get(root) ?? (await this.#readFolder(root)))
    for (const known of this.#folders.keys()) {
      if (this.#folders.size <= FOLDERS_KEPT) break
      this.#folders.delete(known)
    }
    return tree
  }

  /**
   * A folder with all that is in it. What is not known yet is read level by level: those of one level travel together. Other
   * readings that go on beside this one may make the store forget folders, so it holds on to those that it has met.
   */
  async #readFolder(oid: Oid): Promise<Folder> {
    const met = new Map<Oid, Folder>()
    const read = new Map<Oid, readonly TreeRow[]>()
    for (let level = [oid]; level.length > 0;) {
      const missing = new Set<Oid>()
      for (const each of level) {
        const known = this.#folders.get(each)
        if (known) met.set(each, known)
        else if (!read.has(each) && !met.has(each)) missing.add(each)
      }
      const objects = await Promise.all([...missing].map((each) => this.#read(each, 'tree')))
      for (const each of objects) read.set(each.oid, rowsOf(each))
      level = [...missing].flatMap((each) => subfolders(read.get(each)))
    }
    return this.#build(oid, { met, read })
  }

  #build(oid: Oid, found: FoundFolders): Folder {
    const known = found.met.get(oid)
    if (known) return known
    const files = new Map<string, Entry>()
    const folders = new Map<string, Folder>()
    let isPlain = true
    for (const { name, mode, oid: row, isOld } of found.read.get(oid) ?? []) {
      if (mode) files.set(name, { mode, oid: row })
      else folders.set(name, this.#build(row, found))
      if (isOld || (!mode && !folders.get(name)?.oid)) isPlain = false
    }
    const folder: Folder = { files, folders, ...optional(isPlain, () => ({ oid })) }
    found.met.set(oid, folder)
    this.#folders.set(oid, folder)
    return folder
  }
}

/** Folders of a tree: those that were known, or are put together by now, and the rows of the others. */
interface FoundFolders {
  readonly met: Map<Oid, Folder>
  readonly read: ReadonlyMap<Oid, readonly TreeRow[]>
}

const NO_FILES: Folder = { files: new Map(), folders: new Map(), oid: EMPTY_TREE }

function rowsOf({ oid, bytes }: GitObject): readonly TreeRow[] {
  try {
    return parseTree(bytes)
  } catch (error) {
    throw new DamagedObject(oid, error instanceof Error ? error.message : String(error))
  }
}

function subfolders(rows: readonly TreeRow[] = []): readonly Oid[] {
  return rows.flatMap(({ mode, oid }) => (mode ? [] : [oid]))
}

import { commitObject } from '../../../core/model/bytes/commit-object.ts'
import type { Commit, LoggedCommit, Signature } from '../../../core/model/commit.ts'
import { blobOid, type Oid } from '../../../core/model/oid.ts'
import { isSafePath, UnusablePath } from '../../../core/model/parent-of.ts'
import { LentObjects } from '../../../core/model/lent/lent-objects.ts'
import type { Tree } from '../../../core/model/tree.ts'
import type { CheckedOut, LogRange, NewCommit, ObjectStore, RefMove } from '../../../ports/object-store.ts'
import { foldersOf, type Folder } from './folder.ts'
import { loadFolders } from './load-folders.ts'
import { comparer, type Comparer } from './comparer.ts'
import { childrenFirst, logCommits } from './log-commits.ts'
import { keepCommit, keepFolders, keepListing } from './keep-commit.ts'
import { KnownObjects } from './known-objects.ts'
import { type Sources } from './sources.ts'
import { logPaths } from './log-paths.ts'
import { findRange } from './find-range.ts'
import { findExisting } from './fetch-commits.ts'
import { KnownRanges } from './known-ranges.ts'
import { RefListing } from './ref-listing.ts'
import { resolveRevision } from './list-refs.ts'
import { despiteLag, isUnreachable, lateOr, uploadContents, uploadTrees, type Stock } from './upload-trees.ts'

/** A log this short tells what a fork has changed; so many paths are read ahead. */
const OWN_COMMITS = 200
const PATHS_AHEAD = 40

/**
 * A repository on GitHub as an object store, without a clone. Blobs and trees that are written stay here until a commit
 * needs them, so that all trees written before the first commit travel together; a commit is written at once, since only
 * GitHub knows its id for sure.
 */
export class GitHubObjectStore implements ObjectStore {
  readonly #sources: Sources
  readonly #known: KnownObjects
  readonly #compare: Comparer
  readonly #stock: Stock
  readonly #refs: RefListing
  readonly #ranges = new KnownRanges()
  /** Every tree written in this sitting, and those of them that are still to be sent. */
  readonly #made = new Map<Oid, Folder>()
  readonly #roots = new Map<Oid, Folder>()
  /** Seen, and never written. */
  readonly #lent = new LentObjects()
  /** Commits that were written in this sitting. */
  readonly #sent = new Set<Oid>()
  /** Commits that were written in an earlier sitting, by all we know. */
  readonly #assumed = new Map<Oid, NewCommit>()
  readonly #pathLogs = new Map<
    string,
    { readonly paths: ReadonlySet<string>; readonly log: readonly LoggedCommit[] }
  >()

  constructor(sources: Sources) {
    this.#sources = sources
    this.#known = new KnownObjects(sources)
    this.#compare = comparer(sources)
    this.#refs = new RefListing(sources.api, sources.upstream)
    this.#stock = {
      remote: this.#known.remote,
      pending: new Map(),
      sent: new Set(),
      supply: (oids) => this.#known.blobs(oids),
    }
  }

  readCommits(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Commit>> {
    return this.#known.commits(oids)
  }

  async readTree(oid: Oid): Promise<Tree> {
    return this.#lent.tree(oid) ?? this.#known.tree(oid)
  }

  async readBlobs(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Uint8Array>> {
    const lent = this.#lent.blobs(oids)
    if (lent.size === 0) return this.#known.blobs(oids)
    return new Map([...lent, ...(await this.#known.blobs(oids.filter((oid) => !lent.has(oid))))])
  }

  lend(tree: Tree, blobs: Iterable<Uint8Array>): Oid {
    return this.#lent.lend(tree, blobs)
  }

  async writeBlobs(blobs: readonly Uint8Array[]): Promise<readonly Oid[]> {
    return blobs.map((bytes) => {
      const oid = blobOid(bytes)
      this.#known.addBlob(oid, bytes)
      this.#stock.pending.set(oid, bytes)
      return oid
    })
  }

  async writeTree(tree: Tree): Promise<Oid> {
    for (const path of tree.keys()) if (!isSafePath(path)) throw new UnusablePath(path, 'unsafe')
    const root = foldersOf(tree)
    this.#known.addFolder(root)
    this.#made.set(root.oid, root)
    if (!this.#stock.remote.has(root.oid)) this.#roots.set(root.oid, root)
    return root.oid
  }

  async writeCommit(commit: NewCommit): Promise<Oid> {
    const expected = commitObject(commit).oid
    if (await this.#isWritten(expected)) {
      this.#assumed.set(expected, commit)
      this.#roots.delete(commit.tree)
      this.#known.addCommit({ oid: expected, ...commit })
      return expected
    }
    // A commit that was taken for written may be a parent of this one.
    await this.#makeGood(commit.parents)
    const oid = await this.#sendCommit(commit)
    await this.#sources.cache.write(new Map([[`written:${oid}`, new Uint8Array()]]))
    return oid
  }

  async flush(): Promise<void> {
    await this.#makeGood([...this.#assumed.keys()])
    await this.#sendTrees()
    await uploadContents(this.#sources.api, [...this.#stock.pending.keys()], this.#stock)
  }

  async listRefs(prefix: string): Promise<ReadonlyMap<string, Oid>> {
    const refs = await this.#refs.list(prefix)
    const { upstream } = this.#sources
    if (upstream && prefix.startsWith(upstream.refsUnder)) this.#known.addTheirs(refs.values())
    return refs
  }

  defaultBranch(): Promise<string | undefined> {
    return this.#sources.api.defaultBranch()
  }

  async checkedOut(ref: string): Promise<CheckedOut | undefined> {
    return (await this.defaultBranch()) === ref ? {} : undefined
  }

  async moveRef(move: RefMove): Promise<boolean> {
    await this.#makeGood([move.to])
    if (!(await this.#refs.move(move))) return false
    // Where a branch of ours stands its people merge, and the next job reads that tree.
    const { tree } = (await this.#known.commits([move.to])).get(move.to) ?? {}
    const root = tree && this.#made.get(tree)
    if (root) await keepListing(this.#sources.cache, root)
    return true
  }

  resolve(revision: string): Promise<{ oid: Oid; type: 'commit' | 'tree' } | undefined> {
    return resolveRevision(this.#sources.api, revision)
  }

  mergeBase(a: Oid, b: Oid): Promise<Oid | undefined> {
    const { upstream } = this.#sources
    return upstream && this.#known.areTheirs([a, b])
      ? upstream.objects.mergeBase(a, b)
      : this.#compare.mergeBase(a, b)
  }

  async log(range: LogRange): Promise<readonly LoggedCommit[]> {
    if (range.paths) return this.#logPaths({ ...range, paths: range.paths })
    const { api, cache } = this.#sources
    const sources = { api, cache, known: this.#known, compare: this.#compare }
    const oids = this.#ranges.within(range) ?? (await findRange(sources, range.to, range.not))
    const commits = await this.#known.commits(oids)
    const ordered = childrenFirst([...commits.values()])
    this.#ranges.keep(range, ordered)
    if (ordered.length <= OWN_COMMITS) await loadFolders(api, this.#known, ordered)
    const log = await logCommits(this.#known, ordered)
    // Few commits are a fork's own, and whoever lists them will ask about what they touch.
    // A move to another release touches everything, and says nothing.
    if (log.length <= OWN_COMMITS)
      for (const { path } of log.flatMap(({ changes }) => (changes.length <= PATHS_AHEAD ? changes : [])))
        if (this.#known.likely.size < PATHS_AHEAD) this.#known.likely.add(path)
    return log
  }

  /** Asks for the paths that are likely to be asked for next as well, and answers them from what was found then. */
  async #logPaths(range: LogRange & { readonly paths: readonly string[] }): Promise<readonly LoggedCommit[]> {
    const name = [range.to, ...range.not].join(' ')
    const found = this.#pathLogs.get(name)
    const isFound = found && range.paths.every((path) => found.paths.has(path))
    const paths = isFound ? found.paths : new Set([...range.paths, ...this.#known.likely])
    const log = isFound ? found.log : await this.#findPaths({ ...range, paths: [...paths] })
    this.#pathLogs.set(name, { paths, log })
    const wanted = new Set(range.paths)
    return log.filter(({ changes }) => changes.some(({ path }) => wanted.has(path)))
  }

  async #findPaths(range: LogRange): Promise<readonly LoggedCommit[]> {
    const { api, cache, upstream } = this.#sources
    // Between two of upstream's commits the answer is the same for every fork.
    const isTheirs = upstream && this.#known.areTheirs([range.to, ...range.not])
    return isTheirs ? upstream.objects.log(range) : logPaths({ api, cache, known: this.#known }, range)
  }

  async close(): Promise<void> {}

  /**
   * Whether this very commit was written before: the same inputs make the same commits, and a second run need not send them. Where the
   * branch of the first was read, it is known from there.
   */
  async #isWritten(oid: Oid): Promise<boolean> {
    if (this.#known.knowsCommit(oid)) return true
    return (await this.#sources.cache.read([`written:${oid}`])).size > 0
  }

  /**
   * Writes again what was taken for written and is gone: GitHub throws away what no ref has reached for long. What is not made good
   * by a refusal is still owed to whoever asks once more.
   */
  async #makeGood(tips: readonly Oid[]): Promise<void> {
    const assumed = this.#assumedBelow(tips)
    if (assumed.length === 0) return
    const existing = await findExisting(
      this.#sources.api,
      assumed.map(([oid]) => oid),
    )
    for (const [oid, commit] of assumed) {
      if (!existing.has(oid)) await this.#sendAgain(oid, commit)
      this.#assumed.delete(oid)
    }
  }

  /** What these are, or stand on, of what was taken for written, parents first: a form that was given up is nobody's any more. */
  #assumedBelow(tips: readonly Oid[]): readonly (readonly [Oid, NewCommit])[] {
    const below = new Set<Oid>()
    const open = [...tips]
    for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
      const commit = this.#assumed.get(oid)
      if (!commit || below.has(oid)) continue
      below.add(oid)
      open.push(...commit.parents)
    }
    return [...this.#assumed].filter(([oid]) => below.has(oid))
  }

  async #sendAgain(oid: Oid, commit: NewCommit): Promise<void> {
    const root = this.#made.get(commit.tree)
    if (root) this.#roots.set(root.oid, root)
    const sent = await this.#sendCommit(commit)
    if (sent !== oid) throw new Error(`GitHub made commit ${sent} of what was ${oid}`)
  }

  async #sendCommit(commit: NewCommit): Promise<Oid> {
    await this.#sendTrees()
    const { tree, parents, message, author, committer } = commit
    const body = { tree, parents, message, author: personOf(author), committer: personOf(committer) }
    const { api } = this.#sources
    const send = () => despiteLag(api, () => api.request<{ sha: Oid }>('POST /git/commits', body))
    const isOurs = (oid: Oid) => this.#sent.has(oid) || this.#made.has(oid)
    const { data } = await send()
      .catch(async (error: unknown) => {
        if (!isUnreachable(error) || !(await this.#sendAssumedTree(tree))) throw error
        return send()
      })
      .catch((error: unknown) => lateOr(api, error, { named: [tree, ...parents], isOurs }))
    this.#sent.add(data.sha)
    this.#known.addCommit({ oid: data.sha, ...commit })
    await keepCommit(this.#sources.cache, { oid: data.sha, ...commit })
    return data.sha
  }

  /** Sends a tree that GitHub was taken to have, since upstream has it, and does not. */
  async #sendAssumedTree(tree: Oid): Promise<boolean> {
    const root = this.#made.get(tree)
    if (!root || (await findExisting(this.#sources.api, [tree])).has(tree)) return false
    this.#stock.remote.delete(tree)
    this.#roots.set(tree, root)
    await this.#sendTrees()
    return true
  }

  async #sendTrees(): Promise<void> {
    const roots = [...this.#roots.values()]
    await keepFolders(this.#sources.cache, roots, this.#stock.remote)
    await uploadTrees(this.#sources.api, roots, this.#stock)
    this.#roots.clear()
  }
}

/** A person with the date as ISO 8601 in their own zone, which GitHub keeps. */
function personOf({ name, email, time, zone }: Signature): { name: string; email: string; date: string } {
  const sign = zone.startsWith('-') ? -1 : 1
  const seconds = sign * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(3, 5)) * 60)
  const local = new Date((time + seconds) * 1000).toISOString().slice(0, 19)
  return { name, email, date: `${local}${zone.slice(0, 3)}:${zone.slice(3)}` }
}

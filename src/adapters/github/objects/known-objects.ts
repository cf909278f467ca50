import type { Commit } from '../../../core/model/commit.ts'
import { blobOid, EMPTY_TREE, type Oid } from '../../../core/model/oid.ts'
import type { Tree } from '../../../core/model/tree.ts'
import type { ObjectReader } from '../../../ports/object-store.ts'
import { BLOBS, COMMITS, encodeAll, LISTINGS, ROWS, type Codec } from './codec.ts'
import { lookUp, takeFrom, type Place } from './look-up.ts'
import { flatten, foldersOf, type Folder } from './folder.ts'
import { fetchBlobs, fetchCommits, fetchFolders, type FolderRow } from './fetch-commits.ts'
import { readCommit } from '../api/given-commit.ts'
import { readListing, recallListing, sortListing } from './read-listing.ts'
import { notShown } from '../api/not-shown.ts'
import type { Sources } from './sources.ts'

/** How far reading ahead goes: the trees read last, and so many blobs at most. */
const TREES_AHEAD = 8
const BLOBS_AHEAD = 60

/** Every object read or made in one sitting, found in the nearest place: here, a cache, GitHub, upstream. */
export class KnownObjects {
  readonly #sources: Sources
  readonly #commits = new Map<Oid, Commit>()
  readonly #blobs = new Map<Oid, Uint8Array>()
  readonly #rows = new Map<Oid, readonly FolderRow[]>()
  readonly #trees = new Map<Oid, Tree>()
  /** Trees whose listings were taken from a cache, if there were any. */
  readonly #recalled = new Set<Oid>()
  /** What was learned from upstream: it is read there, where it serves every fork. */
  readonly #theirs = new Set<Oid>()
  /** Paths that will be looked at in every tree: those that the fork's own commits touch. */
  readonly likely = new Set<string>()
  /** Folders that GitHub has, by all we have seen. */
  readonly remote = new Set<Oid>([EMPTY_TREE])

  constructor(sources: Sources) {
    this.#sources = sources
  }

  /** Takes in what came with the first question. */
  async #takeAhead(): Promise<void> {
    const { commit, texts } = await this.#sources.api.ahead()
    const read = commit && readCommit(commit.oid, commit)
    if (read && !this.#commits.has(read.oid)) {
      this.#commits.set(read.oid, read)
      await this.#sources.cache.write(encodeAll(COMMITS, new Map([[read.oid, read]])))
    }
    for (const { oid, text } of texts) {
      const bytes = Buffer.from(text)
      // What is no UTF-8 came changed; the id tells.
      if (!this.#blobs.has(oid) && blobOid(bytes) === oid) this.#blobs.set(oid, bytes)
    }
  }

  async commits(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Commit>> {
    const { api, upstream } = this.#sources
    await this.#takeAhead()
    const found = await this.#look(oids, {
      codec: COMMITS,
      kept: this.#commits,
      fetch: (missing, keep) => fetchCommits(api, missing, keep),
      borrow: upstream && ((missing) => upstream.objects.readCommits(missing)),
    })
    for (const { oid, tree, parents } of found.values())
      if (this.#theirs.has(oid)) this.addTheirs([tree, ...parents])
    return found
  }

  async blobs(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Uint8Array>> {
    const { api, upstream } = this.#sources
    await this.#takeAhead()
    const wanted = new Set(oids)
    const isAtHand = oids.every((oid) => this.#blobs.has(oid))
    const found = await this.#look(isAtHand ? oids : [...oids, ...this.#likelyBlobs()], {
      codec: BLOBS,
      kept: this.#blobs,
      fetch: (missing, keep) => fetchBlobs(api, missing, keep),
      borrow: upstream && ((missing) => upstream.objects.readBlobs(missing)),
      mayLack: true,
    })
    return new Map([...found].filter(([oid]) => wanted.has(oid)))
  }

  /** What the next questions will most likely be about: each path of the fork's patches in each tree that was read. */
  #likelyBlobs(): Oid[] {
    const oids = new Set<Oid>()
    for (const tree of [...this.#trees.values()].slice(-TREES_AHEAD))
      for (const path of this.likely) {
        const entry = tree.get(path)
        if (entry && entry.mode !== '160000' && !this.#blobs.has(entry.oid)) oids.add(entry.oid)
      }
    return [...oids].slice(0, BLOBS_AHEAD)
  }

  /** The rows of folders, one level each. */
  async folders(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, readonly FolderRow[]>> {
    const { api, upstream } = this.#sources
    const found = await this.#look(oids, {
      codec: ROWS,
      kept: this.#rows,
      ownFirst: true,
      fetch: (missing, keep) => fetchFolders(api, missing, keep),
      borrow: upstream && ((missing) => borrowFolders(upstream.objects, missing)),
    })
    for (const oid of found.keys()) this.remote.add(oid)
    return found
  }

  /** The whole tree of a commit or tree. */
  async tree(oid: Oid): Promise<Tree> {
    await this.#takeAhead()
    if (!this.#commits.has(oid)) await this.#recall(COMMITS, [oid], this.#commits)
    const root = this.#commits.get(oid)?.tree ?? oid
    if (this.#theirs.has(oid)) this.#theirs.add(root)
    const known = this.#trees.get(root) ?? (await this.#assembled(root)) ?? (await this.#readTree(root))
    this.#trees.set(root, known)
    return known
  }

  /** Takes from the caches the folders of trees that were listed as a whole before. */
  async recallFolders(roots: readonly Oid[]): Promise<void> {
    for (const root of new Set(roots)) {
      if (this.#recalled.has(root)) continue
      this.#recalled.add(root)
      const kept = await recallListing(this.#sources, root)
      for (const [oid, rows] of kept ? sortListing(kept).folders : []) this.#addRows(oid, rows)
    }
  }

  /** The trees of those of these commits that a cache has. */
  async recallTreesOf(commits: readonly Oid[]): Promise<readonly Oid[]> {
    await this.#recall(COMMITS, commits, this.#commits)
    return commits.flatMap((oid) => this.#commits.get(oid)?.tree ?? [])
  }

  /** A tree whose folders are all known, be it that they were made here in an earlier sitting. */
  async #assembled(root: Oid): Promise<Tree | undefined> {
    for (let level: readonly Oid[] = [root]; level.length > 0;) {
      const open = await this.foldersToRead(level)
      if (open.size > 0) return undefined
      const rows = level.flatMap((oid) => this.#rows.get(oid) ?? [])
      level = [...new Set(rows.filter(({ mode }) => mode === '040000').map(({ oid }) => oid))]
    }
    return flatten(root, (each) => this.#rows.get(each))
  }

  /** Takes from the caches what they have, and asks nobody. */
  async #recall<T>(codec: Codec<T>, oids: readonly Oid[], kept: Map<Oid, T>): Promise<void> {
    for (const cache of [this.#sources.shared, this.#sources.cache]) {
      const open = oids.filter((oid) => !kept.has(oid))
      if (cache && open.length > 0) await takeFrom(cache, open, { codec, kept })
    }
  }

  addBlob(oid: Oid, bytes: Uint8Array): void {
    this.#blobs.set(oid, bytes)
  }

  /** These are upstream's. */
  addTheirs(oids: Iterable<Oid>): void {
    for (const oid of oids) this.#theirs.add(oid)
  }

  areTheirs(oids: readonly Oid[]): boolean {
    return oids.every((oid) => this.#theirs.has(oid))
  }

  /** Which of these folders would have to be read from GitHub. */
  async foldersToRead(oids: readonly Oid[]): Promise<ReadonlySet<Oid>> {
    const open = oids.filter((oid) => oid !== EMPTY_TREE && !this.#rows.has(oid))
    await this.#recall(ROWS, open, this.#rows)
    return new Set(open.filter((oid) => !this.#rows.has(oid)))
  }

  /** Takes in folders that were read from GitHub. */
  async addFolders(folders: ReadonlyMap<Oid, readonly FolderRow[]>): Promise<void> {
    for (const [oid, rows] of folders) this.#addRows(oid, rows)
    await this.#sources.cache.write(encodeAll(ROWS, folders))
  }

  #addRows(oid: Oid, rows: readonly FolderRow[]): void {
    this.#rows.set(oid, rows)
    this.remote.add(oid)
  }

  /** Those of these commits that are known here or in a cache; nobody is asked. */
  async recallCommits(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Commit>> {
    await this.#takeAhead()
    await this.#recall(COMMITS, oids, this.#commits)
    const known = oids.map((oid) => [oid, this.#commits.get(oid)] as const)
    return new Map(known.filter((each): each is [Oid, Commit] => each[1] !== undefined))
  }

  /** Takes in commits that were read with something else. */
  async addCommits(commits: ReadonlyMap<Oid, Commit>): Promise<void> {
    for (const [oid, commit] of commits) this.#commits.set(oid, commit)
    await this.#sources.cache.write(encodeAll(COMMITS, commits))
  }

  knowsCommit(oid: Oid): boolean {
    return this.#commits.has(oid)
  }

  addCommit(commit: Commit): void {
    this.#commits.set(commit.oid, commit)
  }

  /** Takes in folders made here, which GitHub need not have yet. */
  addFolder(folder: Folder): void {
    this.#rows.set(folder.oid, folder.rows)
    for (const inner of folder.folders.values()) this.addFolder(inner)
  }

  #look<T>(oids: readonly Oid[], place: Place<T>): Promise<ReadonlyMap<Oid, T>> {
    return lookUp(this.#sources, this.#theirs, { oids, place })
  }

  async #readTree(oid: Oid): Promise<Tree> {
    const { api, upstream } = this.#sources
    if (upstream && this.#theirs.has(oid)) return this.#takeTheirs(await upstream.objects.readTree(oid))
    const listing = await readListing(this.#sources, oid)
    if (listing === 'too-long') return this.#walk(oid)
    if (listing !== 'missing') {
      const { root, folders } = sortListing(listing)
      // Asked for by a commit's id, it is found by its own the next time.
      if (root !== oid) await this.#sources.cache.write(encodeAll(LISTINGS, new Map([[root, listing]])))
      for (const [folder, rows] of folders) this.#addRows(folder, rows)
      const tree = flatten(root, (each) => this.#rows.get(each))
      if (!tree) throw new Error(`the listing of tree ${oid} lacks a folder`)
      return tree
    }
    if (upstream) return this.#takeTheirs(await upstream.objects.readTree(oid))
    throw notShown(api, `tree ${oid}`)
  }

  /** A fork has what upstream has, its folders as well; should it not, GitHub will say so when they are named. */
  #takeTheirs(tree: Tree): Tree {
    const take = (folder: Folder): void => {
      this.remote.add(folder.oid)
      for (const inner of folder.folders.values()) take(inner)
    }
    const root = foldersOf(tree)
    this.addFolder(root)
    take(root)
    this.addTheirs([...tree.values()].map(({ oid }) => oid))
    return tree
  }

  /** A tree too long for one listing, folder by folder, a level a query. */
  async #walk(oid: Oid): Promise<Tree> {
    const fields = 'oid ... on Commit { tree { oid } }'
    const answer = await this.#sources.api.select<{ object: { oid: Oid; tree?: { oid: Oid } } | null }>(
      `object(oid: "${oid}") { ${fields} }`,
    )
    const root = answer.object?.tree?.oid ?? oid
    for (let level: readonly Oid[] = [root]; level.length > 0;) {
      const rows = [...(await this.folders(level)).values()].flat()
      level = [...new Set(rows.filter(({ mode }) => mode === '040000').map((row) => row.oid))]
    }
    const tree = flatten(root, (each) => this.#rows.get(each))
    if (!tree) throw new Error(`tree ${oid} could not be read whole`)
    return tree
  }
}

async function borrowFolders(
  upstream: ObjectReader,
  oids: readonly Oid[],
): Promise<Map<Oid, readonly FolderRow[]>> {
  const folders = new Map<Oid, readonly FolderRow[]>()
  for (const oid of oids) folders.set(oid, foldersOf(await upstream.readTree(oid)).rows)
  return folders
}

import type { Commit } from '../../core/model/commit.ts'
import { EMPTY_TREE, type Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { Cache } from '../../ports/cache.ts'
import type { ObjectReader } from '../../ports/objects.ts'
import { BLOBS, COMMITS, encodeAll, ROWS, type Codec } from './encode.ts'
import { flatten, foldersOf, type Folder } from './folders.ts'
import { fetchBlobs, fetchCommits, fetchFolders, type FolderRow } from './read-objects.ts'
import { readListing, sortListing } from './listing.ts'
import type { Upstream } from './copies.ts'
import type { RepositoryApi } from './repository-api.ts'

/** How far reading ahead goes: the trees read last, and so many blobs at most. */
const TREES_AHEAD = 8
const BLOBS_AHEAD = 60

export interface Sources {
  readonly api: RepositoryApi
  /** Keeps what was read of this repository. */
  readonly cache: Cache
  /** What others have read of upstream, which is public; only read from here. */
  readonly shared?: Cache
  /** Asked for what the repository does not have: a copy of upstream lacks its newer objects. */
  readonly upstream?: Upstream
}

/** Every object read or made in one sitting, found in the nearest place: here, a cache, GitHub, upstream. */
export class KnownObjects {
  readonly #sources: Sources
  readonly #commits = new Map<Oid, Commit>()
  readonly #blobs = new Map<Oid, Uint8Array>()
  readonly #rows = new Map<Oid, readonly FolderRow[]>()
  readonly #trees = new Map<Oid, Tree>()
  /** What was learned from upstream: it is read there, where it serves every fork. */
  readonly #theirs = new Set<Oid>()
  /** Paths that will be looked at in every tree: those that the fork's own commits touch. */
  readonly likely = new Set<string>()
  /** Folders that GitHub has, by all we have seen. */
  readonly remote = new Set<Oid>([EMPTY_TREE])

  constructor(sources: Sources) {
    this.#sources = sources
  }

  async commits(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Commit>> {
    const { api, upstream } = this.#sources
    const found = await this.#look(oids, {
      codec: COMMITS,
      kept: this.#commits,
      fetch: (missing) => fetchCommits(api, missing),
      borrow: upstream && ((missing) => upstream.objects.readCommits(missing)),
    })
    for (const { oid, tree, parents } of found.values())
      if (this.#theirs.has(oid)) this.addTheirs([tree, ...parents])
    return found
  }

  async blobs(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Uint8Array>> {
    const { api, upstream } = this.#sources
    const wanted = new Set(oids)
    const isAtHand = oids.every((oid) => this.#blobs.has(oid))
    const found = await this.#look(isAtHand ? oids : [...oids, ...this.#likelyBlobs()], {
      codec: BLOBS,
      kept: this.#blobs,
      fetch: (missing) => fetchBlobs(api, missing),
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
      fetch: (missing) => fetchFolders(api, missing),
      borrow: upstream && ((missing) => borrowFolders(upstream.objects, missing)),
    })
    for (const oid of found.keys()) this.remote.add(oid)
    return found
  }

  /** The whole tree of a commit or tree. */
  async tree(oid: Oid): Promise<Tree> {
    const root = this.#commits.get(oid)?.tree ?? oid
    const known =
      this.#trees.get(root) ?? flatten(root, (each) => this.#rows.get(each)) ?? (await this.#readTree(oid))
    this.#trees.set(root, known)
    return known
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
    const open = oids.filter((oid) => !this.#rows.has(oid))
    if (open.length > 0) await takeFrom(this.#sources.cache, open, { codec: ROWS, kept: this.#rows })
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

  addCommit(commit: Commit): void {
    this.#commits.set(commit.oid, commit)
  }

  /** Takes in folders made here, which GitHub need not have yet. */
  addFolder(folder: Folder): void {
    this.#rows.set(folder.oid, folder.rows)
    for (const inner of folder.folders.values()) this.addFolder(inner)
  }

  async #look<T>(oids: readonly Oid[], place: Place<T>): Promise<ReadonlyMap<Oid, T>> {
    const { codec, kept } = place
    const open = () => [...new Set(oids)].filter((oid) => !kept.has(oid))
    const isTheirs = (oid: Oid) => place.borrow !== undefined && !place.ownFirst && this.#theirs.has(oid)
    const keep = (values: ReadonlyMap<Oid, T> | undefined) => {
      for (const [oid, value] of values ?? []) kept.set(oid, value)
    }
    const theirs = open().filter(isTheirs)
    const ours = open().filter((oid) => !isTheirs(oid))
    // Asked for in one turn, both travel in one query.
    await Promise.all([
      theirs.length > 0 ? place.borrow?.(theirs).then(keep) : undefined,
      ours.length > 0 ? this.#fetch(ours, place).then(keep) : undefined,
    ])
    if (open().length > 0 && place.borrow) keep(await place.borrow(open()))
    const { owner, name } = this.#sources.api.repository
    return new Map(
      oids.flatMap((oid) => {
        const value = kept.get(oid)
        if (value === undefined && place.mayLack) return []
        if (value === undefined) throw new Error(`there is no ${codec.kind} ${oid} in ${owner}/${name}`)
        return [[oid, value] as const]
      }),
    )
  }

  /** From a cache, else from GitHub. */
  async #fetch<T>(oids: readonly Oid[], { codec, fetch }: Place<T>): Promise<ReadonlyMap<Oid, T>> {
    const found = new Map<Oid, T>()
    const open = () => oids.filter((oid) => !found.has(oid))
    for (const cache of [this.#sources.shared, this.#sources.cache])
      if (cache && open().length > 0) await takeFrom(cache, open(), { codec, kept: found })
    if (open().length === 0) return found
    const fetched = await fetch(open())
    await this.#sources.cache.write(encodeAll(codec, fetched))
    return new Map([...found, ...fetched])
  }

  async #readTree(oid: Oid): Promise<Tree> {
    const { api, upstream } = this.#sources
    if (upstream && this.#theirs.has(oid)) return this.#takeTheirs(await upstream.objects.readTree(oid))
    const listing = await readListing(this.#sources, oid)
    if (listing === 'too-long') return this.#walk(oid)
    if (listing !== 'missing') {
      const { root, folders } = sortListing(listing)
      for (const [folder, rows] of folders) this.#addRows(folder, rows)
      const tree = flatten(root, (each) => this.#rows.get(each))
      if (!tree) throw new Error(`the listing of tree ${oid} lacks a folder`)
      return tree
    }
    if (upstream) return this.#takeTheirs(await upstream.objects.readTree(oid))
    throw new Error(`there is no tree ${oid} in ${api.repository.owner}/${api.repository.name}`)
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
    const root = answer?.object?.tree?.oid ?? oid
    for (let level: readonly Oid[] = [root]; level.length > 0;) {
      const rows = [...(await this.folders(level)).values()].flat()
      level = [...new Set(rows.filter(({ mode }) => mode === '040000').map((row) => row.oid))]
    }
    const tree = flatten(root, (each) => this.#rows.get(each))
    if (!tree) throw new Error(`tree ${oid} could not be read whole`)
    return tree
  }
}

interface Place<T> {
  readonly codec: Codec<T>
  readonly kept: Map<Oid, T>
  fetch(this: void, oids: readonly Oid[]): Promise<ReadonlyMap<Oid, T>>
  readonly borrow: ((oids: readonly Oid[]) => Promise<ReadonlyMap<Oid, T>>) | undefined
  /** Not worth asking upstream for: it gives whole trees only. */
  readonly ownFirst?: true
  /** What is missing is left out instead of being a defect. */
  readonly mayLack?: true
}

async function takeFrom<T>(
  cache: Cache,
  oids: readonly Oid[],
  { codec, kept }: Pick<Place<T>, 'codec' | 'kept'>,
): Promise<void> {
  const found = await cache.read(oids.map((oid) => `${codec.kind}:${oid}`))
  for (const oid of oids) {
    const bytes = found.get(`${codec.kind}:${oid}`)
    if (bytes) kept.set(oid, codec.decode(oid, bytes))
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

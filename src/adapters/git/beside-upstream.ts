import { Refusal } from '../../core/model/problem.ts'
import type { Commit, LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { CheckedOut, LogRange, NewCommit, ObjectStore, RefMove } from '../../ports/object-store.ts'
import { MissingObject } from './missing-object.ts'

interface Sides {
  readonly own: Side
  readonly upstream: Side
  /** The refs that upstream's are listed under, `refs/multiarch/upstream/`. */
  readonly listedAs: string
}

/** A store that can give up what was not handed to git yet. */
type Side = ObjectStore & { abandon(): void }

/** Branches of upstream's by name; others of a clone that is given as upstream may be anybody's. */
const UPSTREAM_HEADS = /^refs\/heads\/(?:master$|release-)/
const UPSTREAM_TAGS = /^refs\/tags\/v/

/**
 * A clone beside another repository that has upstream's history: read from both, written to the clone alone, which gets every object that
 * what is written there needs. Tags of the clone are its own and name no release.
 */
export class BesideUpstream implements ObjectStore {
  readonly #own: Side
  readonly #upstream: Side
  readonly #listedAs: string
  /** Blobs that the clone is known to have. */
  readonly #present = new Set<Oid>()
  readonly #homes = new Map<Oid, Promise<ObjectStore | undefined>>()

  constructor({ own, upstream, listedAs }: Sides) {
    this.#own = own
    this.#upstream = upstream
    this.#listedAs = listedAs
  }

  async resolve(revision: string): ReturnType<ObjectStore['resolve']> {
    return (await this.#own.resolve(revision)) ?? this.#upstream.resolve(revision)
  }

  async readCommits(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Commit>> {
    const homes = await Promise.all(oids.map(async (oid) => [oid, await this.#homeOf(oid)] as const))
    const at = (store: ObjectStore): readonly Oid[] =>
      homes.filter(([, home]) => (home ?? this.#own) === store).map(([oid]) => oid)
    const own = await this.#own.readCommits(at(this.#own))
    const others = await this.#upstream.readCommits(at(this.#upstream))
    return new Map([...own, ...others])
  }

  async readTree(oid: Oid): Promise<Tree> {
    const home = (await this.#homeOf(oid)) ?? this.#own
    const tree = await home.readTree(oid)
    if (home === this.#own) for (const { oid: blob } of tree.values()) this.#present.add(blob)
    return tree
  }

  async readBlobs(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Uint8Array>> {
    const own = await this.#own.readBlobs(oids)
    const missing = oids.filter((oid) => !own.has(oid))
    if (missing.length === 0) return own
    return new Map([...own, ...(await this.#upstream.readBlobs(missing))])
  }

  lend(tree: Tree, blobs: Iterable<Uint8Array>): Oid {
    return this.#own.lend(tree, blobs)
  }

  async writeBlobs(blobs: readonly Uint8Array[]): Promise<readonly Oid[]> {
    const oids = await this.#own.writeBlobs(blobs)
    for (const oid of oids) this.#present.add(oid)
    return oids
  }

  async writeTree(tree: Tree): Promise<Oid> {
    const blobs = [...tree.values()].filter(({ mode, oid }) => mode !== '160000' && !this.#present.has(oid))
    await this.#bring([...new Set(blobs.map(({ oid }) => oid))])
    return this.#own.writeTree(tree)
  }

  /** Copies what a tree needs and the clone has not got. */
  async #bring(oids: readonly Oid[]): Promise<void> {
    const own = await this.#own.readBlobs(oids)
    const missing = oids.filter((oid) => !own.has(oid))
    const found = await this.#upstream.readBlobs(missing)
    const lost = missing.find((oid) => !found.has(oid))
    if (lost !== undefined) throw new MissingObject(lost, 'blob')
    await this.#own.writeBlobs([...found.values()])
    for (const oid of oids) this.#present.add(oid)
  }

  /** Refuses a parent that the clone has not got: its history would have a hole. */
  async writeCommit(commit: NewCommit): Promise<Oid> {
    for (const parent of commit.parents) {
      if (await this.#own.resolve(parent)) continue
      const message = `The commit ${parent} is not in this repository, so nothing can be built on it here.`
      throw new Refusal({ code: 'object-not-reachable', message })
    }
    return this.#own.writeCommit(commit)
  }

  flush(): Promise<void> {
    return this.#own.flush()
  }

  async listRefs(prefix: string): Promise<ReadonlyMap<string, Oid>> {
    if (prefix.startsWith('refs/tags/')) return new Map()
    if (!prefix.startsWith(this.#listedAs)) return this.#own.listRefs(prefix)
    const [tags, heads] = await Promise.all([
      this.#upstream.listRefs('refs/tags/'),
      this.#upstream.listRefs('refs/heads/'),
    ])
    const listed = [...tags, ...heads].filter(([ref]) => UPSTREAM_TAGS.test(ref) || UPSTREAM_HEADS.test(ref))
    return new Map(
      listed
        .map(([ref, oid]) => [ref.replace(/^refs\//, this.#listedAs), oid] as const)
        .filter(([ref]) => ref.startsWith(prefix)),
    )
  }

  defaultBranch(): Promise<string | undefined> {
    return this.#own.defaultBranch()
  }

  checkedOut(ref: string): Promise<CheckedOut | undefined> {
    return this.#own.checkedOut(ref)
  }

  moveRef(move: RefMove): Promise<boolean> {
    return this.#own.moveRef(move)
  }

  async mergeBase(a: Oid, b: Oid): Promise<Oid | undefined> {
    for (const store of [this.#own, this.#upstream])
      if ((await store.resolve(a)) && (await store.resolve(b))) return store.mergeBase(a, b)
    return undefined
  }

  /** What is not in the repository that has the range's end can reach none of its commits. */
  async log({ to, not, ...range }: LogRange): Promise<readonly LoggedCommit[]> {
    const home = (await this.#homeOf(to)) ?? this.#own
    const known = await Promise.all(not.map(async (oid) => ((await home.resolve(oid)) ? [oid] : [])))
    return home.log({ ...range, to, not: known.flat() })
  }

  async close(): Promise<void> {
    await this.#own.close()
    await this.#upstream.close()
  }

  abandon(): void {
    this.#own.abandon()
    this.#upstream.abandon()
  }

  #homeOf(oid: Oid): Promise<ObjectStore | undefined> {
    const known = this.#homes.get(oid)
    if (known) return known
    const found = this.#find(oid)
    this.#homes.set(oid, found)
    return found
  }

  async #find(oid: Oid): Promise<ObjectStore | undefined> {
    if (await this.#own.resolve(oid)) return this.#own
    return (await this.#upstream.resolve(oid)) ? this.#upstream : undefined
  }
}

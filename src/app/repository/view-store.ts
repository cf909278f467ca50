import type { Commit, LoggedCommit, PathChange } from '../../core/model/commit.ts'
import { withoutOurTrailers } from '../../core/series/trailer.ts'
import type { Oid } from '../../core/model/oid.ts'
import { treeOid, type Tree } from '../../core/model/tree.ts'
import type { History, LogRange, ObjectReader } from '../../ports/object-store.ts'

/** How a repository is seen: its trees, and the paths of its changes; `undefined` for what is not seen at all. */
interface Seen {
  tree(this: void, repository: Tree): Tree
  /** A tree of upstream's, as it is compared with. */
  release(this: void, tree: Tree): Tree
  path(this: void, path: string): string | undefined
}

/**
 * A repository's history as if Kubespray stood at its top: trees and changes of its own commits as they are seen, upstream's as they are.
 * A commit that changed nothing of what is seen is still there, with no changes, so that parents stay parents.
 */
export class ViewStore implements ObjectReader, History {
  readonly #store: ObjectReader & History
  readonly #seen: Seen
  readonly #own: Set<Oid>
  readonly #elsewhere = new Set<Oid>()

  constructor(store: ObjectReader & History, seen: Seen, head: Oid) {
    this.#store = store
    this.#seen = seen
    this.#own = new Set([head])
  }

  readBlobs: ObjectReader['readBlobs'] = (oids) => this.#store.readBlobs(oids)
  resolve: History['resolve'] = (revision) => this.#store.resolve(revision)
  mergeBase: History['mergeBase'] = (a, b) => this.#store.mergeBase(a, b)

  /** A commit's tree is the one that is seen: a merge that mixed other things only is none here. */
  async readCommits(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Commit>> {
    const commits = new Map(await this.#store.readCommits(oids))
    for (const [oid, commit] of commits)
      if (this.#own.has(oid)) commits.set(oid, { ...commit, tree: treeOid(await this.readTree(oid)) })
    return commits
  }

  async readTree(oid: Oid): Promise<Tree> {
    const tree = await this.#store.readTree(oid)
    return this.#own.has(oid) ? this.#seen.tree(tree) : this.#seen.release(tree)
  }

  /** Of its own commits, all: a path that is asked for is one of upstream's. */
  async log(range: LogRange): Promise<readonly LoggedCommit[]> {
    const { to, not } = range
    if (!this.#own.has(to)) return this.#store.log(range)
    const commits = await this.#store.log({ to, not })
    for (const { oid } of commits) this.#own.add(oid)
    return commits.map((commit) => {
      const changes = commit.changes.flatMap((each) => this.#seenChange(each))
      if (changes.length > 0 || commit.changes.length === 0) return { ...commit, changes }
      this.#elsewhere.add(commit.oid)
      // A step of ours that moved something else of the repository says nothing of what is seen.
      return { ...commit, changes, message: withoutOurTrailers(commit.message) }
    })
  }

  /** Whether all that a commit changed is out of sight. */
  isElsewhere(oid: Oid): boolean {
    return this.#elsewhere.has(oid)
  }

  #seenChange(change: PathChange): readonly PathChange[] {
    const path = this.#seen.path(change.path)
    return path === undefined ? [] : [{ ...change, path }]
  }
}

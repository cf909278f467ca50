import type { Commit, LoggedCommit, Signature } from '../core/model/commit.ts'
import type { Oid } from '../core/model/oid.ts'
import type { Tree } from '../core/model/tree.ts'

/** Reads git objects. Whatever is asked for in one call is fetched in one batch. */
export interface ObjectReader {
  /** The commits with these ids. An id that is missing or is no commit throws. */
  readCommits(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Commit>>
  /** The whole tree of a commit or tree, flat. */
  readTree(oid: Oid): Promise<Tree>
  /** The bytes of these blobs. What is missing (in a partial clone, say) is left out. */
  readBlobs(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Uint8Array>>
}

/** Writes git objects; nothing is visible to anyone until a ref points to it. */
interface ObjectWriter {
  writeBlobs(blobs: readonly Uint8Array[]): Promise<readonly Oid[]>
  /** Writes every tree object a flat tree needs and returns the root's id. Its blobs must exist. */
  writeTree(tree: Tree): Promise<Oid>
  writeCommit(commit: NewCommit): Promise<Oid>
  /** Makes sure that everything written so far is in the store for others too; `moveRef` does it by itself. */
  flush(): Promise<void>
}

export interface NewCommit {
  readonly tree: Oid
  readonly parents: readonly Oid[]
  readonly author: Signature
  readonly committer: Signature
  readonly message: string
}

/**
 * Refs by full name, `refs/heads/main`. A store may list them as they were when it was first asked, but for what it moved
 * itself; whoever moves one says where it was seen, and is refused where that is no longer so.
 */
export interface Refs {
  /** The commit (annotated tags peeled) each ref under a prefix points to, `refs/tags/` for example. */
  listRefs(prefix: string): Promise<ReadonlyMap<string, Oid>>
  /** What `HEAD` points to: the default branch's full name, `undefined` where it is detached or unborn. */
  defaultBranch(): Promise<string | undefined>
  /**
   * Where somebody stands on a ref, who would not notice that it moves: a working tree that it is checked out in, `HEAD` of a
   * repository without one, a forge's default branch. `undefined` where nobody does.
   */
  checkedOut(ref: string): Promise<CheckedOut | undefined>
  /** Moves a ref only if it still points to `from` (`undefined`: must not exist yet). `false`: someone else moved it. */
  moveRef(move: RefMove): Promise<boolean>
}

export interface CheckedOut {
  /** The working tree; a forge has none. */
  readonly at?: string
}

export interface RefMove {
  readonly name: string
  readonly from: Oid | undefined
  readonly to: Oid
}

/** Asks about history. */
export interface History {
  /** The commit or tree a revision names (tags peeled); `undefined` where nothing has that name. */
  resolve(revision: string): Promise<{ readonly oid: Oid; readonly type: 'commit' | 'tree' } | undefined>
  /** The best common ancestor, `undefined` for unrelated histories. */
  mergeBase(a: Oid, b: Oid): Promise<Oid | undefined>
  /**
   * Commits reachable from `to` and not from `not`, children before parents. Changes are against the first parent, a
   * merge's too, so that the first-parent line is a chain of states. With `paths` only commits that change one of them
   * are wanted; what else those changed may be left out, and so may merges that only bring such a change from one parent.
   */
  log(range: LogRange): Promise<readonly LoggedCommit[]>
}

export interface LogRange {
  readonly to: Oid
  readonly not: readonly Oid[]
  readonly paths?: readonly string[]
}

/** Has a tree read that is nowhere, by whoever asks for its id: one that is only seen. Nothing of it is ever written by that. */
export interface Lender {
  /** Says the tree's id; `blobs` are those of its contents that are nowhere. */
  lend(tree: Tree, blobs: Iterable<Uint8Array>): Oid
}

/** Everything the engine needs of a repository: a clone, GitHub's API and memory each give it. */
export interface ObjectStore extends ObjectReader, ObjectWriter, Lender, Refs, History {
  /** Ends what a store keeps open (processes, connections). */
  close(): Promise<void>
}

import { carry } from '../../core/merge/whole/carry.ts'
import { Workspace } from '../../core/merge/workspace.ts'
import type { CommitForm } from '../../core/config/resolve-config.ts'
import type { Signature } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { differingPaths, withChanges, type Entry, type Tree } from '../../core/model/tree.ts'
import { settledText } from '../../core/explain/settling/settled-text.ts'
import { settledTrailer, type Settlement } from '../../core/series/settlement.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { ownMessage } from '../carry/own-message.ts'
import { converse } from '../carry/converse.ts'
import { committerAt } from '../repository/committer-at.ts'
import type { WorkedOn } from './read-conflicts.ts'

/** A step's branch, as it stands. */
export interface StepBranchAt extends WorkedOn {
  /** Without `refs/heads/`. */
  readonly name: string
  readonly head: Oid
  /** How the commit is worded. */
  readonly words: CommitForm
  put(this: void, view: Tree): Tree
}

interface SettledCommit {
  /** The branch with it, as it is seen. */
  readonly view: Tree
  readonly title: string
  readonly settlements: readonly (Settlement & { readonly title: string })[]
  /** Who asked, and when. */
  readonly by: Signature
}

/** A commit on top of a step's branch, at somebody's word. */
export async function writeSettled(
  store: ObjectStore,
  branch: StepBranchAt,
  { view, title, settlements, by }: SettledCommit,
): Promise<Oid> {
  const [before, after] = [branch.put(branch.view), branch.put(view)]
  const changes = differingPaths(before, after).map((path): [string, Entry | undefined] => [
    path,
    after.get(path),
  ])
  const tree = await store.writeTree(withChanges(branch.tip, new Map(changes)))
  const text = `${title}\n\n${settledText(settlements)}\n`
  return store.writeCommit({
    tree,
    parents: [branch.head],
    author: by,
    // Ours, at somebody's word: it says all that it does, and is kept as a person's is.
    committer: committerAt(by.time),
    message: ownMessage(text, settlements.map(settledTrailer), branch.words),
  })
}

/** The difference that settling makes, put onto the branch as it is: recipes and inventories stand on it, and people's commits. */
export async function ontoBranch(
  store: ObjectStore,
  { old, now, view }: { readonly old: Tree; readonly now: Tree; readonly view: Tree },
  made: readonly (readonly [Oid, Uint8Array])[],
): Promise<
  | { readonly kind: 'merged'; readonly tree: Tree }
  | { readonly kind: 'changed-since'; readonly files: string[] }
> {
  const blobs = new Map(made)
  const needed = differingPaths(old, now).flatMap((path) => blobs.get(now.get(path)?.oid as Oid) ?? [])
  await store.writeBlobs(needed)
  const known = {
    readBlobs: async (oids: readonly Oid[]) => {
      const here = oids.filter((oid) => blobs.has(oid))
      const rest = await store.readBlobs(oids.filter((oid) => !blobs.has(oid)))
      return new Map([...rest, ...here.map((oid) => [oid, blobs.get(oid) as Uint8Array] as const)])
    },
    log: store.log.bind(store),
  }
  const merged = await converse(
    carry({ base: old, patch: now, onto: view }, new Workspace()),
    known,
    undefined,
  )
  const lost = merged.files.filter(({ verdict }) => verdict === 'conflict' || verdict === 'obsolete')
  if (lost.length > 0) return { kind: 'changed-since', files: lost.map(({ to }) => to) }
  await store.writeBlobs([...merged.newBlobs.values()])
  return { kind: 'merged', tree: merged.tree }
}

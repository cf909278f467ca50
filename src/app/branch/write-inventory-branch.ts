import type { CommitForm } from '../../core/config/resolve-config.ts'
import type { Commit, Signature } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { bareVersion, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { Step } from '../../core/plan/step.ts'
import { TRAILER } from '../../core/series/trailer.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { committerAt } from '../repository/committer-at.ts'
import type { InventoryEdit } from '../carry/edit-cluster.ts'
import { ownMessage } from '../carry/own-message.ts'
import type { NewTop } from './keep-commits.ts'
import { freeTarget, moveStepBranch, type WrittenBranch } from './move-step-branch.ts'

export interface InventoryBranchRequest {
  /** The fork's branch, and its head, on which the step is built. */
  readonly source: string
  readonly head: Commit
  /** What the step is, as its commits say it: `kubernetes 1.31.9 1.32.8`, `addon v2.30.0`. */
  readonly step: `${'kubernetes' | 'addon'} ${string}`
  readonly edits: readonly InventoryEdit[]
  /** How its commits are worded. */
  readonly words: CommitForm
  /** Puts what is seen back into the repository. */
  readonly put: (view: Tree) => Tree
  /** Without `refs/heads/`. */
  readonly name: string
  /** Whether commits of a person on the branch may be lost; only where one asked for it, or where `onTop` keeps them. */
  readonly persons?: 'keep' | 'replace'
  /** Puts a person's commits on top of ours; the branch goes where it says. */
  readonly onTop?: (ours: NewTop) => Promise<Oid>
}

/** What the commits of a Kubernetes step say that they are. */
export function kubernetesTrailer({ kubernetes }: Step): InventoryBranchRequest['step'] {
  return `kubernetes ${bareVersion(kubernetes.from)} ${bareVersion(kubernetes.to)}`
}

/** What the commits of a step say that changes which add-ons a release installs. */
export function addonTrailer(release: ReleaseTag): InventoryBranchRequest['step'] {
  return `addon ${release}`
}

/** Writes the branch of a step that changes nothing but inventories, on the fork's head, one commit each. */
export async function writeInventoryBranch(
  store: ObjectStore,
  { source, head, step, edits, words, put, name, persons, onTop }: InventoryBranchRequest,
): Promise<WrittenBranch> {
  const kind = step.startsWith('addon ') ? 'addon' : 'kubernetes'
  const target = await freeTarget(store, { name, source, below: [head.oid], step: kind, persons })
  const top = await writeInventoryCommits(store, {
    on: head.oid,
    committer: committerAt(head.committer.time),
    edits: await writeInventoryTrees(store, edits, put),
    trailer: step,
    words,
  })
  const last = edits.at(-1)
  const tip = onTop && last ? await onTop({ tip: top, tree: put(last.tree) }) : top
  const change = await moveStepBranch(store, target, tip)
  return { name, tip, change }
}

/** An edit whose tree is written. */
interface WrittenEdit extends Pick<InventoryEdit, 'title' | 'why'> {
  readonly tree: Oid
}

/** Writes the trees of edits; over GitHub's API those of a whole step travel together, ahead of its commits. */
export async function writeInventoryTrees(
  store: ObjectStore,
  edits: readonly InventoryEdit[],
  put: (view: Tree) => Tree,
): Promise<readonly WrittenEdit[]> {
  await store.writeBlobs(edits.flatMap(({ newBlobs }) => [...newBlobs.values()]))
  const written: WrittenEdit[] = []
  for (const { title, why, tree } of edits)
    written.push({ title, why, tree: await store.writeTree(put(tree)) })
  return written
}

/** Commits edits one on the other and returns the last commit. */
export async function writeInventoryCommits(
  store: ObjectStore,
  request: {
    readonly on: Oid
    readonly committer: Signature
    readonly edits: readonly WrittenEdit[]
    readonly words: CommitForm
    /** What the trailer says that this is a part of. */
    readonly trailer?: string
  },
): Promise<Oid> {
  const { committer, words, trailer = 'inventory' } = request
  let tip = request.on
  for (const { title, why, tree } of request.edits) {
    const message = ownMessage(`${title}\n\n${why}\n`, [[TRAILER.step, trailer]], words)
    tip = await store.writeCommit({ tree, parents: [tip], author: committer, committer, message })
  }
  return tip
}

import type { Commit } from '../core/model/commit.ts'
import type { Oid } from '../core/model/oid.ts'
import { differingPaths } from '../core/model/tree.ts'
import { bareVersion, type ReleaseTag } from '../core/model/version.ts'
import type { CarriedPatch, CarriedSeries } from '../core/series/carried.ts'
import { openPaths } from '../core/series/first-cause.ts'
import { TRAILER, withTrailers } from '../core/series/trailers.ts'
import type { ObjectStore } from '../ports/objects.ts'
import { committerAt } from './committer.ts'
import type { InventoryEdit } from './edit-inventories.ts'
import { writeFixCommits, writeFixTrees, type FixCommit } from './fix.ts'
import { moveStepBranch, tipOf } from './move-step-branch.ts'
import { writeInventoryCommits, writeInventoryTrees } from './propose-inventory.ts'
import type { Renewal } from './renew-recipes.ts'

export interface BranchRequest {
  /** The head of the fork's branch, on which the step is built. */
  readonly head: Commit
  readonly from: ReleaseTag
  readonly release: { readonly tag: ReleaseTag; readonly commit: Oid }
  readonly carried: CarriedSeries
  /** What the step changes in inventories, one commit each, on top of the patches. */
  readonly inventory?: readonly InventoryEdit[]
  /** Recipes that were made anew for the release, one commit each, on top of those. */
  readonly renewals?: readonly Renewal[]
  /** Without `refs/heads/`. */
  readonly name: string
  /** Whether commits of a person on the branch may be lost; only where one asked for it. */
  readonly persons?: 'keep' | 'replace'
}

/** A branch of ours, in the object store or about to be. */
export interface WrittenBranch {
  readonly name: string
  readonly tip: Oid
  readonly change: 'created' | 'moved' | 'unchanged'
}

/** The branch of a step to a release. */
export interface StepBranch extends WrittenBranch {
  /** Patch id → the commit that carries it; patches with nothing left have none. */
  readonly commits: ReadonlyMap<string, Oid>
  /** Recipes that were made anew. */
  readonly fixes: readonly FixCommit[]
}

/** The name of the branch for a step to a release. */
export function branchNameFor(release: ReleaseTag): string {
  return `multiarch/kubespray-${bareVersion(release)}`
}

/**
 * Writes the branch of a step: first the move to the release, with the fork's head and the release as parents, then one commit
 * for each carried patch. The same inputs give the same ids. A branch that a person has changed is kept: refused, with a free name.
 */
export async function writeBranch(store: ObjectStore, request: BranchRequest): Promise<StepBranch> {
  const { name, head, release, persons } = request
  const old = await tipOf(store, name)
  const { tip, commits, fixes } = await writeCommits(store, request)
  const below = [head.oid, release.commit]
  const change = await moveStepBranch(store, { name, old, tip, below, step: 'kubespray', persons })
  return { name, tip, commits, fixes, change }
}

async function writeCommits(
  store: ObjectStore,
  { head, from, release, carried, inventory = [], renewals = [] }: BranchRequest,
): Promise<Pick<StepBranch, 'tip' | 'commits' | 'fixes'>> {
  await store.writeBlobs([...carried.newBlobs.values()])
  const target = (await store.readCommits([release.commit])).get(release.commit) as Commit
  const committer = committerAt(Math.max(head.committer.time, target.committer.time))
  // All trees before the first commit: over GitHub's API they travel together then.
  const start = await store.writeTree(carried.start)
  const written = carried.patches.filter(leavesCommit)
  const trees = new Map<CarriedPatch, Oid>()
  for (const each of written) trees.set(each, await store.writeTree(each.after))
  const edited = await writeInventoryTrees(store, inventory)
  const renewed = await writeFixTrees(store, renewals)
  let tip = await store.writeCommit({
    tree: start,
    parents: [head.oid, release.commit],
    author: committer,
    committer,
    message: stepMessage(from, release.tag),
  })
  const commits = new Map<string, Oid>()
  for (const each of written) {
    const { author } = each.patch
    const message = patchMessage(each, release.tag)
    tip = await store.writeCommit({
      tree: trees.get(each) as Oid,
      parents: [tip],
      author,
      committer,
      message,
    })
    commits.set(each.patch.id, tip)
  }
  tip = await writeInventoryCommits(store, { on: tip, committer, edits: edited })
  const fixed = await writeFixCommits(store, { on: tip, committer, fixes: renewed })
  return { tip: fixed.tip, commits, fixes: fixed.commits }
}

function stepMessage(from: ReleaseTag, to: ReleaseTag): string {
  const text =
    `Move to Kubespray ${to}\n\n` +
    `The files of ${to} with this fork's own files. The fork's patches on ${from} follow as one commit each.\n`
  return withTrailers(text, [
    [TRAILER.step, `kubespray ${from} ${to}`],
    [TRAILER.base, to],
  ])
}

/** A patch in conflict gets a commit even when nothing of it settled: it names what is open, and it is where a person goes on. */
function leavesCommit({ before, after, verdict }: CarriedPatch): boolean {
  return verdict === 'conflict' || differingPaths(before, after).length > 0
}

function patchMessage({ patch, verdict, files }: CarriedPatch, release: ReleaseTag): string {
  return withTrailers(patch.message, [
    [TRAILER.patch, patch.id],
    [TRAILER.verdict, verdict],
    [TRAILER.base, release],
    ...openPaths(files).map((path) => [TRAILER.open, path] as const),
  ])
}

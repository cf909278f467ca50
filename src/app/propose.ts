import type { Commit, Signature } from '../core/model/commit.ts'
import type { Oid } from '../core/model/oid.ts'
import { Refusal } from '../core/model/problem.ts'
import { differingPaths } from '../core/model/tree.ts'
import { bareVersion, type ReleaseTag } from '../core/model/version.ts'
import type { CarriedPatch, CarriedSeries } from '../core/series/carried.ts'
import { openPaths } from '../core/series/first-cause.ts'
import { TRAILER, withTrailers } from '../core/series/trailers.ts'
import type { ObjectStore } from '../ports/objects.ts'

export interface BranchRequest {
  /** The head of the fork's branch, on which the step is built. */
  readonly head: Commit
  readonly from: ReleaseTag
  readonly release: { readonly tag: ReleaseTag; readonly commit: Oid }
  readonly carried: CarriedSeries
  /** Without `refs/heads/`. */
  readonly name: string
  /** Whether commits of a person on the branch may be lost; only where one asked for it. */
  readonly persons?: 'keep' | 'replace'
}

/** The branch of one step, in the object store or about to be. */
export interface StepBranch {
  readonly name: string
  readonly tip: Oid
  /** Patch id → the commit that carries it; patches with nothing left have none. */
  readonly commits: ReadonlyMap<string, Oid>
  readonly change: 'created' | 'moved' | 'unchanged'
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
  const ref = `refs/heads/${request.name}`
  const old = (await store.listRefs(ref)).get(ref)
  const { tip, commits } = await writeCommits(store, request)
  if (old === tip) return { name: request.name, tip, commits, change: 'unchanged' }
  const keeps = request.persons !== 'replace'
  if (old && keeps && (await isTouchedByPerson(store, old, request)))
    throw await keepRefusal(store, request.name)
  if (old && (await store.defaultBranch()) === ref) throw checkedOutRefusal(request.name)
  if (!(await store.moveRef({ name: ref, from: old, to: tip }))) throw await keepRefusal(store, request.name)
  return { name: request.name, tip, commits, change: old ? 'moved' : 'created' }
}

async function writeCommits(
  store: ObjectStore,
  { head, from, release, carried }: BranchRequest,
): Promise<{ tip: Oid; commits: ReadonlyMap<string, Oid> }> {
  await store.writeBlobs([...carried.newBlobs.values()])
  const target = (await store.readCommits([release.commit])).get(release.commit) as Commit
  const committer = committerAt(Math.max(head.committer.time, target.committer.time))
  // All trees before the first commit: over GitHub's API they travel together then.
  const start = await store.writeTree(carried.start)
  const written = carried.patches.filter(leavesCommit)
  const trees = new Map<CarriedPatch, Oid>()
  for (const each of written) trees.set(each, await store.writeTree(each.after))
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
  return { tip, commits }
}

/** Who writes our commits; the time comes from the inputs, so that a second run makes the same ids. */
function committerAt(time: number): Signature {
  return { name: COMMITTER_NAME, email: COMMITTER_EMAIL, time, zone: '+0000' }
}

export const COMMITTER_NAME = 'kubespray-multiarch'
/** `.invalid` is reserved (RFC 2606): nobody's address. */
export const COMMITTER_EMAIL = 'kubespray-multiarch@noreply.invalid'

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

/** Whether a branch holds commits that are neither the fork's, nor upstream's, nor written by us. */
async function isTouchedByPerson(
  store: ObjectStore,
  tip: Oid,
  { head, release }: BranchRequest,
): Promise<boolean> {
  const commits = await store.log({ to: tip, not: [head.oid, release.commit] })
  const foreign = commits.findIndex(({ committer }) => committer.email !== COMMITTER_EMAIL)
  if (foreign < 0) return false
  // Where the fork's branch was rewritten since, its old commits are below our step commit: no one's work on this branch.
  const step = commits.findIndex(({ message }) => message.includes(`${TRAILER.step}: `))
  return step < 0 || foreign < step
}

async function keepRefusal(store: ObjectStore, name: string): Promise<Refusal> {
  const taken = await store.listRefs('refs/heads/')
  let count = 2
  while (taken.has(`refs/heads/${name}-${count}`)) count++
  return new Refusal({
    code: 'branch-changed',
    message: `The branch \`${name}\` exists and holds commits that are not mine, so I left it as it is. Give the new one another name, for example \`--as ${name}-${count}\`, or delete the branch.`,
  })
}

/** Moving the branch under a working tree would make every file of it look changed. */
function checkedOutRefusal(name: string): Refusal {
  return new Refusal({
    code: 'branch-checked-out',
    message: `The branch \`${name}\` is checked out and would have to move, which would leave your working tree behind. Check out another branch first.`,
  })
}

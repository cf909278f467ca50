import type { CommitForm } from '../../core/config/resolve-config.ts'
import type { Commit } from '../../core/model/commit.ts'
import type { MovedPin } from '../../core/layout/moved-pin.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import { differingPaths, type Tree } from '../../core/model/tree.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { CarriedPatch, CarriedSeries } from '../../core/series/carried-series.ts'
import type { Patch } from '../../core/series/series.ts'
import { openPaths } from '../../core/series/first-cause.ts'
import { TRAILER } from '../../core/series/trailer.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { committerAt } from '../repository/committer-at.ts'
import type { InventoryEdit } from '../carry/edit-cluster.ts'
import { carriedMessage, ownMessage } from '../carry/own-message.ts'
import { withPatchFiles, type RefreshedPatches } from '../carry/refresh-patch-files.ts'
import { writeFixCommits, writeFixTrees, type FixCommit } from '../carry/write-fixes.ts'
import type { Move, NamedRelease } from '../repository/standing.ts'
import type { NewTop } from './keep-commits.ts'
import { freeTarget, moveStepBranch, type WrittenBranch } from './move-step-branch.ts'
import { startLanding } from './start-landing.ts'
import { writeInventoryCommits, writeInventoryTrees } from './write-inventory-branch.ts'
import type { Renewal } from '../carry/renew-recipes.ts'

export interface BranchRequest {
  /** The fork's branch, and its head, on which the step is built. */
  readonly source: string
  readonly head: Commit
  readonly from: ReleaseTag
  readonly release: NamedRelease
  /** How the release is put into the repository; where Kubespray's files are not at its top, its history stays upstream's. */
  readonly move: Move
  readonly carried: CarriedSeries
  /** Where patches are files of the repository: what becomes of those. */
  readonly patchFiles?: RefreshedPatches | undefined
  /** What the step changes in inventories, one commit each, on top of the patches. */
  readonly inventory?: readonly InventoryEdit[]
  /** Recipes that were made anew for the release, one commit each, on top of those. */
  readonly renewals?: readonly Renewal[]
  /** Without `refs/heads/`. */
  readonly name: string
  /** Whether commits of a person on the branch may be lost; only where one asked for it, or where `onTop` keeps them. */
  readonly persons?: 'keep' | 'replace'
  /** Puts a person's commits on top of ours; the branch goes where it says. */
  readonly onTop?: (ours: NewTop) => Promise<Oid>
  /** Under whose name patches are committed: their authors', or ours. */
  readonly author?: 'keep' | 'app'
  /** How our commits are worded. */
  readonly words: CommitForm
  /** The branch of the release's own that the step goes to, where the fork has one for each: it starts at the release. */
  readonly landing?: string | undefined
  /** `snapshot`: without the release's commit as a parent, as the branch was made before. */
  readonly form?: StepForm
}

/**
 * How the release comes into the branch: `joined` with its history, or as a `snapshot` of its files, where that history cannot
 * be reached from the repository or may not be pushed to it; `started` on the release alone, for a branch of its own.
 */
type StepForm = 'joined' | 'snapshot' | 'started'

/** The branch of a step to a release. */
export interface StepBranch extends WrittenBranch {
  /** Patch id → the commit that carries it; patches with nothing left have none. */
  readonly commits: ReadonlyMap<string, Oid>
  readonly form: StepForm
  /** Recipes that were made anew. */
  readonly fixes: readonly FixCommit[]
}

/**
 * Writes the branch of a step: first the move to the release, with the fork's head and the release as parents, then one commit
 * for each carried patch. The same inputs give the same ids. A branch that a person has changed is kept: refused, with a free name.
 */
export async function writeBranch(store: ObjectStore, request: BranchRequest): Promise<StepBranch> {
  if (request.landing !== undefined) return writeForm(store, request, 'started')
  if (request.form === 'snapshot' || request.move.form === 'snapshot')
    return writeForm(store, request, 'snapshot')
  try {
    return await writeForm(store, request, 'joined')
  } catch (error) {
    if (!isOutOfReach(error)) throw error
    return writeForm(store, request, 'snapshot')
  }
}

/** The release's commit is not in the repository, or its history brings what we may not push. */
function isOutOfReach(error: unknown): boolean {
  return has(error, 'object-not-reachable') || mayBeForWorkflows(error)
}

/**
 * Whether a branch was refused for what it brings, by what GitHub says: it names workflow files in some of its refusals, and in others
 * nothing but a permission or that there is no such thing. A smaller form tells.
 */
export function mayBeForWorkflows(error: unknown): boolean {
  return ['workflows-permission', 'permission-missing', 'branch-refused'].some((code) => has(error, code))
}

function has(error: unknown, code: string): boolean {
  return error instanceof Refusal && error.problems.some((each) => each.code === code)
}

async function writeForm(store: ObjectStore, request: BranchRequest, form: StepForm): Promise<StepBranch> {
  const { name, source, head, release, persons } = request
  const below = [head.oid, release.commit]
  const target = await freeTarget(store, { name, source, below, step: 'kubespray', persons })
  if (request.landing !== undefined) await startLanding(store, { name: request.landing, release })
  const { top, commits, fixes } = await writeCommits(store, request, form)
  const tip = request.onTop ? await request.onTop(top) : top.tip
  const change = await moveStepBranch(store, target, tip)
  return { name, tip, commits, fixes, change, form }
}

async function writeCommits(
  store: ObjectStore,
  {
    head,
    from,
    release,
    move,
    carried,
    patchFiles,
    inventory = [],
    renewals = [],
    author = 'keep',
    words,
  }: BranchRequest,
  form: StepForm,
): Promise<Pick<StepBranch, 'commits' | 'fixes'> & { readonly top: NewTop }> {
  const put = (view: Tree, patch?: string): Tree => withPatchFiles(move.put(view), patchFiles, patch)
  const written = carried.patches.filter((each) => leavesCommit(each, patchFiles))
  const states = new Map(written.map((each) => [each, put(each.after, each.patch.id)]))
  const all = [move.put(carried.start), ...states.values(), put(carried.tree)]
  await store.writeBlobs(blobsOf(all, new Map([...carried.newBlobs, ...(patchFiles?.newBlobs ?? [])])))
  const target = (await store.readCommits([release.commit])).get(release.commit) as Commit
  const committer = committerAt(Math.max(head.committer.time, target.committer.time))
  // All trees before the first commit: over GitHub's API they travel together then.
  const start = await store.writeTree(move.put(carried.start))
  const trees = new Map<CarriedPatch, Oid>()
  for (const [each, tree] of states) trees.set(each, await store.writeTree(tree))
  const edited = await writeInventoryTrees(store, inventory, put)
  const renewed = await writeFixTrees(store, renewals, put)
  let tip = await store.writeCommit({
    tree: start,
    parents: parentsOf(form, { head, release }),
    author: committer,
    committer,
    message: stepMessage(from, release, { form, move, words, head: head.oid }),
  })
  const commits = new Map<string, Oid>()
  for (const each of written) {
    tip = await store.writeCommit({
      tree: trees.get(each) as Oid,
      parents: [tip],
      // Who wrote a patch did not write its file anew.
      author: author === 'keep' && !patchFiles ? each.patch.author : committer,
      committer,
      message: patchMessage(each, release.tag, { patchFiles, words }),
    })
    commits.set(each.patch.id, tip)
  }
  tip = await writeInventoryCommits(store, { on: tip, committer, edits: edited, words })
  const fixed = await writeFixCommits(store, { on: tip, committer, fixes: renewed, words })
  const tree = renewals.at(-1)?.tree ?? inventory.at(-1)?.tree ?? carried.tree
  return { top: { tip: fixed.tip, tree: put(tree) }, commits, fixes: fixed.commits }
}

function parentsOf(
  form: StepForm,
  { head, release }: Pick<BranchRequest, 'head' | 'release'>,
): readonly Oid[] {
  if (form === 'started') return [release.commit]
  return form === 'joined' ? [head.oid, release.commit] : [head.oid]
}

interface StepWords {
  readonly form: StepForm
  readonly move: Move
  readonly words: CommitForm
  /** The fork's own commit below. */
  readonly head: Oid
}

function stepMessage(from: ReleaseTag, to: NamedRelease, { form, move, words, head }: StepWords): string {
  const text = `Move to Kubespray ${to.tag}\n\n${stepText(from, to, { form, move })}\n`
  const trailers = [
    [TRAILER.step, `kubespray ${from} ${to.tag}`],
    [TRAILER.base, to.tag],
    ...(form === 'snapshot' ? [[TRAILER.release, to.commit] as const] : []),
    ...(form === 'started' ? [[TRAILER.from, head] as const] : []),
  ] as const
  return ownMessage(text, trailers, words)
}

function stepText(
  from: ReleaseTag,
  { tag }: NamedRelease,
  { form, move: { said, pins } }: { readonly form: StepForm; readonly move: Move },
): string {
  if (said === 'pins') return pins.map(movedLine).join('\n')
  const files = `The files of ${tag} with this fork's own files. The fork's patches on ${from} follow as one commit each.`
  const isAlone = form === 'snapshot' && said === 'files'
  return isAlone
    ? `${files}\n\nThe release's own commit cannot be reached from this repository, so its history is not here.`
    : files
}

function movedLine(pin: MovedPin): string {
  return `${whereOf(pin)}: ${pin.from === '' ? 'no release' : pin.from} -> ${pin.to.trim()}`
}

function whereOf({ file, line }: MovedPin): string {
  return line === undefined ? file : `${file}:${line}`
}

/** Of what merging made only that which the repository holds: files of Kubespray are not among it where that is elsewhere. */
function blobsOf(trees: readonly Tree[], made: ReadonlyMap<Oid, Uint8Array>): readonly Uint8Array[] {
  const held = new Set(trees.flatMap((tree) => [...tree.values()].map(({ oid }) => oid)))
  return [...made].filter(([oid]) => held.has(oid)).map(([, bytes]) => bytes)
}

/**
 * A patch in conflict gets a commit even when nothing of it settled: it names what is open, and it is where a person goes on. So does
 * one of which an earlier answer left nothing: that is remembered there.
 */
function leavesCommit(
  { patch, before, after, verdict, tells }: CarriedPatch,
  patchFiles: RefreshedPatches | undefined,
): boolean {
  if (verdict === 'conflict' || tells) return true
  return patchFiles ? patchFiles.of(patch.id).size > 0 : differingPaths(before, after).length > 0
}

function patchMessage(
  { patch, verdict, files, tells = [] }: CarriedPatch,
  release: ReleaseTag,
  { patchFiles, words }: Pick<BranchRequest, 'patchFiles' | 'words'>,
): string {
  const trailers = [
    [TRAILER.patch, patch.id],
    [TRAILER.verdict, verdict],
    [TRAILER.base, release],
    ...openPaths(files).map((path) => [TRAILER.open, path] as const),
    ...tells,
  ] as const
  return patchFiles
    ? ownMessage(fileMessage(patch, release, patchFiles), trailers, words)
    : carriedMessage(patch.message, trailers, words)
}

const DID = { kept: 'Keep', refreshed: 'Refresh', 'left-out': 'Leave out', open: 'Open' } as const

/** A commit that writes a patch file says so, and of which patch. */
function fileMessage({ id, title }: Patch, release: ReleaseTag, { outcomes }: RefreshedPatches): string {
  const file = outcomes.find(({ patches }) => patches.includes(id))
  if (!file) throw new Error(`the patch ${id} stands in no file`)
  return `${DID[file.became]} ${file.to} for ${release}\n\n${title}\n`
}

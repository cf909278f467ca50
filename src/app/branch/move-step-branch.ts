import { refusalOf } from '../../core/explain/refusal-of.ts'
import type { Commit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import { patchRecordedIn } from '../../core/series/trailer.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { recipeNamed } from '../carry/remake-recipe.ts'
import { isTouched, readBranchWork } from './branch-work.ts'
import { OUR_BRANCHES } from '../jobs/job.ts'
import { isSettingsCommit } from './write-settings-commit.ts'
import { COMMITTER_EMAIL } from '../repository/committer-at.ts'

/** A branch that is to be written. */
interface StepTarget {
  /** Without `refs/heads/`. */
  readonly name: string
  /** The branch that the step is made from, which is never written to. */
  readonly source: string
  /** Commits that belong to the fork or to upstream, with all below them. */
  readonly below: readonly Oid[]
  /** What our commits on it say that it is; `audit` for recipes alone, `settings` for files that are proposed. */
  readonly step: 'kubespray' | 'kubernetes' | 'addon' | 'audit' | 'settings'
  /** Whether commits of a person on the branch may be lost; only where one asked for it. */
  readonly persons?: 'keep' | 'replace' | undefined
}

/** A target that may be written, with where it was when that was found out. */
interface FreeTarget extends StepTarget {
  readonly old: Oid | undefined
}

/** Refuses the branch that a step is made from as the one to be written, however it is spelled. */
export function refuseSource(name: string, source: string): void {
  if (name === source.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, ''))
    throw new Refusal(refusalOf({ code: 'branch-is-source', branch: name }))
}

/**
 * Looks whether a branch may be written, before anything is: it is not there yet, or our own commits on top of it prove that it is
 * ours. One that people have made or changed is refused, with a free name.
 */
export async function freeTarget(store: ObjectStore, target: StepTarget): Promise<FreeTarget> {
  const { name, source, persons } = target
  refuseSource(name, source)
  const heads = await store.listRefs('refs/heads/')
  const ref = `refs/heads/${name}`
  const old = heads.get(ref)
  const other = branchInTheWay(heads, name)
  if (other !== undefined) throw new Refusal(refusalOf({ code: 'branch-in-the-way', branch: name, other }))
  if (old && persons !== 'replace') await refuseOthers(store, { ...target, old })
  if (old) await refuseCheckedOut(store, name)
  return { ...target, old }
}

/** Refuses a branch that somebody stands on: moved, it would leave their working tree behind, in whichever folder that is. */
export async function refuseCheckedOut(store: Pick<ObjectStore, 'checkedOut'>, name: string): Promise<void> {
  const found = await store.checkedOut(`refs/heads/${name}`)
  if (found) throw new Refusal(refusalOf({ code: 'branch-checked-out', branch: name, ...found }))
}

/** A branch whose name is a folder of the other's, or the other way about: git keeps a branch as a file. */
export function branchInTheWay(heads: ReadonlyMap<string, Oid>, name: string): string | undefined {
  const ref = `refs/heads/${name}`
  const other = [...heads.keys()].find((each) => each.startsWith(`${ref}/`) || ref.startsWith(`${each}/`))
  return other?.slice('refs/heads/'.length)
}

/** Makes a branch of ours point to a new tip, unless somebody moved it meanwhile. */
export async function moveStepBranch(
  store: ObjectStore,
  { name, old }: FreeTarget,
  tip: Oid,
): Promise<'created' | 'moved' | 'unchanged'> {
  if (old === tip) return 'unchanged'
  const isMoved = await store.moveRef({ name: `refs/heads/${name}`, from: old, to: tip })
  if (!isMoved)
    throw new Refusal(refusalOf({ code: 'branch-changed', branch: name, free: await freeName(store, name) }))
  return old ? 'moved' : 'created'
}

async function refuseOthers(
  store: ObjectStore,
  { name, old: tip, below, step }: FreeTarget & { readonly old: Oid },
): Promise<void> {
  const proof = await proofOf(store, { tip, below, step })
  if (proof === 'ours') return
  if (proof === 'merged' && name.startsWith(OUR_BRANCHES) && (await holdsOurs(store, tip))) return
  const code = proof === 'changed' ? 'branch-changed' : 'branch-not-ours'
  throw new Refusal(refusalOf({ code, branch: name, free: await freeName(store, name) }))
}

/** Whether there is a commit of ours at the top of a branch, or below what people put there. */
async function holdsOurs(store: ObjectStore, tip: Oid): Promise<boolean> {
  let at: Oid | undefined = tip
  for (let left = MOST_ON_TOP; at !== undefined && left > 0; left--) {
    const commit: Commit | undefined = (await store.readCommits([at])).get(at)
    if (commit?.committer.email === COMMITTER_EMAIL) return true
    at = commit?.parents[0]
  }
  return false
}

/** People seldom put more on top of a step of ours. */
const MOST_ON_TOP = 20

/**
 * `merged`: all that is on it is in the fork's own branch, as where a merge was taken back since and its step is due again. By one of our names
 * nothing is lost by building it anew; by another it may be somebody's mark.
 */
type Proof = 'ours' | 'changed' | 'merged' | 'none'

type OurCommit = Pick<Commit, 'committer' | 'message'>

async function proofOf(
  store: ObjectStore,
  { tip, below, step }: Pick<FreeTarget, 'below' | 'step'> & { readonly tip: Oid },
): Promise<Proof> {
  if (step === 'audit') return ofWhole(store, { tip, below, isOurs: isRecipe })
  if (step === 'settings') return ofWhole(store, { tip, below, isOurs: isSettingsCommit })
  return ofStep(store, { tip, below, kind: step })
}

async function ofStep(store: ObjectStore, question: Parameters<typeof readBranchWork>[1]): Promise<Proof> {
  const work = await readBranchWork(store, question)
  if (work.ours.length === 0) return isTouched(work) ? 'none' : 'merged'
  return isTouched(work) ? 'changed' : 'ours'
}

/** A branch without a commit that says so is ours where everything on it is. */
async function ofWhole(
  store: ObjectStore,
  {
    tip,
    below,
    isOurs,
  }: { readonly tip: Oid; readonly below: readonly Oid[]; readonly isOurs: (commit: OurCommit) => boolean },
): Promise<Proof> {
  const commits = await store.log({ to: tip, not: below })
  if (commits.length === 0) return 'merged'
  const ours = commits.filter(isOurs)
  if (ours.length === 0) return 'none'
  return ours.length < commits.length ? 'changed' : 'ours'
}

function isRecipe({ committer, message }: OurCommit): boolean {
  return committer.email === COMMITTER_EMAIL && recipeNamed(patchRecordedIn(message) ?? '') !== undefined
}

async function freeName(store: ObjectStore, name: string): Promise<string> {
  const taken = await store.listRefs('refs/heads/')
  let count = 2
  while (taken.has(`refs/heads/${name}-${count}`)) count++
  return `${name}-${count}`
}

/** A branch of ours, in the object store or about to be. */
export interface WrittenBranch {
  readonly name: string
  readonly tip: Oid
  readonly change: 'created' | 'moved' | 'unchanged'
}

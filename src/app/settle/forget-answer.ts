import type { ForgetOutcome } from '../../core/explain/memory/say-forgotten.ts'
import type { Signature } from '../../core/model/commit.ts'
import { withChanges, type Entry } from '../../core/model/tree.ts'
import type { CarriedSeries } from '../../core/series/carried-series.ts'
import { valid, type Answer, type Memory } from '../../core/series/memory/answer.ts'
import { toldConflictsIn } from '../../core/series/memory/told-conflict.ts'
import type { Settlement } from '../../core/series/settlement.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { BranchWork } from '../branch/branch-work.ts'
import { readConflicts, type Conflict } from './read-conflicts.ts'
import { replay } from './replay.ts'
import { leftPlace, sidesOf } from './settle-conflicts.ts'
import { ontoBranch, writeSettled, type StepBranchAt } from './write-settled.ts'

/** A step's branch, with what is remembered and what was carried onto its release, with and without what is to be forgotten. */
interface RememberingBranch extends StepBranchAt {
  readonly work: BranchWork
  readonly memory: Memory
  readonly carried: CarriedSeries
  readonly without: CarriedSeries
}

export interface ForgetRequest {
  /** The patch's identity. */
  readonly patch: string
  readonly title: string
  /** Who asked, and when. */
  readonly by: Signature
}

/**
 * Takes back how conflicts of one patch were settled: what stands so on the branch is open again, and no answer that was given until
 * now is used any more. What a person wrote on this very branch stays as they wrote it.
 */
export async function forgetAnswer(
  store: ObjectStore,
  branch: RememberingBranch,
  { patch, title, by }: ForgetRequest,
): Promise<ForgetOutcome> {
  const answers = valid(branch.memory).filter((each) => isOf(each, patch))
  if (answers.length === 0) return { kind: 'nothing-remembered' }
  const [settled, open] = [
    await readConflicts(store, branch.carried, branch),
    await readConflicts(store, branch.without, branch),
  ]
  const meant = open.filter(({ carried }) => carried.patch.id === patch)
  const left = meant.flatMap(leftPlace)
  const before = await replay(store, settled, { onto: branch.carried.tree, sides: sidesOf(settled) })
  const sides = new Map([...sidesOf(open)].filter(([each]) => !meant.includes(each)))
  const after = await replay(store, open, { onto: branch.without.tree, sides })
  const kept = left.map(({ path }): [string, Entry | undefined] => [path, before.tree.get(path)])
  const merged = await ontoBranch(
    store,
    { old: before.tree, now: withChanges(after.tree, new Map(kept)), view: branch.view },
    [...branch.without.newBlobs, ...before.newBlobs, ...after.newBlobs],
  )
  if (merged.kind === 'changed-since') return merged
  const commit = await writeSettled(store, branch, {
    view: merged.tree,
    title: `Forget how “${title}” was settled`,
    settlements: forgottenOf({ patch, title }, { meant, answers, work: branch.work }),
    // An answer from a machine whose clock is ahead is meant as well.
    by: { ...by, time: Math.max(by.time, ...answers.map(({ time }) => time)) },
  })
  const isMoved = await store.moveRef({ name: `refs/heads/${branch.name}`, from: branch.head, to: commit })
  if (!isMoved) return { kind: 'moved' }
  const files = meant.map(({ file }) => file.to).filter((path) => !left.some((each) => each.path === path))
  const releases = [...new Set(answers.map(({ release }) => release))]
  return { kind: 'forgotten', commit, releases, open: files, left: left.map(({ path }) => path) }
}

function isOf({ conflicts }: Answer, patch: string): boolean {
  return conflicts.some((each) => each.patch === patch)
}

/** Every conflict of the patch that is known: on the branch, as it would be without, and of then. */
function forgottenOf(
  { patch, title }: Pick<ForgetRequest, 'patch' | 'title'>,
  {
    meant,
    answers,
    work,
  }: { readonly meant: readonly Conflict[]; readonly answers: readonly Answer[]; readonly work: BranchWork },
): readonly (Settlement & { readonly title: string })[] {
  const told = [
    ...meant.map(({ name, file }) => ({ name, path: file.to })),
    ...[
      ...work.ours.flatMap(({ message }) => toldConflictsIn(message)),
      ...answers.flatMap(conflictsIn),
    ].filter((each) => each.patch === patch),
  ]
  return [...new Map(told.map((each) => [each.name, each])).values()].map(({ name, path }) => ({
    patch,
    title,
    side: 'forgotten',
    conflict: name,
    path,
  }))
}

function conflictsIn({ conflicts }: Answer): Answer['conflicts'] {
  return conflicts
}

import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import { TRAILER } from '../../core/series/trailers.ts'
import type { ObjectStore } from '../../ports/objects.ts'
import { COMMITTER_EMAIL } from '../committer.ts'

export interface BranchMove {
  /** Without `refs/heads/`. */
  readonly name: string
  /** Where the branch was before anything was written. */
  readonly old: Oid | undefined
  readonly tip: Oid
  /** Commits that belong to the fork or to upstream, with all below them. */
  readonly below: readonly Oid[]
  /** What our step commit says that it is. */
  readonly step: 'kubespray' | 'kubernetes' | 'addon'
  /** Whether commits of a person on the branch may be lost; only where one asked for it. */
  readonly persons?: 'keep' | 'replace' | undefined
}

/** Makes a branch of ours point to a new tip. One that a person has changed is kept: refused, with a free name. */
export async function moveStepBranch(
  store: ObjectStore,
  move: BranchMove,
): Promise<'created' | 'moved' | 'unchanged'> {
  const { name, old, tip, persons } = move
  const ref = `refs/heads/${name}`
  if (old === tip) return 'unchanged'
  if (old && persons !== 'replace' && (await isTouchedByPerson(store, old, move)))
    throw await keepRefusal(store, name)
  if (old && (await store.defaultBranch()) === ref) throw checkedOutRefusal(name)
  if (!(await store.moveRef({ name: ref, from: old, to: tip }))) throw await keepRefusal(store, name)
  return old ? 'moved' : 'created'
}

/** Where a branch points now. */
export async function tipOf(store: ObjectStore, name: string): Promise<Oid | undefined> {
  const ref = `refs/heads/${name}`
  return (await store.listRefs(ref)).get(ref)
}

/** Whether a branch holds commits that are neither the fork's, nor upstream's, nor written by us. */
async function isTouchedByPerson(
  store: ObjectStore,
  tip: Oid,
  { below, step: kind }: BranchMove,
): Promise<boolean> {
  const commits = await store.log({ to: tip, not: below })
  const foreign = commits.findIndex(({ committer }) => committer.email !== COMMITTER_EMAIL)
  if (foreign < 0) return false
  // Where the fork's branch was rewritten since, its old commits are below our step commit: no one's work on this branch.
  const step = commits.findIndex(({ message }) => message.includes(`${TRAILER.step}: ${kind} `))
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

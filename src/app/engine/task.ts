import { hasLeftWorkflows } from '../../core/series/leave-workflows.ts'
import type { Oid } from '../../core/model/oid.ts'
import { repositoryKey } from '../../core/model/repository-key.ts'
import { readBranchWork, type BranchWork } from '../branch/branch-work.ts'
import { readStepName, type StepName } from '../branch/step-name.ts'
import type { Proposal } from '../step/proposal-of.ts'
import type { Work } from './engine.ts'
import type { WorkReading } from './read-work.ts'
import type { Remembered } from './remembered.ts'

/** What is remembered of a step. */
export interface Kept {
  readonly proposal: Proposal
  readonly touched: boolean
}

/** A step of a fork, to be built or judged. */
export interface Task {
  readonly reading: WorkReading
  readonly step: StepName
  readonly proposals: Remembered<Kept>
}

/** The same task as it was when the branch was written: GitHub may have refused the release's workflow files then. */
export async function asWritten(task: Task, { ours }: BranchWork): Promise<Task> {
  const { reading, step } = task
  const [top] = ours
  const commit = step.kind === 'kubespray' ? reading.repository.releases.get(step.release) : undefined
  if (reading.workflows === 'leave' || !top || !commit) return task
  const { objects } = reading.store
  const { fork } = await reading.fork()
  const sides = { fork: fork.headTree, release: await objects.readTree(commit) }
  const isLeft = hasLeftWorkflows(await objects.readTree(top.oid), sides)
  return isLeft ? { ...task, reading: reading.leaving() } : task
}

export async function remembered(
  task: Task,
  { tip, touched }: { readonly tip: Oid; readonly touched: boolean },
  make: () => Promise<Proposal>,
): Promise<Proposal> {
  const inputs = inputsOf(task, tip)
  const known = task.proposals.recall(nameOfStep(task), inputs)
  if (known) return known.proposal
  const proposal = await make()
  task.proposals.keep(nameOfStep(task), inputs, { proposal, touched })
  return proposal
}

export async function findTip({ reading, step }: Task): Promise<Oid | undefined> {
  const ref = `refs/heads/${step.branch}`
  return (await reading.store.objects.listRefs(ref)).get(ref)
}

export async function workOn({ reading, step }: Task, tip: Oid): Promise<BranchWork> {
  const { branch } = await reading.fork()
  const below = [branch.head, ...reading.repository.upstreamTips]
  return readBranchWork(reading.store.objects, { tip, below, kind: step.kind })
}

/** The branches of other steps are inputs as well: how conflicts were settled on them is remembered. */
export function inputsOf({ reading, step }: Task, tip: Oid): string {
  const others = [...reading.repository.branches].filter(
    ([name]) => name !== step.branch && readStepName(name, '')?.kind === 'kubespray',
  )
  return [tip, reading.inputs, ...others.flat()].join(' ')
}

export function nameOf({ place: { repository }, config: { cluster } }: Work): string {
  return cluster ? `${repositoryKey(repository)} ${cluster.name}` : repositoryKey(repository)
}

export function nameOfStep({ reading, step }: Task): string {
  return `${nameOf(reading.work)} ${step.branch}`
}

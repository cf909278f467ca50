import type { GridRow } from '../../core/audit/component-grid.ts'
import { renderPullRequest, type PullRequestText } from '../../core/explain/texts/render-pull-request.ts'
import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import { judgeFacts } from '../../core/explain/judge-facts.ts'
import type { Remark } from '../../core/judge/judge-step.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { Step } from '../../core/plan/step.ts'
import type { CarriedSeries } from '../../core/series/carried-series.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { ImageRegistry } from '../../ports/image-registry.ts'
import type { ChosenBranch } from '../repository/choose-branch.ts'
import type { Fork } from '../repository/find-series.ts'
import type { ForkPlan, PlanRequest } from '../plan/plan-fork.ts'
import { cacheOfRun } from '../plan/catalogue-of-tree.ts'
import { planHop } from '../plan/plan-hop.ts'
import { refuseSource } from './move-step-branch.ts'
import { writeBranch, type StepBranch } from './write-branch.ts'
import { readFork } from '../repository/read-fork.ts'
import { branchNameFor } from './step-name.ts'
import type { StepInventory } from './edit-for-step.ts'
import { takeRelease } from './take-release.ts'

export interface UpgradeRequest extends Omit<PlanRequest, 'target'> {
  /** The release to go to; the plan's next step where none is named. */
  readonly onto?: string
  /** The name of the branch to write, without `refs/heads/`. */
  readonly as?: string
  /** `nothing` computes everything and leaves the repository as it is. */
  readonly write: 'branch' | 'nothing'
  /** Who is asked which architectures images exist for; nobody where it is absent. */
  readonly registry?: ImageRegistry
}

/** One step, carried out. */
export interface Upgrade {
  readonly kind: 'upgraded'
  readonly plan: ForkPlan
  readonly branch: ChosenBranch
  readonly fork: Fork
  readonly to: ReleaseTag
  /** The plan's step; absent where the plan knows none that goes there. */
  readonly step?: Step
  readonly carried: CarriedSeries
  readonly inventories: readonly StepInventory[]
  readonly findings: readonly Remark[]
  /** Components by architecture, as the step would leave them. */
  readonly grid: readonly GridRow[]
  /** Everything that the proposal says. */
  readonly facts: PullRequestFacts
  /** Absent after a run that writes nothing. */
  readonly written?: StepBranch
  readonly text: PullRequestText
}

/** Kubernetes has to go up before the next release; nothing was written. */
export interface KubernetesFirst {
  readonly kind: 'kubernetes-first'
  readonly plan: ForkPlan
  readonly step: Step
}

/**
 * Moves a fork to a release: the whole story of one step, top to bottom; docs/architecture.md has its rows as a table. Says
 * `undefined` where there is nothing to move to.
 */
export async function upgrade(
  objects: ObjectStore,
  request: UpgradeRequest,
): Promise<Upgrade | KubernetesFirst | undefined> {
  const store = { objects, cache: cacheOfRun(request.cache) }
  const read = await readFork(objects, request)
  if (request.as !== undefined) refuseSource(request.as, read.branch.name)
  const { plan, hop } = await planHop(objects, read, { ...request, cache: store.cache })
  if (hop.kind === 'nothing') return undefined
  if (hop.kind === 'kubernetes-first') return { ...hop, plan }
  const { branch, fork } = plan
  const { depth, registry } = request
  const taken = await takeRelease(store, {
    ...{ plan, hop, surface: 'terminal' as const, registry },
    ...(depth && { depth }),
  })
  const { carried, inventories, grid } = taken
  const name = request.as ?? branchNameFor(hop.release.tag)
  const written =
    request.write === 'branch' ? await writeBranch(objects, { ...taken.branch, name }) : undefined
  const facts = written ? withBranch(taken.facts, written) : taken.facts
  const findings = judgeFacts(facts).remarks
  const done = { plan, branch, fork, carried, inventories, findings, grid, facts, to: hop.release.tag }
  const text = renderPullRequest(facts)
  const { step } = hop
  return { kind: 'upgraded', ...done, text, ...(step && { step }), ...(written && { written }) }
}

/** What is said of a step whose branch is there. */
export function withBranch(
  { carry, ...facts }: PullRequestFacts,
  { name, commits, fixes }: Pick<StepBranch, 'name'> & Partial<Pick<StepBranch, 'commits' | 'fixes'>>,
): PullRequestFacts {
  return {
    ...{ ...facts, written: { name } },
    ...(fixes && { fixes }),
    ...(carry && { carry: { ...carry, ...(commits && { commits }) } }),
  }
}

import type { GridRow } from '../core/audit/component-grid.ts'
import { subjectOf } from '../core/model/commit.ts'
import { renderPullRequest, type PullRequestText } from '../core/explain/pull-request.ts'
import type { PullRequestFacts } from '../core/explain/pull-request-facts.ts'
import type { Oid } from '../core/model/oid.ts'
import { Refusal } from '../core/model/problem.ts'
import type { ReleaseTag } from '../core/model/version.ts'
import type { Step } from '../core/plan/step.ts'
import type { CarriedSeries } from '../core/series/carried.ts'
import type { ObjectStore } from '../ports/objects.ts'
import type { ImageRegistry } from '../ports/registry.ts'
import { auditStep } from './audit-step.ts'
import { carrySeries } from './carry-series.ts'
import type { ChosenBranch } from './choose-branch.ts'
import { hopOnto, nextHop, withPlan, type Hop } from './choose-hop.ts'
import { diffPatches } from './diff-patches.ts'
import { findingsOf, unsettled, withoutTold, type StepFinding } from './findings-of.ts'
import type { Fork } from './find-series.ts'
import { overlay } from './overlay.ts'
import { planRead, type ForkPlan, type PlanRequest } from './plan.ts'
import { cacheOfRun } from './plan-catalogues.ts'
import { lintForStep } from './plan-lint.ts'
import { branchNameFor, writeBranch, type StepBranch } from './propose.ts'
import { readFork, type ReadFork } from './read-fork.ts'
import { newCookMemory } from './cook-fixes.ts'
import { recookFor, type Made, type RecookingPlace } from './recook.ts'
import { renewRecipes, withRenewals } from './renew-recipes.ts'
import { editForStep, type StepInventory } from './step-inventories.ts'
import { kubernetesFactsOf } from './step-kubernetes.ts'

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
  readonly findings: readonly StepFinding[]
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
  const { plan, hop } = await planHop(objects, read, { ...request, cache: store.cache })
  if (hop.kind === 'nothing') return undefined
  if (hop.kind === 'kubernetes-first') return { ...hop, plan }
  const { branch, fork } = plan
  const { release, step, against } = hop
  refuseEmpty(fork, branch)
  const tree = await objects.readTree(release.commit)
  const place: RecookingPlace = {
    ...{ series: fork.series, release: release.tag, releases: plan.repository.releases },
    architectures: plan.architectures.architectures,
    inventories: plan.config.inventories,
  }
  const memory = newCookMemory()
  const recook = recookFor(objects, place, memory)
  const carried = await carrySeries(objects, fork, { commit: release.commit, tree, recook })
  const made = overlay(objects, carried.newBlobs)
  const lint = await lintForStep(
    store,
    { ...plan, depth: request.depth ?? 'mentions' },
    spanOf(fork, release),
  )
  const inventories = await editForStep(store, made, {
    ...{ plan, step, lint, to: release.tag },
    ...{ tree: carried.tree, releaseTree: tree },
  })
  const left = unsettled(lint, inventories)
  const edited = withEdits(carried, inventories)
  const renewals = await renewRecipes(objects, { ...place, patches: carried.patches, made: edited, memory })
  const result = withRenewals(edited, renewals)
  const { findings: audited, grid } = await auditStep(objects, {
    ...{ plan, inventories, result, release: tree, registry: request.registry },
  })
  const audit = withoutTold(audited, left)
  const kubernetes = step && (await kubernetesFactsOf(objects, { plan, step, carried: result }))
  const written =
    request.write === 'branch'
      ? await writeBranch(objects, {
          ...{ head: fork.head, from: fork.base.release, release, carried, renewals },
          inventory: inventories.flatMap(({ edits }) => edits),
          name: request.as ?? branchNameFor(release.tag),
        })
      : undefined
  const { insteadOf } = branch
  const facts: PullRequestFacts = {
    ...{ kind: 'kubespray', surface: 'terminal', branch: branch.name, release: release.tag, against },
    ...(step && { step, route: { ...plan.route, at: 0 } }),
    carry: {
      ...{ base: fork.base, series: fork.series, carried, ...(insteadOf && { insteadOf }) },
      diffs: await diffPatches(objects, carried),
      upstream: await readTitles(objects, carried),
      ...(written && { commits: written.commits }),
    },
    ...(kubernetes && { kubernetes }),
    ...(plan.architectures.from === 'patches' && { toldByPatches: plan.architectures.architectures }),
    inventories: inventories.map(({ edits, ...each }) => ({
      ...each,
      changed: edits.flatMap(({ changed }) => changed),
    })),
    ...{ lint: left, notes: distinct(inventories.flatMap(({ notes }) => notes)), findings: audit },
    fixes: written?.fixes ?? renewals,
    ...(written && { written }),
  }
  const findings = findingsOf({ against, lint: left, audit, inventories })
  const done = { plan, branch, fork, carried, inventories, findings, grid, facts, to: release.tag }
  const text = renderPullRequest(facts)
  return { kind: 'upgraded', ...done, text, ...(step && { step }), ...(written && { written }) }
}

/** The plan, and where it or the person says to go. */
async function planHop(
  objects: ObjectStore,
  read: ReadFork,
  { onto, ...request }: Omit<UpgradeRequest, 'write' | 'as' | 'registry'>,
): Promise<{ plan: ForkPlan; hop: Hop }> {
  const plan = await planRead(objects, read, request)
  if (onto === undefined) return { plan, hop: nextHop(plan) }
  const hop = hopOnto(read, onto)
  const isNext = hop.kind === 'release' && plan.route.steps[0]?.kubespray.to === hop.release.tag
  if (hop.kind !== 'release' || isNext) return { plan, hop: withPlan(hop, plan.route) }
  const aside = await planRead(objects, read, { ...request, target: hop.release.tag })
  return { plan: aside, hop: withPlan(hop, aside.route) }
}

/** What was carried, with the inventories' changes on it. */
function withEdits({ tree, newBlobs }: Made, inventories: readonly StepInventory[]): Made {
  const edits = inventories.flatMap((each) => each.edits)
  return {
    tree: edits.at(-1)?.tree ?? tree,
    newBlobs: new Map([...newBlobs, ...edits.flatMap((each) => [...each.newBlobs])]),
  }
}

function spanOf({ base }: Fork, { tag }: { readonly tag: ReleaseTag }): Pick<Step, 'kubespray'> {
  return { kubespray: { from: base.release, to: tag } }
}

function refuseEmpty({ series }: Fork, { name }: ChosenBranch): void {
  if (series.patches.length > 0 || series.ownFiles.size > 0) return
  throw new Refusal({
    code: 'no-own-patches',
    message: `The branch \`${name}\` has no patches and no files of its own, so there is nothing to carry: check out the release itself.`,
  })
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)]
}

/** The titles of the upstream commits that are named as evidence. */
async function readTitles(store: ObjectStore, { patches }: CarriedSeries): Promise<ReadonlyMap<Oid, string>> {
  const oids = new Set(
    patches.flatMap(({ upstream, files }) => [...upstream, ...files.flatMap((file) => file.upstream)]),
  )
  const commits = await store.readCommits([...oids])
  return new Map([...commits].map(([oid, { message }]) => [oid, subjectOf(message)]))
}

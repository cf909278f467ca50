import { optional } from '../../core/model/defined.ts'
import { adviseOnAddons, type AddonAdvice } from '../../core/advice/addon-advice.ts'
import { addonChanges } from '../../core/advice/addon-changes.ts'
import { notesFor } from '../../core/advice/notes-for.ts'
import type { ReleaseNote } from '../../core/advice/release-note.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { InventoryFacts } from '../../core/explain/pull-request-facts.ts'
import { stepChanges, type InventoryChange } from '../../core/inventory/step-changes.ts'
import type { Problem } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import { bareVersion, compareVersions, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { LintFinding } from '../../core/plan/lint-finding.ts'
import { isStepUp } from '../../core/plan/moves-from.ts'
import type { Step } from '../../core/plan/step.ts'
import type { ObjectReader, ObjectStore } from '../../ports/object-store.ts'
import { runFacts, type RunFacts } from '../../core/inventory/as-run/run-facts.ts'
import { clusterAfter, editCluster, type EditedInventory, type InventoryEdit } from '../carry/edit-cluster.ts'
import { loadCatalogue, type CatalogueStore } from '../plan/load-catalogue.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'
import { readClusters, type Cluster } from '../repository/read-clusters.ts'
import { lintOfInventory } from '../plan/lint-of-inventory.ts'
import { runningState } from '../plan/running-state.ts'
import { planRoute } from '../plan/plan-route.ts'
import { codeSpan } from '../../core/model/code-span.ts'

interface StepEditRequest {
  readonly plan: ForkPlan
  /** What is gone to; the step itself where the plan knows it. */
  readonly to: ReleaseTag
  readonly step?: Step | undefined
  readonly lint: readonly LintFinding[]
  /** The tree that the step has made so far, and the release's own. */
  readonly tree: Tree
  readonly releaseTree: Tree
  /** How people find what is seen, where that is elsewhere. */
  readonly shownAt?: (path: string) => string
}

type StepStore = CatalogueStore & { readonly objects: ObjectStore }

/** What a step does to one inventory, and what is said about it. */
export interface StepInventory extends EditedInventory {
  readonly path: string
  readonly run: RunFacts
  readonly addons: readonly AddonAdvice[]
  /** Notes of the releases on the way that touch this cluster. */
  readonly notes: readonly ReleaseNote[]
}

/** Edits every inventory of a fork for a step, each from where it stands itself; the trees of the edits follow one another. */
export async function editForStep(
  store: StepStore,
  blobs: Pick<ObjectReader, 'readBlobs'>,
  request: StepEditRequest,
): Promise<readonly StepInventory[]> {
  const { plan, to, releaseTree } = request
  const catalogues = await cataloguesOf(store, plan, to)
  const { clusters } = await readClusters(blobs, {
    tree: request.tree,
    base: releaseTree,
    catalogue: catalogues.from,
    folders: plan.config.inventories,
    running: plan.told,
  })
  const done: StepInventory[] = []
  let tree = request.tree
  for (const cluster of clusters.filter(({ inventory }) => !inventory.isSample)) {
    const one = editOne(cluster, {
      ...request,
      catalogues,
      tree,
      before: done.flatMap(({ edits }) => edits),
      kubernetes: await kubernetesAfter(store, cluster, { ...request, catalogue: catalogues.from }),
    })
    done.push(one)
    tree = one.edits.at(-1)?.tree ?? tree
  }
  return done
}

interface OneEdit extends StepEditRequest {
  readonly catalogues: { readonly from: Catalogue; readonly to: Catalogue }
  readonly kubernetes: KubernetesAfter
  /** What was done to other inventories, which may share files with this one. */
  readonly before: readonly InventoryEdit[]
}

function editOne(cluster: Cluster, edit: OneEdit): StepInventory {
  const { plan, to, tree, catalogues, kubernetes, lint } = edit
  const { facts, settings, inventory } = cluster
  const { architectures } = plan.architectures
  // A step of Kubernetes alone leaves add-ons to the steps that are about releases.
  const isRelease = to !== plan.fork.base.release
  const advice = adviseOnAddons({
    settings,
    architectures,
    release: to,
    catalogue: catalogues.to,
    policies: plan.config.addons,
  })
  const addons = isRelease ? advice : []
  const changes: readonly InventoryChange[] = [
    ...stepChanges({
      facts,
      settings,
      ...catalogues,
      tag: to,
      kubernetes: kubernetes.to,
      lint: lintOfInventory(inventory, lint),
    }),
    ...addons.flatMap(addonChanges),
  ]
  const { edits, held, problems } = editCluster(
    tree,
    clusterAfter(cluster, edit.before),
    changes,
    edit.shownAt,
  )
  const from = plan.fork.base.release
  const notes = notesFor({ from, to, catalogue: catalogues.from, settings, architectures })
  const own = kubernetes.problem ? [kubernetes.problem] : []
  return {
    path: inventory.path,
    run: runFacts(inventory),
    edits,
    held,
    problems: [...own, ...problems],
    addons,
    notes,
  }
}

async function cataloguesOf(
  store: CatalogueStore,
  { fork, repository }: ForkPlan,
  to: ReleaseTag,
): Promise<{ readonly from: Catalogue; readonly to: Catalogue }> {
  const from = await loadCatalogue(store, fork.kubespray)
  const commit = to === fork.base.release ? undefined : repository.releases.get(to)
  if (!commit) return { from, to: from }
  const target = (await store.objects.readCommits([commit])).get(commit)
  if (!target) throw new Error(`no commit ${commit}, which the tag ${to} points to`)
  return { from, to: await loadCatalogue(store, target.tree) }
}

interface KubernetesAfter {
  readonly to?: string
  readonly problem?: Problem
}

/** The step was planned for the cluster that is furthest behind; one that is ahead of it goes its own way to the same release. */
async function kubernetesAfter(
  store: StepStore,
  cluster: Cluster,
  { plan, step, to, catalogue }: StepEditRequest & { readonly catalogue: Catalogue },
): Promise<KubernetesAfter> {
  const { facts } = cluster
  const now = facts.kubernetes.value
  if (!step) return {}
  if (now === undefined) return step.kind === 'kubernetes' ? {} : { problem: unknownVersion(cluster) }
  if (bareVersion(now) === bareVersion(step.kubernetes.from)) return { to: step.kubernetes.to }
  if (step.kind === 'kubernetes') {
    const goesUp =
      compareVersions(now, step.kubernetes.to) < 0 &&
      isStepUp(bareVersion(now), bareVersion(step.kubernetes.to))
    return { to: goesUp ? step.kubernetes.to : now }
  }
  const running = runningState(cluster, catalogue, plan.told)
  const route = await planRoute(store, {
    read: plan,
    running,
    catalogue,
    architectures: plan.architectures,
    target: to,
  })
  const first = route.steps.find(({ kubespray }) => kubespray.to === to)
  if (first && route.steps[0] === first) return { to: first.kubernetes.to }
  const why = route.stopped?.message ?? 'It has to go up by itself first.'
  return { problem: notReady(cluster, to, why) }
}

function notReady({ inventory, facts: { kubernetes } }: Cluster, to: ReleaseTag, why: string): Problem {
  return {
    code: 'inventory-not-ready',
    message: `The inventory ${codeSpan(inventory.path)} with Kubernetes ${kubernetes.value} cannot go to ${to} in this step, so I left its version as it is. ${why}`,
    ...optional(kubernetes.setting, (setting) => ({ at: setting.at })),
  }
}

function unknownVersion({ inventory, facts: { kubernetes } }: Cluster): Problem {
  return {
    code: 'kubernetes-unknown',
    message: `I cannot tell which Kubernetes the inventory ${codeSpan(inventory.path)} runs, so I left its version as it is. Look whether it can make this step.`,
    ...optional(kubernetes.setting, (setting) => ({ at: setting.at })),
  }
}

/** What a proposal says of an inventory. */
export function inventoryFacts({ edits, held: _held, ...inventory }: StepInventory): InventoryFacts {
  return { ...inventory, changed: edits.flatMap(({ changed }) => changed) }
}

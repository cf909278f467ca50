import { defined, optional } from '../../core/model/defined.ts'
import type { GridRow } from '../../core/audit/whole/component-grid.ts'
import { subjectOf } from '../../core/model/commit.ts'
import { landingOf } from '../../core/branches/branch-pattern.ts'
import { branchMentions } from '../branches/branch-mentions.ts'
import { patchFoldersTaken, pinsLeft } from '../../core/explain/sections/render-place.ts'
import { forkWaits } from '../../core/explain/trouble/fork-waits.ts'
import { folderGone, unreadInventory } from '../../core/explain/trouble/unread-inventory.ts'
import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import { withChanges, type Entry, type Tree } from '../../core/model/tree.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { Step } from '../../core/plan/step.ts'
import type { CarriedSeries } from '../../core/series/carried-series.ts'
import { goneFolders } from '../../core/series/gone-folders.ts'
import { leaveWorkflows } from '../../core/series/leave-workflows.ts'
import type { ObjectReader, ObjectStore } from '../../ports/object-store.ts'
import type { Progress } from '../../ports/progress.ts'
import type { ImageRegistry } from '../../ports/image-registry.ts'
import { accountSeries } from './account-series.ts'
import { auditStep } from './audit-step.ts'
import { carrySeries, type Target } from '../carry/carry-series.ts'
import type { ChosenBranch } from '../repository/choose-branch.ts'
import type { StepTarget } from '../plan/next-target.ts'
import { newFixMemory } from '../carry/make-fixes.ts'
import { diffPatches } from './diff-patches.ts'
import { unsettled, withoutTold } from './unsettled.ts'
import type { Fork } from '../repository/find-series.ts'
import type { CatalogueStore } from '../plan/load-catalogue.ts'
import { overlay } from '../carry/overlay.ts'
import type { ForkPlan, PlanOptions } from '../plan/plan-fork.ts'
import { lintForStep } from '../plan/lint-for-step.ts'
import type { TakenStep } from './taken-step.ts'
import { writeBranch, type StepBranch } from '../branch/write-branch.ts'
import { refreshPatchFiles } from '../carry/refresh-patch-files.ts'
import { remakeFor, type Made, type RemakeRecipe, type FixPlace } from '../carry/remake-recipe.ts'
import { renewRecipes, withRenewals } from '../carry/renew-recipes.ts'
import type { Move } from '../repository/standing.ts'
import { placeFacts, shownAfter } from './place-facts.ts'
import type { InventoryEdit } from '../carry/edit-cluster.ts'
import { isAboutPlaybook } from '../../core/explain/sections/render-playbooks.ts'
import { editForStep, inventoryFacts } from './edit-for-step.ts'
import { editPlaybooks } from './edit-playbooks.ts'
import { kubernetesFactsOf, stillNamed, withMentions } from './kubernetes-facts-of.ts'

interface ReleaseQuestion {
  readonly plan: ForkPlan
  readonly target: Extract<StepTarget, { kind: 'release' }>
  readonly depth?: PlanOptions['depth']
  readonly surface: PullRequestFacts['surface']
  /** Patches that people want carried although upstream is found to have taken them; else as the config says. */
  readonly kept?: Target['kept']
  /** `leave`: workflow files stay as the fork has them, since we may not write them. */
  readonly workflows?: 'carry' | 'leave'
  /** Who is asked which architectures images exist for; nobody where it is absent. */
  readonly registry?: ImageRegistry | undefined
  /** How people settled conflicts before; asked where one is met. */
  readonly remember?: Target['remember']
  readonly progress?: Progress | undefined
}

/** A step to a release. */
export interface TakenRelease extends TakenStep<StepBranch> {
  readonly plan: ForkPlan
  readonly carried: CarriedSeries
  readonly releaseTree: Tree
  /** Components by architecture, as the step would leave them. */
  readonly grid: readonly GridRow[]
}

/** Works out a step to a release: patches, inventories, audit, and what is to be said of it. */
export async function takeRelease(
  store: CatalogueStore & { readonly objects: ObjectStore },
  question: ReleaseQuestion,
): Promise<TakenRelease> {
  const { objects } = store
  const { plan, target, surface, registry, progress } = question
  const { branch, fork, config } = plan
  const { release, step, against } = target
  refuseEmpty(fork, branch)
  const move = await fork.standing.moveTo(release, question.workflows ?? 'carry')
  const tree = move.release ?? fork.standing.ofRelease(await objects.readTree(release.commit))
  const place = placeOf(plan, release.tag)
  const memory = newFixMemory()
  const remake = remakeFor(objects, place, memory)
  const { carried, left: workflows } = await carryFor(objects, question, { tree, move, remake })
  const patchFiles =
    move.patchFiles &&
    (await refreshPatchFiles(objects, move.patchFiles, {
      repository: await objects.readTree(fork.head.oid),
      carried,
    }))
  const made = overlay(objects, carried.newBlobs)
  const depth = question.depth ?? 'mentions'
  const span = spanOf(fork, release)
  const linted = { ...plan, depth, shapes: { memory: new Map() } }
  const lint = (await lintForStep(store, linted, span)).filter((each) => !isAboutPlaybook(each))
  const playbooks = await editPlaybooks(store, { ...plan, depth }, span, {
    tree: carried.tree,
    objects: made,
  })
  progress?.({ code: 'editing-inventories', release: release.tag })
  const inventories = await editForStep(store, made, {
    plan,
    step,
    lint,
    to: release.tag,
    tree: playbooks.edits.at(-1)?.tree ?? carried.tree,
    releaseTree: tree,
    ...defined({ shownAt: shownAfter(fork.standing, move) }),
  })
  const edits = [...playbooks.edits, ...inventories.flatMap((each) => each.edits)]
  const headTree = withMoved(fork.headTree, carried.start, move)
  const account = await accountSeries(objects, { ...fork, headTree }, { carried, release: tree, edits })
  const open = [...playbooks.lint, ...unsettled(lint, inventories)]
  const edited = withEdits(carried, edits)
  const renewals = await renewRecipes(objects, { ...place, patches: carried.patches, made: edited, memory })
  const result = withRenewals(edited, renewals)
  // What may not be written is refused before anything is told.
  const repository = move.put(result.tree)
  const newBlobs = new Map([...result.newBlobs, ...move.newBlobs])
  const moves = { ...spanOf(fork, release), kubernetes: step?.kubernetes }
  const named = await stillNamed(objects, fork.standing, moves, { repository, newBlobs })
  const left = withMentions(move.left, named.release, moves.kubespray)
  progress?.({ code: 'auditing' })
  const { findings, grid } = await auditStep(store, {
    plan,
    inventories,
    result,
    release: tree,
    tag: release.tag,
    registry,
  })
  const audit = withoutTold(findings, open)
  const { insteadOf } = branch
  const { standing } = fork
  // The check itself stands at the setting, with what it takes.
  const isChecked = findings.some(({ code }) => code === 'release-check')
  const asked = [
    ...against.filter(({ code }) => code !== 'setting-refused' || !isChecked),
    ...(move.waits ? [forkWaits(move.waits, forkOf(fork))] : []),
    ...pinsLeft(move.left),
    ...patchFoldersTaken(move.patchFiles?.taken ?? [], release.tag),
    ...plan.unread.map(unreadInventory),
    ...goneFolders(carried.patches, { base: fork.baseTree, release: tree }).map(folderGone),
  ]
  const landing = await landingFacts(objects, plan, release.tag)
  const facts: PullRequestFacts = {
    kind: 'kubespray',
    ...defined({ prefix: config.commits.prefix }),
    surface,
    branch: branch.name,
    release: release.tag,
    ...defined({ landing }),
    against: asked,
    ...placeFacts(standing, { ...move, left }, patchFiles?.outcomes),
    ...optional(step, (step) => ({ step, route: { ...plan.route, at: 0 } })),
    carry: {
      base: fork.base,
      series: fork.series,
      carried,
      ...defined({ insteadOf }),
      diffs: await diffPatches(objects, carried),
      upstream: await readTitles(objects, carried),
    },
    account,
    ...optional(workflows.length > 0, () => ({ workflows })),
    ...optional(step, (step) => ({
      kubernetes: kubernetesFactsOf(plan, step, inventories, named.kubernetes),
    })),
    ...optional(plan.architectures.from === 'patches', () => ({
      toldByPatches: plan.architectures.architectures,
    })),
    inventories: inventories.map(inventoryFacts),
    lint: open,
    notes: distinct(inventories.flatMap(({ notes }) => notes)),
    findings: audit,
    fixes: renewals,
  }
  const write: TakenRelease['write'] = (how) =>
    writeBranch(objects, {
      source: branch.name,
      landing: landing?.name,
      head: fork.head,
      from: fork.base.release,
      ...how,
      release,
      move,
      carried,
      patchFiles,
      author: config.patches.author,
      words: config.commits,
      inventory: edits,
      renewals,
    })
  const { see, put } = move
  return { plan, carried, inventories, grid, facts, releaseTree: tree, see, put, isEmpty: false, write }
}

/** Kubespray at the top alone has branches that start at a release. */
async function landingFacts(
  objects: ObjectReader,
  { branch, fork, repository }: ForkPlan,
  release: ReleaseTag,
): Promise<PullRequestFacts['landing']> {
  const name = fork.standing.layout.kind === 'root' ? landingOf(branch, release) : undefined
  if (name === undefined) return undefined
  const mentions = await branchMentions(objects, { tree: fork.headTree, base: fork.baseTree }, branch.name)
  return { name, isDefault: branch.name === repository.defaultBranch, mentions }
}

async function carryFor(
  objects: ObjectStore,
  { plan, target, kept, workflows, remember, progress }: ReleaseQuestion,
  { tree, move, remake }: { readonly tree: Tree; readonly move: Move; readonly remake: RemakeRecipe },
): Promise<{ readonly carried: CarriedSeries; readonly left: readonly string[] }> {
  const { fork, config } = plan
  const all = config.patches.dropUpstreamed === 'keep' ? ('all' as const) : kept
  const release = {
    tree: move.start(tree),
    remake,
    commit: target.release.commit,
    ...defined({ kept: all, remember, progress }),
  }
  const result = await carrySeries(objects, fork, release)
  const carried = { ...result, newBlobs: new Map([...result.newBlobs, ...move.newBlobs]) }
  return workflows === 'leave' ? leaveWorkflows(carried, fork.headTree) : { carried, left: [] }
}

/** The fork with its pins moved: that a pin says another release is the step itself, and told as such. */
function withMoved(head: Tree, start: Tree, { pins }: Move): Tree {
  const moved = pins.flatMap(({ file }): [string, Entry][] => {
    const entry = start.get(file)
    return entry && head.has(file) ? [[file, entry]] : []
  })
  return withChanges(head, new Map(moved))
}

/** Where recipes are made anew. */
function placeOf({ fork, repository, architectures, config }: ForkPlan, release: ReleaseTag): FixPlace {
  return {
    series: fork.series,
    from: fork.base.release,
    release,
    releases: repository.releases,
    architectures: architectures.architectures,
    inventories: config.inventories,
  }
}

/** What was carried, with the changes of playbooks and inventories on it. */
function withEdits({ tree, newBlobs }: Made, edits: readonly InventoryEdit[]): Made {
  return {
    tree: edits.at(-1)?.tree ?? tree,
    newBlobs: new Map([...newBlobs, ...edits.flatMap((each) => [...each.newBlobs])]),
  }
}

function spanOf({ base }: Fork, { tag }: { readonly tag: ReleaseTag }): Pick<Step, 'kubespray'> {
  return { kubespray: { from: base.release, to: tag } }
}

function refuseEmpty({ series, standing }: Fork, { name }: ChosenBranch): void {
  // A pin is moved whether or not there is anything beside it.
  if (standing.layout.kind !== 'root') return
  if (series.patches.length > 0 || series.ownFiles.size > 0) return
  throw new Refusal({
    code: 'no-own-patches',
    message: `The branch \`${name}\` has no patches and no files of its own, so there is nothing to carry: check out the release itself.`,
  })
}

function forkOf({ standing: { layout } }: Fork): string | undefined {
  return layout.kind === 'submodule' ? layout.fork : undefined
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)]
}

/** The titles of the upstream commits that are named as evidence. */
async function readTitles(
  store: ObjectReader,
  { patches }: CarriedSeries,
): Promise<ReadonlyMap<Oid, string>> {
  const oids = new Set(
    patches.flatMap(({ upstream, files }) => [...upstream, ...files.flatMap((file) => file.upstream)]),
  )
  const commits = await store.readCommits([...oids])
  return new Map([...commits].map(([oid, { message }]) => [oid, subjectOf(message)]))
}

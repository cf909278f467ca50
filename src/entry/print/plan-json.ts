import { defined, optional } from '../../core/model/defined.ts'
import { unreadInventory } from '../../core/explain/trouble/unread-inventory.ts'
import { sayReason } from '../../core/explain/say-reason.ts'
import type { WrittenBranch } from '../../app/branch/move-step-branch.ts'
import type { Bump } from '../../app/step/bump.ts'
import type { SettledAddons } from '../../app/step/settle-addons.ts'
import type { AddonAdvice } from '../../core/advice/addon-advice.ts'
import type { Fork } from '../../app/repository/find-series.ts'
import type { ForkPlan } from '../../app/plan/plan-fork.ts'
import { problemsOf, type Cluster } from '../../app/repository/read-clusters.ts'
import { furthestBehind } from '../../app/plan/running-state.ts'
import type { KubernetesFirst, Upgrade } from '../../app/step/upgrade.ts'
import { pinsOf } from '../../core/layout/pins-of.ts'
import type { Route } from '../../core/plan/step.ts'
import type { CarriedPatch } from '../../core/series/carried-series.ts'
import type { Base, LeftOut, Patch } from '../../core/series/series.ts'

/** Counts up when a field changes its meaning; new fields may come without that. */
export const SCHEMA = 1

/** `multiarch plan --json`. */
export function planJson({
  branch,
  fork,
  clusters,
  unread,
  leftOutInventories,
  architectures,
  route,
  lint,
  ahead,
  above,
  young,
}: ForkPlan): object {
  const { base, series } = fork
  return {
    schema: SCHEMA,
    branch: branch.name,
    ...optional(branch.insteadOf, (insteadOf) => ({ insteadOf: insteadOf, otherBranches: branch.others })),
    base: baseJson(base),
    layout: layoutJson(fork),
    patches: series.patches.map(patchJson),
    ...defined({ net: series.net }),
    ownFiles: [...series.ownFiles.keys()],
    leftOut: leftOutJson(series.leftOut),
    inventories: clusters.map(inventoryJson),
    ...optional(unread.length > 0, () => ({ problems: unread.map(unreadInventory) })),
    ...optional(leftOutInventories.length > 0, () => ({ inventoriesLeftOut: leftOutInventories })),
    ...optional(clusters.length > 1, () => ({ leadingInventory: furthestBehind(clusters)?.inventory.path })),
    architectures: architectures.architectures,
    architecturesFrom: {
      source: architectures.from,
      evidence: architectures.evidence,
      ...optional(architectures.speaking.length > 0, () => ({ speaking: architectures.speaking })),
    },
    ...routeParts(route),
    lint,
    ahead,
    aboveRelease: above,
    ...optional(young.length > 0, () => ({ young: youngJson(young) })),
  }
}

/** Releases that are not offered yet, with what their age counts from. */
export function youngJson(young: ForkPlan['young']): readonly object[] {
  const time = (each: number): string => new Date(each).toISOString()
  return young.map(({ release, since, by, offered }) => ({
    release,
    [by]: time(since),
    offered: time(offered),
  }))
}

/** `multiarch route --json`. */
export function routeJson(route: Route): object {
  return { schema: SCHEMA, ...routeParts(route) }
}

function routeParts({ steps, stopped }: Route): object {
  return { steps, ...defined({ stopped }) }
}

function inventoryJson(cluster: Cluster): object {
  const { inventory, facts } = cluster
  return {
    path: inventory.path,
    kubernetes: facts.kubernetes.value,
    networkPlugin: facts.networkPlugin.value,
    containerManager: facts.containerManager.value,
    ...optional(inventory.isSample, () => ({ sample: true })),
    problems: problemsOf(cluster),
  }
}

/** `multiarch upgrade --json`. */
export function upgradeJson({ plan, to, step, carried, written, text, ...found }: Upgrade): object {
  const { branch, fork } = plan
  return {
    schema: SCHEMA,
    step: step ?? { kind: 'kubespray', kubespray: { from: fork.base.release, to } },
    base: baseJson(fork.base),
    from: branch.name,
    ...optional(branch.insteadOf, (insteadOf) => ({ insteadOf: insteadOf, otherBranches: branch.others })),
    ...optional(written, branchJson),
    patches: carried.patches.map((each) => ({
      ...carriedJson(each),
      newCommit: written?.commits.get(each.patch.id),
    })),
    leftOut: leftOutJson(fork.series.leftOut),
    account: found.facts.account?.sums,
    pins: found.facts.place?.move?.pins ?? [],
    ...defined({ patchFiles: found.facts.place?.move?.patchFiles }),
    inventory: changedIn(found.inventories),
    fixes: found.facts.fixes ?? [],
    findings: found.findings,
    title: text.title,
    body: text.body,
  }
}

/** `multiarch upgrade --json` where Kubernetes goes up first. */
export function blockedJson({ step, plan }: KubernetesFirst): object {
  const message = `Before the next release Kubernetes goes to ${step.kubernetes.to} on ${step.kubespray.to}: \`multiarch bump .\` in the clone makes that step.`
  return {
    schema: SCHEMA,
    step,
    base: baseJson(plan.fork.base),
    blocked: { code: 'kubernetes-first', message },
  }
}

/** `multiarch bump --json`. */
export function bumpJson({ step, plan, written, inventories, findings, text }: Bump): object {
  return {
    schema: SCHEMA,
    step,
    base: baseJson(plan.fork.base),
    from: plan.branch.name,
    ...optional(written, branchJson),
    patches: [],
    inventory: changedIn(inventories),
    findings,
    title: text.title,
    body: text.body,
  }
}

/** `multiarch addons --json`. */
export function addonsJson({ plan, release, inventories, written, text }: SettledAddons): object {
  return {
    schema: SCHEMA,
    step: { kind: 'addon', kubespray: { from: release, to: release } },
    base: baseJson(plan.fork.base),
    from: plan.branch.name,
    ...optional(written, branchJson),
    addons: inventories.flatMap(({ path, addons }) => addons.map((advice) => addonJson(path, advice))),
    inventory: changedIn(inventories),
    problems: inventories.flatMap(({ problems }) => problems),
    title: text.title,
    body: text.body,
  }
}

function branchJson({ name, tip, change }: WrittenBranch): object {
  return { branch: name, commit: tip, change }
}

function addonJson(
  inventory: string,
  { addon, on, policy, decidedBy, at, version, reasons, removal, leftovers }: AddonAdvice,
): object {
  return {
    inventory,
    flag: addon.flag,
    title: addon.title,
    on,
    policy,
    decidedBy,
    ...defined({ at }),
    ...defined({ version }),
    reasons: reasons.map(({ text: reason, references }) => ({ text: reason, references })),
    stays: addon.stays,
    dependents: addon.dependents,
    removal,
    leftovers,
  }
}

function changedIn(inventories: readonly Pick<Upgrade['inventories'][number], 'edits'>[]): readonly object[] {
  return inventories.flatMap(({ edits }) => edits.flatMap(({ changed }) => changed))
}

function baseJson({ release, commit, exact, found, disagreement }: Base): object {
  return { release, commit, exact, found, ...defined({ disagreement }) }
}

function patchJson({ id, commits, title, changes, pickedFrom }: Patch): object {
  const files = changes.map(({ path }) => path)
  return { commit: commits.at(-1), title, files, id, commits, pickedFrom }
}

/** Where Kubespray is in the repository, and each place that names its release. */
function layoutJson({ standing: { layout }, base }: Fork): object {
  const kinds = { root: base.found === 'content' ? 'copy' : 'fork' } as const
  const kind = layout.kind === 'root' ? kinds.root : layout.kind
  return {
    kind,
    ...optional(layout.kind === 'folder' ? layout.path : undefined, (path) => ({ path })),
    ...optional(layout.kind === 'submodule' ? layout.gitlink : undefined, ({ path, commit }) => ({
      path,
      commit,
    })),
    ...optional('patches' in layout ? layout.patches : undefined, (patches) => ({ patches })),
    pins: pinsOf(layout).map(({ file, line, value, says, reaches, only }) => ({
      file,
      line,
      value,
      form: says.kind,
      reaches,
      ...defined({ only }),
    })),
    // What does not agree is refused with both places, so nothing that is planned disagrees.
    agree: true,
  }
}

/** What became of one patch. */
export function carriedJson({
  patch,
  verdict,
  upstream,
  confidence,
  look,
  files,
  cause,
}: CarriedPatch): object {
  return {
    commit: patch.commits.at(-1),
    ...defined({ file: patch.file }),
    title: patch.title,
    verdict,
    upstream,
    ...defined({ confidence }),
    ...optional(look, () => ({ look })),
    files: files.map((file) => ({
      path: file.path,
      to: file.to,
      verdict: file.verdict,
      reason: sayReason(file),
      ...defined({ told: file.told, bound: file.bound, leftOut: file.leftOut, regions: file.regions }),
    })),
    ...leftOutOf(files),
    ...optional(cause, (cause) => ({ cause: cause.commits.at(-1) })),
  }
}

/** The lines of a patch that the result does not have so. */
function leftOutOf(files: CarriedPatch['files']): object {
  const leftOut = files.flatMap(({ path, leftOut: lines = [] }) =>
    lines.map((line) => ({ file: path, ...line })),
  )
  return leftOut.length > 0 ? { leftOut } : {}
}

function leftOutJson(leftOut: readonly LeftOut[]): readonly object[] {
  return leftOut.map(({ commit, title, why, pair }) => ({
    commit,
    title,
    why,
    ...defined({ pair: pair || undefined }),
  }))
}

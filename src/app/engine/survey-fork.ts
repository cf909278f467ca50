import { defined, optional } from '../../core/model/defined.ts'
import type { AddonAdvice } from '../../core/advice/addon-advice.ts'
import { youngRelease } from '../../core/explain/found/young-release.ts'
import { landingOf } from '../../core/branches/branch-pattern.ts'
import { botNote } from '../../core/explain/automation/bot-sentence.ts'
import { layoutSentence } from '../../core/explain/layout-sentence.ts'
import { code } from '../../core/explain/blocks/plain.ts'
import { short } from '../../core/model/oid.ts'
import type { Problem } from '../../core/model/problem.ts'
import { bareVersion, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { Stop } from '../../core/plan/step.ts'
import type { Base } from '../../core/series/series.ts'
import { readAutomation } from '../automation/read-automation.ts'
import type { Survey } from './engine.ts'
import type { Fork } from '../repository/find-series.ts'
import { loadCatalogue } from '../plan/load-catalogue.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'
import { furthestBehind, runningState } from '../plan/running-state.ts'
import type { WorkReading } from './read-work.ts'
import { addonBranchName, branchNameFor, kubernetesBranchName, type StepName } from '../branch/step-name.ts'
import { takeAddons, titlesOf } from '../step/take-addons.ts'

/** Where a fork stands and the way ahead, for people to read. */
export async function surveyFork(reading: WorkReading): Promise<Survey> {
  return surveyPlan(reading.store, await reading.plan(), reading.work.decisions.skipped)
}

/** The same of a fork whose way is planned already, with the releases that its people skip. */
export async function surveyPlan(
  store: WorkReading['store'],
  plan: ForkPlan,
  skipped: readonly ReleaseTag[] = [],
): Promise<Survey> {
  const { branch, fork, clusters, architectures, route } = plan
  const release = fork.base.release
  const { kubernetes } = runningState(
    furthestBehind(clusters),
    await loadCatalogue(store, fork.kubespray),
    undefined,
  )
  const { inventories: advised } = await takeAddons(store, {
    plan,
    surface: 'pull-request',
    questions: 'tell',
  })
  // A step to a release brings its add-ons with it; only where none is due, nor will be, they are a step for themselves.
  const isWaiting = plan.young.length > 0
  const off = route.steps.length === 0 && !isWaiting ? titlesOf(advised) : []
  const next = nextOf(plan, off)
  // That no release has what runs is not known while newer ones are not looked at.
  const isUnknown = isWaiting && route.stopped?.code === 'kubernetes-ahead'
  const stopped = isUnknown ? undefined : stopOf(route.stopped, { release, skipped })
  const automation = await readAutomation(store, plan)
  return {
    branch: branch.name,
    release,
    ...defined({ after: fork.base.exact ? undefined : fork.base.commit }),
    ...defined({ layout: layoutSentence(fork.standing.layout, fork.base) || undefined }),
    byUs: isByUs(fork),
    state: { release, ...optional(kubernetes, (version) => ({ kubernetes: bareVersion(version) })) },
    architectures: architectures.architectures,
    isAssumed: architectures.from === 'assumed',
    speaking: architectures.speaking,
    inventories: clusters
      .filter(({ inventory }) => !inventory.isSample)
      .map(({ inventory }) => inventory.path),
    addons: addonsOf(advised),
    patches: fork.series.patches.map(({ title, id, commits }) => ({ title, ids: [id, ...commits] })),
    steps: route.steps,
    off,
    isWaiting,
    ...defined({ next }),
    ...defined({ stopped }),
    automation,
    ...defined({ perRelease: branch.perRelease }),
    notes: [...tagNotes(fork.base), ...automation.branches.map(botNote), ...plan.young.map(youngRelease)],
  }
}

function addonsOf(advised: readonly { readonly addons: readonly AddonAdvice[] }[]): Survey['addons'] {
  const all = advised.flatMap(({ addons }) => addons.filter(({ on }) => on !== 'gone'))
  const found = all.map(({ addon: { flag, title }, policy }) => ({
    name: flag.replace(/_enabled$/, ''),
    title,
    policy,
  }))
  return [...new Map(found.map((each) => [each.name, each])).values()]
}

function isByUs({ base, series }: Fork): boolean {
  return base.found === 'trailer' || series.leftOut.some(({ why }) => why === 'bot')
}

function nextOf({ branch, fork, route, config }: ForkPlan, off: readonly string[]): StepName | undefined {
  const [step] = route.steps
  const on = { onto: branch.name, ...optional(config.cluster, ({ name }) => ({ cluster: name })) }
  const { release } = fork.base
  if (step?.kind === 'kubernetes') {
    const kubernetes = bareVersion(step.kubernetes.to)
    return { kind: 'kubernetes', branch: kubernetesBranchName(kubernetes, config), ...on, kubernetes }
  }
  if (step) {
    const { to } = step.kubespray
    const landing = fork.standing.layout.kind === 'root' ? landingOf(branch, to) : undefined
    const name = branchNameFor(to, config)
    return { kind: 'kubespray', branch: name, ...on, ...defined({ onto: landing }), release: to }
  }
  return off.length > 0
    ? { kind: 'addon', branch: addonBranchName(release, config), ...on, release }
    : undefined
}

/** A way that ends only because people skipped what comes next is theirs to open. */
function stopOf(
  stopped: Stop | undefined,
  { release, skipped }: { readonly release: ReleaseTag; readonly skipped: readonly ReleaseTag[] },
): Problem | undefined {
  if (!stopped) return undefined
  if (stopped.code === 'release-unknown' && skipped.length > 0) {
    const list = skipped.map(code).join(', ')
    const message = `Every release I could go to from ${code(release)} is skipped (${list}), and Kubespray goes up one minor at a time. \`/multiarch resume\` takes the skips back.`
    return { code: 'minor-skipped', message }
  }
  const opens = (stopped.opens ?? []).length > 0 ? ` What would open it: ${stopped.opens?.join(' ')}` : ''
  return { code: stopped.code, message: `${stopped.message}${opens}` }
}

function tagNotes({ release, commit, tagMoved }: Base): readonly Problem[] {
  if (!tagMoved) return []
  const message = `Upstream’s tag ${code(release)} points to ${short(tagMoved)} now. This fork was moved to ${short(commit)}, which it pointed to then, and I go on from that; a release’s tag must never move, so find out what happened there.`
  return [{ code: 'tag-moved', message }]
}

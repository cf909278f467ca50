import { defined, optional } from '../../core/model/defined.ts'
import type { AddonAdvice } from '../../core/advice/addon-advice.ts'
import { layoutSentence } from '../../core/explain/layout-sentence.ts'
import { code } from '../../core/explain/blocks/plain.ts'
import { short } from '../../core/model/oid.ts'
import type { Problem } from '../../core/model/problem.ts'
import { bareVersion, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { Stop } from '../../core/plan/step.ts'
import type { Base } from '../../core/series/series.ts'
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
  // A step to a release brings its add-ons with it; only where none is due they are a step for themselves.
  const off = route.steps.length === 0 ? titlesOf(advised) : []
  const next = nextOf(plan, off)
  const stopped = stopOf(route.stopped, { release, skipped })
  return {
    branch: branch.name,
    release,
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
    ...defined({ next }),
    ...defined({ stopped }),
    notes: tagNotes(fork.base),
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

function nextOf({ branch, fork, route }: ForkPlan, off: readonly string[]): StepName | undefined {
  const [step] = route.steps
  const onto = branch.name
  const { release } = fork.base
  if (step?.kind === 'kubernetes') {
    const kubernetes = bareVersion(step.kubernetes.to)
    return { kind: 'kubernetes', branch: kubernetesBranchName(kubernetes), onto, kubernetes }
  }
  if (step) {
    const { to } = step.kubespray
    return { kind: 'kubespray', branch: branchNameFor(to), onto, release: to }
  }
  return off.length > 0 ? { kind: 'addon', branch: addonBranchName(release), onto, release } : undefined
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

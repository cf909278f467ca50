import type { AddonAdvice } from '../../advice/addon-advice.ts'
import { bareVersion } from '../../model/release-tag.ts'
import { enumerated } from '../../text/enumerated.ts'
import { withPrefix } from '../../text/with-prefix.ts'
import { renderAccount } from '../sections/render-account.ts'
import { renderAddons } from '../sections/render-addons.ts'
import { renderApply } from '../sections/render-apply.ts'
import { renderAudit } from '../sections/render-audit.ts'
import { renderCommands } from '../sections/render-commands.ts'
import { asksForMore, renderPatches, unshownPatches } from '../sections/render-patches.ts'
import { renderDecisions } from '../sections/render-decisions.ts'
import { renderWay } from '../sections/render-way.ts'
import { paragraph, type Block, type Part } from '../blocks/block.ts'
import { partFromTop } from '../blocks/from-top.ts'
import { fit } from '../fit.ts'
import { renderKubernetes } from '../sections/render-kubernetes.ts'
import { plural } from '../plural.ts'
import { renderNotes } from '../sections/render-notes.ts'
import { renderPatchTable } from '../sections/render-patch-table.ts'
import type { InventoryFacts, PullRequestFacts } from '../pull-request-facts.ts'
import { renderRoutePicture } from '../sections/render-route-picture.ts'
import { settleByHand } from '../sections/settle-by-hand.ts'
import { seriesNotes } from '../sections/series-notes.ts'
import { renderPlaybooks } from '../sections/render-playbooks.ts'
import { renderPlace } from '../sections/render-place.ts'
import { renderLanding } from '../branches/render-landing.ts'
import { renderSummary } from '../sections/render-summary.ts'
import { renderVariables } from '../sections/render-variables.ts'

export interface PullRequestText {
  readonly title: string
  /** Markdown, 58,000 characters at most. */
  readonly body: string
}

/** Title and body of one step: the verdict and what to decide, the way in one line, the table, then the rest by worth. */
export function renderPullRequest(facts: PullRequestFacts): PullRequestText {
  const { carry } = facts
  const parts: readonly Part[] = [
    { full: [paragraph(renderSummary(facts)), ...renderLanding(facts)] },
    ...renderDecisions(facts),
    { full: renderWay(facts) },
    { full: carry ? seriesNotes({ branch: facts.branch, surface: facts.surface, ...carry }) : [], brief: [] },
    ...(carry ? renderPatchTable(carry, facts.at) : []),
    { full: settleByHand(facts) },
    ...renderPatches(facts, asksForMore),
    { full: renderPlace(facts) },
    { full: renderKubernetes(facts) },
    ...renderVariables(facts),
    ...renderPlaybooks(facts),
    ...renderAddons(facts),
    ...renderAudit(facts),
    ...renderNotes(facts),
    ...renderAccount(facts),
    { full: renderApply(facts) },
    { full: facts.route ? renderRoutePicture(facts.route) : [] },
    { full: facts.surface === 'pull-request' ? renderCommands() : [] },
    ...renderPatches(facts, (each) => !asksForMore(each)),
  ]
  const unshown = (patches: readonly number[]): readonly Block[] => unshownPatches(facts, patches)
  const pathOf = facts.place?.pathOf
  const shown = pathOf ? parts.map((part) => partFromTop(part, pathOf)) : parts
  return { title: titleOf(facts), body: fit(shown, { unshown }) + '\n' }
}

function titleOf(facts: PullRequestFacts): string {
  const open = facts.carry?.carried.patches.filter(({ verdict }) => verdict === 'conflict').length ?? 0
  const tail = open > 0 ? `: ${plural(open, 'conflict')} to settle` : ''
  const of = facts.cluster === undefined ? '' : `${facts.cluster}: `
  return withPrefix(`${of}${subjectOf(facts)}${tail}`, facts.prefix)
}

function subjectOf({ kind, release, carry, step, inventories = [], fixes = [] }: PullRequestFacts): string {
  switch (kind) {
    case 'kubespray': {
      const from = carry?.base.release ?? step?.kubespray.from
      return `Upgrade Kubespray${fromTo(from, release)}`
    }
    case 'kubernetes': {
      const { from = '', to = '' } = step?.kubernetes ?? {}
      return `Upgrade Kubernetes${fromTo(bareVersion(from), bareVersion(to))} on Kubespray ${release}`
    }
    case 'addon':
      return addonSubject(inventories)
    case 'audit':
      return `Add ${plural(fixes.length, 'patch', 'patches')} so that every architecture runs`
  }
}

function fromTo(from: string | undefined, to: string): string {
  return from === undefined || from === '' || from === to ? ` to ${to}` : ` from ${from} to ${to}`
}

function addonSubject(inventories: readonly InventoryFacts[]): string {
  const settled = inventories.flatMap(({ addons }) => addons.filter(({ policy }) => policy === 'disable'))
  const titles = (chosen: readonly AddonAdvice[]): string =>
    enumerated([...new Set(chosen.map(({ addon }) => addon.title))])
  const off = titles(settled.filter(({ on }) => on !== 'gone'))
  const gone = titles(settled.filter(({ on }) => on === 'gone'))
  const done = [
    ...(off === '' ? [] : [`Switch off ${off}`]),
    ...(gone === '' ? [] : [`${off === '' ? 'Remove' : 'remove'} what is left of ${gone}`]),
  ]
  return done.length > 0 ? enumerated(done) : 'Decide about add-ons'
}

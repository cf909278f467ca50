import type { AddonAdvice } from '../../advice/addon-advice.ts'
import { bareVersion } from '../../model/release-tag.ts'
import { enumerated } from '../../text/enumerated.ts'
import { renderAccount } from '../sections/render-account.ts'
import { renderAddons } from '../sections/render-addons.ts'
import { renderApply } from '../sections/render-apply.ts'
import { renderAudit } from '../sections/render-audit.ts'
import { renderCommands } from '../sections/render-commands.ts'
import { renderEyes, renderOtherPatches } from '../sections/render-eyes.ts'
import { fit, type Part } from '../fit.ts'
import { renderKubernetes } from '../sections/render-kubernetes.ts'
import { plain, plural } from '../plain.ts'
import { renderNotes } from '../sections/render-notes.ts'
import { renderPatchTable, tally } from '../sections/render-patch-table.ts'
import type { InventoryFacts, PullRequestFacts } from '../pull-request-facts.ts'
import { renderRoutePicture } from '../sections/render-route-picture.ts'
import { seriesNotes } from '../sections/series-notes.ts'
import { renderSummary } from '../sections/render-summary.ts'
import { renderVariables } from '../sections/render-variables.ts'

export interface PullRequestText {
  readonly title: string
  /** Markdown, 58,000 characters at most. */
  readonly body: string
}

/** Title and body of one step, in the order in which a reviewer asks. */
export function renderPullRequest(facts: PullRequestFacts): PullRequestText {
  const { carry } = facts
  const parts: readonly Part[] = [
    { full: renderSummary(facts) },
    { full: carry ? seriesNotes({ branch: facts.branch, surface: facts.surface, ...carry }) : '', brief: '' },
    { full: facts.route ? renderRoutePicture(facts.route) : '' },
    { full: carry ? renderPatchTable(carry) : '', brief: carry ? briefTable(carry.carried.patches) : '' },
    ...renderEyes(facts),
    ...renderAccount(facts),
    { full: renderKubernetes(facts) },
    ...renderVariables(facts),
    ...renderAddons(facts),
    ...renderAudit(facts),
    ...renderNotes(facts),
    { full: renderApply(facts) },
    { full: facts.surface === 'pull-request' ? renderCommands() : '' },
    ...renderOtherPatches(facts),
  ]
  return { title: titleOf(facts), body: fit(parts) + '\n' }
}

function titleOf(facts: PullRequestFacts): string {
  const open = facts.carry?.carried.patches.filter(({ verdict }) => verdict === 'conflict').length ?? 0
  const tail = open > 0 ? `: ${plural(open, 'patch', 'patches')} to settle` : ''
  return `${subjectOf(facts)}${tail}`
}

function subjectOf({ kind, release, step, inventories = [], fixes = [] }: PullRequestFacts): string {
  switch (kind) {
    case 'kubespray':
      return `Kubespray ${release}`
    case 'kubernetes':
      return `Kubernetes ${bareVersion(step?.kubernetes.to ?? '')} on Kubespray ${release}`
    case 'addon':
      return addonSubject(inventories)
    case 'audit':
      return `${plural(fixes.length, 'patch', 'patches')} so that every architecture runs`
  }
}

function addonSubject(inventories: readonly InventoryFacts[]): string {
  const settled = inventories.flatMap(({ addons }) => addons.filter(({ policy }) => policy === 'disable'))
  const titles = (chosen: readonly AddonAdvice[]): string =>
    enumerated([...new Set(chosen.map(({ addon }) => addon.title))])
  const off = titles(settled.filter(({ on }) => on !== 'gone'))
  const gone = titles(settled.filter(({ on }) => on === 'gone'))
  const done = [
    ...(off === '' ? [] : [`Switch off ${off}`]),
    ...(gone === '' ? [] : [`${off === '' ? 'Take' : 'take'} out what is left of ${gone}`]),
  ]
  return done.length > 0 ? enumerated(done) : 'Add-ons to decide about'
}

function briefTable(patches: NonNullable<PullRequestFacts['carry']>['carried']['patches']): string {
  const worst = patches.filter(({ verdict }) => verdict === 'conflict').slice(0, 50)
  const list = worst.map(({ patch }) => `- **${plain(patch.title.slice(0, 200))}**: conflict`).join('\n')
  return `## Patches\n\n${tally(patches)}. The table of all ${patches.length} is too long to show here.${list === '' ? '' : `\n\n${list}`}`
}

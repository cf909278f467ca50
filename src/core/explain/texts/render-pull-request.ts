import type { AddonAdvice } from '../../advice/addon-advice.ts'
import { bareVersion } from '../../model/release-tag.ts'
import { enumerated } from '../../text/enumerated.ts'
import { renderAccount } from '../sections/render-account.ts'
import { renderAddons } from '../sections/render-addons.ts'
import { renderApply } from '../sections/render-apply.ts'
import { renderAudit } from '../sections/render-audit.ts'
import { renderCommands } from '../sections/render-commands.ts'
import { renderEyes, renderOtherPatches } from '../sections/render-eyes.ts'
import { heading, list, paragraph, type Block, type Part } from '../blocks/block.ts'
import { bold, quoted, say } from '../blocks/text.ts'
import { fit } from '../fit.ts'
import { renderKubernetes } from '../sections/render-kubernetes.ts'
import { plural } from '../plural.ts'
import { renderNotes } from '../sections/render-notes.ts'
import { renderPatchTable, tally } from '../sections/render-patch-table.ts'
import type { InventoryFacts, PullRequestFacts } from '../pull-request-facts.ts'
import { renderRoutePicture } from '../sections/render-route-picture.ts'
import { seriesNotes } from '../sections/series-notes.ts'
import { renderPlaybooks } from '../sections/render-playbooks.ts'
import { renderPlace } from '../sections/render-place.ts'
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
    { full: [paragraph(renderSummary(facts))] },
    { full: carry ? seriesNotes({ branch: facts.branch, surface: facts.surface, ...carry }) : [], brief: [] },
    { full: facts.route ? renderRoutePicture(facts.route) : [] },
    ...(carry ? [{ full: renderPatchTable(carry), brief: briefTable(carry.carried.patches) }] : []),
    ...renderEyes(facts),
    { full: renderPlace(facts) },
    ...renderAccount(facts),
    { full: renderKubernetes(facts) },
    ...renderVariables(facts),
    ...renderPlaybooks(facts),
    ...renderAddons(facts),
    ...renderAudit(facts),
    ...renderNotes(facts),
    { full: renderApply(facts) },
    { full: facts.surface === 'pull-request' ? renderCommands() : [] },
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

function briefTable(patches: NonNullable<PullRequestFacts['carry']>['carried']['patches']): readonly Block[] {
  const worst = patches.filter(({ verdict }) => verdict === 'conflict').slice(0, 50)
  const rows = worst.map(({ patch }) => say`${bold`${quoted(patch.title.slice(0, 200))}`}: conflict`)
  return [
    heading(2, say`Patches`),
    paragraph(say`${tally(patches)}. The table of all ${patches.length} is too long to show here.`),
    ...(rows.length > 0 ? [list(rows)] : []),
  ]
}

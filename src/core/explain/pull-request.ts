import { bareVersion } from '../model/version.ts'
import { short } from '../model/oid.ts'
import { renderAddons } from './addons-section.ts'
import { renderApply } from './apply-section.ts'
import { renderAudit } from './audit-section.ts'
import { renderCommands } from './commands-section.ts'
import { renderEyes, renderOtherPatches } from './eyes.ts'
import { fit, type Part } from './fit.ts'
import { renderKubernetes } from './kubernetes-section.ts'
import { code, plain, plural, prose } from './markdown.ts'
import { renderNotes } from './notes-section.ts'
import { renderPatchTable, tally } from './patch-table.ts'
import type { PullRequestFacts } from './pull-request-facts.ts'
import { renderRoutePicture } from './route-picture.ts'
import { seriesNotes } from './series-notes.ts'
import { renderVariables } from './variables-section.ts'

export interface PullRequestText {
  readonly title: string
  /** Markdown, 58,000 characters at most. */
  readonly body: string
}

/** Title and body of one step, in the order in which a reviewer asks. */
export function renderPullRequest(facts: PullRequestFacts): PullRequestText {
  const { carry } = facts
  const parts: readonly Part[] = [
    { full: summary(facts) },
    { full: carry ? seriesNotes({ branch: facts.branch, ...carry }) : '', brief: '' },
    { full: facts.route ? renderRoutePicture(facts.route) : '' },
    { full: carry ? renderPatchTable(carry) : '', brief: carry ? briefTable(carry.carried.patches) : '' },
    ...renderEyes(facts),
    { full: renderKubernetes(facts.kubernetes) },
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
    case 'addon': {
      const off = inventories.flatMap(({ addons }) => addons.filter(({ policy }) => policy === 'disable'))
      const names = [...new Set(off.map(({ addon }) => addon.title))]
      return names.length > 0 ? `Switch off ${names.join(' and ')}` : 'Add-ons to decide about'
    }
    case 'audit':
      return `${plural(fixes.length, 'patch', 'patches')} so that every architecture runs`
  }
}

/** What this does and why now, in two or three sentences. */
function summary(facts: PullRequestFacts): string {
  const why = facts.step?.reasons[0]?.message
  return [moveSentence(facts), ...(why === undefined ? [] : [prose(why)]), outcomeSentence(facts)]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function moveSentence(facts: PullRequestFacts): string {
  const { kind, branch, release, step, carry } = facts
  if (carry) return carriesSentence(facts, carry)
  if (kind === 'kubernetes')
    return `This moves the cluster of ${code(branch)} from Kubernetes ${code(bareVersion(step?.kubernetes.from ?? ''))} to ${code(bareVersion(step?.kubernetes.to ?? ''))}; Kubespray stays ${code(release)}.`
  if (kind === 'addon') return `This changes which add-ons ${code(release)} installs; nothing else moves.`
  return `This adds patches of mine to ${code(branch)}, so that ${code(release)} runs on every architecture of the cluster.`
}

function carriesSentence(
  { branch, release }: PullRequestFacts,
  carry: NonNullable<PullRequestFacts['carry']>,
): string {
  const { base, series, carried } = carry
  const start = base.exact
    ? `${code(base.release)}`
    : `commit ${short(base.commit)} (after ${code(base.release)})`
  const own = series.ownFiles.size
  const files =
    own > 0 ? ` ${plural(own, 'file')} of your own ${own === 1 ? 'comes' : 'come'} along unchanged.` : ''
  if (carried.patches.length === 0)
    return `This moves ${code(branch)} from ${start} to Kubespray ${code(release)}. It carries no patch.${files}`
  return `This moves ${code(branch)} from ${start} to Kubespray ${code(release)} and carries its ${plural(carried.patches.length, 'patch', 'patches')}: ${tally(carried.patches)}.${files}`
}

/** Whether it can be merged as it is. */
function outcomeSentence({ carry, findings = [], lint = [] }: PullRequestFacts): string {
  const open = carry?.carried.patches.filter(({ verdict }) => verdict === 'conflict').length ?? 0
  const errors = [...findings, ...lint].filter(({ severity }) => severity === 'error').length
  if (open > 0) return ''
  return errors > 0 ? `**${plural(errors, 'thing')} would fail as it is**; see below.` : ''
}

function briefTable(patches: NonNullable<PullRequestFacts['carry']>['carried']['patches']): string {
  const worst = patches.filter(({ verdict }) => verdict === 'conflict').slice(0, 50)
  const list = worst.map(({ patch }) => `- **${plain(patch.title.slice(0, 200))}**: conflict`).join('\n')
  return `## Patches\n\n${tally(patches)}. The table of all ${patches.length} is too long to show here.${list === '' ? '' : `\n\n${list}`}`
}

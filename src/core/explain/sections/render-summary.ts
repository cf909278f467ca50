import { bareVersion } from '../../model/release-tag.ts'
import { short } from '../../model/oid.ts'
import { enumerated } from '../../text/enumerated.ts'
import { failing, judgeFacts } from '../judge-facts.ts'
import { code, plain, plural, prose } from '../plain.ts'
import { tally } from './render-patch-table.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'

/** What this does and why now, in two or three sentences. */
export function renderSummary(facts: PullRequestFacts): string {
  const why = facts.step?.reasons[0]?.message
  return [
    moveSentence(facts),
    switchesOff(facts),
    ...(why === undefined ? [] : [prose(why)]),
    outcomeSentence(facts),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function moveSentence(facts: PullRequestFacts): string {
  const { kind, branch, release, step, carry } = facts
  if (carry) return carriesSentence(facts, carry)
  if (kind === 'kubernetes')
    return `This moves the cluster of ${code(branch)} from Kubernetes ${code(bareVersion(step?.kubernetes.from ?? ''))} to ${code(bareVersion(step?.kubernetes.to ?? ''))}; Kubespray stays ${code(release)}.`
  if (kind === 'addon') return addonSentence(facts)
  return `This adds patches of mine to ${code(branch)}, so that ${code(release)} runs on every architecture of the cluster.`
}

function addonSentence({ release, inventories = [] }: PullRequestFacts): string {
  const done = inventories.flatMap(({ addons }) => addons.filter(({ policy }) => policy === 'disable'))
  if (done.some(({ on }) => on !== 'gone'))
    return `This changes which add-ons ${code(release)} installs; nothing else moves.`
  return done.length > 0
    ? `This takes variables out that ${code(release)} no longer reads; nothing changes in the cluster.`
    : `I changed nothing: what becomes of these add-ons of ${code(release)} is for you to say.`
}

/** Which add-ons go off, by name: that is no small print. */
function switchesOff({ kind, inventories = [] }: PullRequestFacts): string {
  const names = new Set(
    inventories.flatMap(({ addons }) =>
      addons
        .filter(({ on, policy }) => on !== 'gone' && policy === 'disable')
        .map(({ addon }) => addon.title),
    ),
  )
  return kind === 'addon' || names.size === 0 ? '' : `It switches off ${enumerated([...names].map(plain))}.`
}

function carriesSentence(
  { branch, release, inventories = [] }: PullRequestFacts,
  carry: NonNullable<PullRequestFacts['carry']>,
): string {
  const { base, series, carried } = carry
  const start = base.exact
    ? `${code(base.release)}`
    : `commit ${short(base.commit)} (after ${code(base.release)})`
  const own = series.ownFiles.size
  const edited = inventories.some(({ changed }) => changed.length > 0)
  const how = edited ? 'along, and what I changed in them is listed below' : 'along unchanged'
  const files = own > 0 ? ` ${plural(own, 'file')} of your own ${own === 1 ? 'comes' : 'come'} ${how}.` : ''
  if (carried.patches.length === 0)
    return `This moves ${code(branch)} from ${start} to Kubespray ${code(release)}. It carries no patch.${files}`
  return `This moves ${code(branch)} from ${start} to Kubespray ${code(release)} and carries its ${plural(carried.patches.length, 'patch', 'patches')}: ${tally(carried.patches)}.${files}`
}

/** Whether it can be merged as it is. */
function outcomeSentence(facts: PullRequestFacts): string {
  const judged = judgeFacts(facts)
  if (judged.open.length > 0) return ''
  if (facts.against && facts.against.length > 0) return '**Do not apply it yet**; see below.'
  const lost = facts.account?.unplaced.length ?? 0
  if (lost > 0) return `**I cannot place ${plural(lost, 'line')}**; see below.`
  const errors = failing(judged).length
  if (errors > 0) return `**${plural(errors, 'thing')} would fail as it is**; see below.`
  return judged.looks.length > 0
    ? `**Upstream’s form of ${plural(judged.looks.length, 'patch', 'patches')} does without a part of yours**; see below.`
    : ''
}

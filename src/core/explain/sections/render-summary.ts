import { bareVersion } from '../../model/release-tag.ts'
import { short } from '../../model/oid.ts'
import { failing, judgeFacts } from '../judge-facts.ts'
import { bold, code, joined, listed, quoted, say, sentence, type Text } from '../blocks/text.ts'
import { plural } from '../plural.ts'
import { mergeApplies } from './render-place.ts'
import { tally } from './render-patch-table.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'

/** What this does and why now, in two or three sentences. */
export function renderSummary(facts: PullRequestFacts): Text {
  const why = facts.step?.reasons[0]?.message
  const said = [
    moveSentence(facts),
    mergeApplies(facts.place),
    switchesOff(facts),
    why === undefined ? [] : sentence(why),
    outcomeSentence(facts),
  ]
  return joined(
    said.filter((text) => text.length > 0),
    ' ',
  )
}

function moveSentence(facts: PullRequestFacts): Text {
  const { kind, branch, release, step, carry } = facts
  if (carry) return carriesSentence(facts, carry)
  if (kind === 'kubernetes')
    return say`This moves the cluster of ${code(branch)} from Kubernetes ${code(bareVersion(step?.kubernetes.from ?? ''))} to ${code(bareVersion(step?.kubernetes.to ?? ''))}; Kubespray stays ${code(release)}.${exceptHeld(facts)}`
  if (kind === 'addon') return addonSentence(facts)
  return say`This adds patches of mine to ${code(branch)}, so that ${code(release)} runs on every architecture of the cluster.`
}

/** A command that hands a version in goes on doing so, and the cluster it runs stays where it is. */
function exceptHeld({ kubernetes }: PullRequestFacts): string {
  const held = kubernetes?.held ?? []
  return held.length > 0 ? ' What a command hands in instead stays as it is, until you change it there.' : ''
}

function addonSentence({ release, inventories = [] }: PullRequestFacts): Text {
  const done = inventories.flatMap(({ addons }) => addons.filter(({ policy }) => policy === 'disable'))
  if (done.some(({ on }) => on !== 'gone'))
    return say`This changes which add-ons ${code(release)} installs; nothing else moves.`
  return done.length > 0
    ? say`This takes variables out that ${code(release)} no longer reads; nothing changes in the cluster.`
    : say`I changed nothing: what becomes of these add-ons of ${code(release)} is for you to say.`
}

/** Which add-ons go off, by name: that is no small print. */
function switchesOff({ kind, inventories = [] }: PullRequestFacts): Text {
  const names = new Set(
    inventories.flatMap(({ addons }) =>
      addons
        .filter(({ on, policy }) => on !== 'gone' && policy === 'disable')
        .map(({ addon }) => addon.title),
    ),
  )
  return kind === 'addon' || names.size === 0 ? [] : say`It switches off ${listed([...names].map(quoted))}.`
}

function carriesSentence(
  { branch, release, inventories = [] }: PullRequestFacts,
  carry: NonNullable<PullRequestFacts['carry']>,
): Text {
  const { base, series, carried } = carry
  const start = base.exact
    ? code(base.release)
    : say`commit ${short(base.commit)} (after ${code(base.release)})`
  const own = series.ownFiles.size
  const edited = inventories.some(({ changed }) => changed.length > 0)
  const how = edited ? 'along, and what I changed in them is listed below' : 'along unchanged'
  const files = own > 0 ? ` ${plural(own, 'file')} of your own ${own === 1 ? 'comes' : 'come'} ${how}.` : ''
  if (carried.patches.length === 0)
    return say`This moves ${code(branch)} from ${start} to Kubespray ${code(release)}. It carries no patch.${files}`
  return say`This moves ${code(branch)} from ${start} to Kubespray ${code(release)} and carries its ${plural(carried.patches.length, 'patch', 'patches')}: ${tally(carried.patches)}.${files}`
}

/** Whether it can be merged as it is. */
function outcomeSentence(facts: PullRequestFacts): Text {
  const judged = judgeFacts(facts)
  if (judged.open.length > 0) return []
  if (facts.against && facts.against.length > 0) return say`${bold`Do not apply it yet`}; see below.`
  const lost = facts.account?.unplaced.length ?? 0
  if (lost > 0) return say`${bold`I cannot place ${plural(lost, 'line')}`}; see below.`
  const errors = failing(judged).length
  if (errors > 0) return say`${bold`${plural(errors, 'thing')} would fail as it is`}; see below.`
  return judged.looks.length > 0
    ? say`${bold`Upstream’s form of ${plural(judged.looks.length, 'patch', 'patches')} does without a part of yours`}; see below.`
    : []
}

import { failing, judgeFacts } from '../judge-facts.ts'
import { bold, code, joined, listed, quoted, say, type Inline, type Text } from '../blocks/text.ts'
import { isQuestion, type Judgement } from '../../judge/judge-step.ts'
import { minorNumber, minorOf } from '../../model/release-tag.ts'
import { plural } from '../plural.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'
import { mergeApplies } from '../automation/merge-applies.ts'
import { tally } from './render-patch-table.ts'
import { placeLink, withPlace } from './place-link.ts'

/** The verdict and what to do, then what becomes of the patches; what a merge sets off and what is switched off is no small print. */
export function renderSummary(facts: PullRequestFacts): Text {
  const said = [
    verdict(facts),
    alone(facts),
    mergeApplies(facts.place?.applied),
    jumps(facts),
    switchesOff(facts),
    outcome(facts),
  ]
  return joined(
    said.filter((text) => text.length > 0),
    ' ',
  )
}

function verdict(facts: PullRequestFacts): Text {
  const judged = judgeFacts(facts)
  const [against] = judged.errors.filter(({ about }) => about === 'step')
  const waits = waiting(facts, judged)
  const notYet = facts.surface === 'pull-request' ? 'Draft' : 'Not ready'
  if (against) {
    const besides = waits.length > 0 ? say` Besides: ${listed(waits)}.` : ''
    return say`${bold`${notYet}: do not apply it yet.`} ${withPlace(against, facts.at)}${besides}`
  }
  if (waits.length > 0) return [bold`${notYet}: ${listed(waits)} before this can be applied.`]
  const questions = (facts.inventories ?? []).flatMap(({ addons }) => addons.filter(isQuestion)).length
  if (questions > 0) return [bold`Ready for review, with ${plural(questions, 'question')} for you.`]
  return [bold`Ready for review.`]
}

/** What has to be done first, each kind in a few words. */
function waiting({ at }: PullRequestFacts, judged: Judgement): readonly Text[] {
  const { open, looks, errors } = judged
  const errorCount = failing(judged).filter(({ about }) => about !== 'step').length
  const lost = errors.filter(({ code: each }) => each === 'unaccounted').length
  const files = open.flatMap(({ files: all }) => all.filter(({ verdict: each }) => each === 'conflict'))
  const [only] = files
  const where = files.length === 1 && only ? say` in ${placeLink(at, 'head', { file: only.to })}` : ''
  return [
    ...(errorCount > 0 ? [say`${plural(errorCount, 'error')} to fix`] : []),
    ...(lost > 0 ? [say`${plural(lost, 'line')} of yours to look for`] : []),
    ...(open.length > 0 ? [say`${plural(open.length, 'conflict')} to settle${where}`] : []),
    ...(looks.length > 0
      ? [say`${plural(looks.length, 'patch', 'patches')} to compare with upstream’s form`]
      : []),
  ]
}

function alone({ cluster }: PullRequestFacts): Text {
  if (cluster === undefined) return []
  return say`This is a step of the cluster ${code(cluster)} alone: no file of another one is changed.`
}

function outcome(facts: PullRequestFacts): Text {
  const { kind, carry } = facts
  if (carry) return carried(carry.carried.patches)
  if (kind === 'kubernetes') return keeps(facts)
  if (kind === 'addon') return addonSentence(facts)
  return say`It adds patches to ${code(facts.branch)}, so that ${code(facts.release)} runs on every architecture of the cluster.`
}

function carried(patches: NonNullable<PullRequestFacts['carry']>['carried']['patches']): Text {
  return patches.length === 0
    ? say`There is no patch of yours to carry.`
    : say`Of ${plural(patches.length, 'patch', 'patches')}: ${tally(patches)}.`
}

/** A command that hands a version in goes on doing so, and the cluster it runs stays where it is. */
function keeps({ release, kubernetes }: PullRequestFacts): Text {
  const held = kubernetes?.held ?? []
  const except =
    held.length > 0
      ? ' A version that a command passes with `-e` stays as it is, until you change it there.'
      : ''
  return say`Kubespray stays ${code(release)}.${except}`
}

/** Kubespray is made to go up one minor at a time; where somebody asked for more, it is said. */
function jumps({ kind, carry, release }: PullRequestFacts): Text {
  const base = carry?.base.release
  if (kind !== 'kubespray' || base === undefined || majorOf(base) !== majorOf(release)) return []
  const from = minorNumber(base)
  const between = Array.from({ length: Math.max(0, minorNumber(release) - from - 1) }, (_, index): Inline =>
    code(`v${majorOf(base)}.${from + index + 1}`),
  )
  if (between.length === 0) return []
  return [bold`This jumps over ${listed(between)}: Kubespray is tested for going up one minor at a time.`]
}

function majorOf(release: string): string {
  return minorOf(release).split('.')[0] ?? ''
}

function addonSentence({ release, inventories = [] }: PullRequestFacts): Text {
  const done = inventories.flatMap(({ addons }) => addons.filter(({ policy }) => policy === 'disable'))
  if (done.some(({ on }) => on !== 'gone'))
    return say`It changes which add-ons ${code(release)} installs; nothing else moves.`
  return done.length > 0
    ? say`It removes variables that ${code(release)} no longer reads; nothing changes in the cluster.`
    : say`Nothing is changed: what becomes of these add-ons of ${code(release)} is for you to say.`
}

/** Which add-ons go off, by name: that is no small print. */
function switchesOff({ inventories = [] }: PullRequestFacts): Text {
  const names = new Set(
    inventories.flatMap(({ addons }) =>
      addons
        .filter(({ on, policy }) => on !== 'gone' && policy === 'disable')
        .map(({ addon }) => addon.title),
    ),
  )
  return names.size === 0 ? [] : say`It switches off ${listed([...names].map(quoted))}.`
}

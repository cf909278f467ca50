import type { Problem } from '../../model/problem.ts'
import { bareVersion, type ReleaseTag } from '../../model/release-tag.ts'
import type { Reason, Step } from '../../plan/step.ts'
import { fold, list, paragraph, type Block } from '../blocks/block.ts'
import { bold, code, link, listed, quoted, say, sentence, type Text } from '../blocks/text.ts'
import { upstreamCompare, upstreamRelease } from '../linked-reference.ts'
import { RULES, rulesOf, wayEnds, type Rules } from './route-blocks.ts'

/** The way ahead of a fork that stands on a release. */
export interface WayAhead {
  readonly release: ReleaseTag
  readonly steps: readonly Step[]
  /** Add-ons that are switched off where no release is left to go to. */
  readonly off: readonly string[]
  /** Whether a newer release is there, and not old enough yet. */
  readonly isWaiting?: boolean
  /** Why it goes no further, where it ends short of the newest release. */
  readonly stopped?: Problem
}

/** The way, a line a step; the rules behind it once, and what is special about a step on a click. */
export function renderSteps({ release, steps, off, stopped, isWaiting = false }: WayAhead): readonly Block[] {
  if (steps.length === 0)
    return [
      paragraph(
        off.length > 0
          ? say`Switch off ${listed(off.map(quoted))}; everything else is where it can be.`
          : nothingAhead({ release, stopped, isWaiting }),
      ),
    ]
  const special = steps.flatMap((step) =>
    step.reasons.filter(isSpecial).map((reason) => saidOf(step, reason)),
  )
  return [
    { ...list(steps.map(stepLine)), isNumbered: true },
    ...rulesOf(steps, ALL_RULES),
    ...(special.length > 0 ? [fold(say`What is special about some of them`, [list(special)])] : []),
  ]
}

/** Nothing left to do is one thing, something in the way another. */
function nothingAhead({
  release,
  stopped,
  isWaiting,
}: Pick<WayAhead, 'release' | 'isWaiting'> & { readonly stopped: Problem | undefined }): Text {
  if (isWaiting && !stopped)
    return say`There is no step to take from ${code(release)} until a newer release is old enough.`
  return stopped
    ? say`As it is, I can take no step from ${code(release)}.`
    : say`This is up to date: there is no step to take from ${code(release)}.`
}

/** Why the way goes no further, where it ends short of the newest release. */
export function endOfWay({ stopped }: Pick<WayAhead, 'stopped'>): readonly Block[] {
  return stopped ? [wayEnds(stopped)] : []
}

function stepLine({ kubespray: { from, to }, kubernetes }: Step): Text {
  const now = bareVersion(kubernetes.to)
  const isSame = bareVersion(kubernetes.from) === now
  const version = say`Kubernetes ${isSame ? 'stays ' : ''}${code(now)}`
  if (from === to) return say`${bold`${version}`}, on Kubespray ${code(to)}`
  const links = say` · ${link(upstreamRelease(to), 'release notes')} · ${link(upstreamCompare(from, to), 'what upstream changed')}`
  return say`${bold`Kubespray ${code(to)}`}, ${version}${links}`
}

const ALL_RULES: Rules = {
  ...RULES,
  'newest-usable':
    'Where it moves, it goes to the newest version of that minor that the release can install on every architecture of the cluster.',
}

/** What the numbers say already. */
const PLAIN: ReadonlySet<Reason['code']> = new Set([
  'last-patch-release',
  'same-release',
  'kubernetes-same-minor',
])

function isSpecial({ code: each }: Reason): boolean {
  return ALL_RULES[each] === undefined && !PLAIN.has(each)
}

/** What is said of a step names it. */
function saidOf({ kubespray: { from, to }, kubernetes }: Step, { message }: Reason): Text {
  if (message.startsWith(to)) return sentence(message)
  const name = from === to ? say`Kubernetes ${code(bareVersion(kubernetes.to))}` : [code(to)]
  return say`${name}: ${sentence(message)}`
}

import { defined } from '../../core/model/defined.ts'
import type { Command } from '../../core/commands/commands.ts'
import { matchPatch } from '../../core/commands/match-patch.ts'
import * as say from '../../core/explain/texts/answer-comment.ts'
import { saySideOutcome, type SideOutcome } from '../../core/explain/settling/say-side-outcome.ts'
import type { Signature } from '../../core/model/commit.ts'
import type { Clock } from '../../ports/clock.ts'
import type { StepName } from '../branch/step-name.ts'
import type { Work } from '../engine/engine.ts'
import type { ProposedPatch } from '../step/proposal-of.ts'
import type { BotWorld } from './bot-world.ts'
import { fileIn, namedIn } from './meant-patches.ts'

interface Asked {
  readonly work: Work
  readonly world: Pick<BotWorld, 'engine' | 'clock'>
  /** The login of whoever asks. */
  readonly by: string
  /** A process that ended had begun the same, and the branch has moved since. */
  readonly isTakenUp?: boolean
}

interface SettledPatch {
  readonly answer: string
  /** Whether anything on the branch is settled by it, so that it is to be judged. */
  readonly isSettled: boolean
}

/** Settles what one patch of a step has in conflict with the side that somebody named. */
export async function settlePatch(
  { work, world, by, isTakenUp }: Asked,
  step: StepName,
  { patch: said, side }: Extract<Command, { name: 'take' }>,
): Promise<SettledPatch> {
  const { patches } = await world.engine.judge(work, step)
  const named = namedIn(said, patches)
  if (!named) return { answer: notMeant(said, patches), isSettled: false }
  const { patch } = named
  const file = fileIn(said, named.words) || undefined
  const outcome = await world.engine.settle(work, step, {
    patch: patch.id,
    side,
    by: askingPerson(by, world.clock),
    ...defined({ file }),
  })
  const answer = saySideOutcome(isTakenUp ? asDoneBefore(outcome) : outcome, {
    title: patch.title,
    verdict: patch.verdict,
    side,
    file,
  })
  return { answer, isSettled: outcome.kind === 'settled' }
}

/** Somebody who asks, as the author of what is done at their word. */
export function askingPerson(login: string, clock: Clock): Signature {
  const time = Math.floor(clock.now() / 1000)
  return { name: login, email: `${login}@users.noreply.github.com`, time, zone: '+0000' }
}

/** What is so already was made so for this very command. */
function asDoneBefore(outcome: SideOutcome): SideOutcome {
  return outcome.kind === 'settled' && outcome.before ? { ...outcome, ...outcome.before } : outcome
}

function notMeant(said: string, patches: readonly ProposedPatch[]): string {
  const match = matchPatch(patches, said)
  if (match.kind !== 'several')
    return say.noSuchPatch(said, match.kind === 'none' ? match.nearest?.title : said)
  return say.severalPatches(
    said,
    match.patches.map(({ title }) => title),
  )
}

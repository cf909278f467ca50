import { defined } from '../../core/model/defined.ts'
import type { Command } from '../../core/commands/commands.ts'
import { matchPatch } from '../../core/commands/match-patch.ts'
import * as say from '../../core/explain/texts/answer-comment.ts'
import { saySideOutcome } from '../../core/explain/settling/say-side-outcome.ts'
import type { StepName } from '../branch/step-name.ts'
import type { Work } from '../engine/engine.ts'
import type { ProposedPatch } from '../step/proposal-of.ts'
import type { BotWorld } from './bot-world.ts'

interface Asked {
  readonly work: Work
  readonly world: Pick<BotWorld, 'engine' | 'clock'>
  /** The login of whoever asks. */
  readonly by: string
}

interface SettledPatch {
  readonly answer: string
  /** Whether anything on the branch is settled by it, so that it is to be judged. */
  readonly isSettled: boolean
}

/** Settles what one patch of a step has in conflict with the side that somebody named. */
export async function settlePatch(
  { work, world, by }: Asked,
  step: StepName,
  { patch: said, side }: Extract<Command, { name: 'take' }>,
): Promise<SettledPatch> {
  const { patches } = await world.engine.judge(work, step)
  const named = meantBy(said, patches)
  if (!named) return { answer: notMeant(said, patches), isSettled: false }
  const { patch, file } = named
  const time = Math.floor(world.clock.now() / 1000)
  const who = { name: by, email: `${by}@users.noreply.github.com`, time, zone: '+0000' }
  const outcome = await world.engine.settle(work, step, {
    patch: patch.id,
    side,
    by: who,
    ...defined({ file }),
  })
  const answer = saySideOutcome(outcome, { title: patch.title, verdict: patch.verdict, side, file })
  return { answer, isSettled: outcome.kind === 'settled' }
}

interface Meant {
  readonly patch: ProposedPatch
  readonly file?: string
}

/** A title may end with the name of a file: one that is in conflict is what was meant, since less is done so. */
function meantBy(said: string, patches: readonly ProposedPatch[]): Meant | undefined {
  const words = said.split(' ')
  const splits = words.slice(1).map((_, at) => {
    const match = matchPatch(patches, unquoted(words.slice(0, at + 1)))
    return match.kind === 'one' ? { patch: match.patch, file: unquoted(words.slice(at + 1)) } : undefined
  })
  const inConflict = splits.find((each) => each && isOneOf(each.file, each.patch.conflicts))
  if (inConflict) return inConflict
  const whole = matchPatch(patches, said)
  return whole.kind === 'one' ? { patch: whole.patch } : splits.findLast((each) => each !== undefined)
}

function unquoted(words: readonly string[]): string {
  return words.join(' ').replace(/^(["'<])(.*)["'>]$/, '$2')
}

function isOneOf(file: string, paths: readonly string[]): boolean {
  return paths.some((path) => path === file || path.endsWith(`/${file}`))
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

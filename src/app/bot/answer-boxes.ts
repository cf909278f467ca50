import { tickedBoxes, type Box } from '../../core/explain/texts/render-dashboard.ts'
import type { Workplace } from '../../ports/host.ts'
import { answerForAll } from './answer-for-all.ts'
import { mayCommand } from './answer-comments.ts'
import { DASHBOARD_LABEL, type BotWorld } from './bot-world.ts'
import { recordDecision } from './load-decisions.ts'

interface Ticks {
  readonly boxes: readonly Box[]
  /** Who ticked them. */
  readonly by: string
}

/** Does what the boxes say that somebody ticked; nothing for who may not command. Done twice, it is done once. */
export async function answerBoxes(place: Workplace, { boxes, by }: Ticks, world: BotWorld): Promise<void> {
  if (boxes.length === 0 || !(await mayCommand(place.forge, by))) return
  if (boxes.includes('hold'))
    await recordDecision(place.objects, { kind: 'hold' }, { by, clock: world.clock })
  if (boxes.includes('resume')) await answerForAll({ name: 'resume' }, place, { world, by })
}

/**
 * Does what is ticked on the dashboard and was not done yet, because its webhook was lost or is still on its way. Where GitHub does
 * not tell who ticked it, the boxes stay as they are for the webhook that does. Answers which boxes are done with.
 */
export async function answerTicked(place: Workplace, world: BotWorld): Promise<readonly Box[]> {
  const issue = await place.forge.issues.ours(DASHBOARD_LABEL)
  const boxes = issue ? tickedBoxes(issue.body) : []
  const { editor } = issue ?? {}
  if (boxes.length === 0 || !editor) return []
  // A bot may tick what it likes; it commands nothing.
  if (editor.kind === 'person') await answerBoxes(place, { boxes, by: editor.login }, world)
  return boxes
}

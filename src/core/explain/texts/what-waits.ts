import { heading, paragraph, whole, type Block } from '../blocks/block.ts'
import { say } from '../blocks/text.ts'
import { judgeFacts } from '../judge-facts.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'
import { renderDecisions } from '../sections/render-decisions.ts'
import { settleByHand } from '../sections/settle-by-hand.ts'

/** What waits for a person, one line each, where a command ends. */
export function whatWaits(facts: PullRequestFacts): readonly Block[] {
  const decisions = whole(renderDecisions(facts))
  if (decisions.length > 0) return [heading(2, say`What waits for you`), ...decisions, ...settleByHand(facts)]
  return judgeFacts(facts).needsPerson ? [] : [paragraph(say`I found nothing that waits for you.`)]
}

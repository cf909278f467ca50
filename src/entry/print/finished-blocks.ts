import type { FinishedStep } from '../../app/step/finish-step.ts'
import type { TakenStep } from '../../app/step/taken-step.ts'
import type { Block } from '../../core/explain/blocks/block.ts'
import { fromTop } from '../../core/explain/blocks/from-top.ts'
import { stepBlocks } from '../../core/explain/texts/step-blocks.ts'
import { whatWaits } from '../../core/explain/texts/what-waits.ts'

/** A step that was taken, for the terminal: what it does, then what waits for a person. */
export function finishedBlocks({
  plan,
  facts,
  inventories,
  text,
}: Pick<FinishedStep<TakenStep>, 'plan' | 'facts' | 'inventories' | 'text'>): readonly Block[] {
  const edits = inventories.flatMap((each) => each.edits)
  const blocks = [
    ...stepBlocks(facts, { title: text.title, branch: plan.branch, edits }),
    ...whatWaits(facts),
  ]
  return fromTop(blocks, facts.place?.pathOf)
}

import { settleAddons, type SettledAddons } from '../../app/step/settle-addons.ts'
import type { Block } from '../../core/explain/blocks/block.ts'
import { paragraph } from '../../core/explain/blocks/block.ts'
import { isQuestion } from '../../core/judge/judge-step.ts'
import { defined } from '../../core/model/defined.ts'
import { nothingToDo } from '../../core/explain/texts/nothing-to-do.ts'
import { standsSentence } from '../../core/explain/texts/plan-blocks.ts'
import type { Progress } from '../../ports/progress.ts'
import { nextOf } from '../delivery/next-of.ts'
import { finishedBlocks } from '../print/finished-blocks.ts'
import { jsonFromTop } from '../print/json-from-top.ts'
import { addonsJson } from '../print/plan-json.ts'
import type { StepAnswer } from './run-step.ts'
import { catalogueCache } from '../cache/catalogue-cache.ts'
import type { OpenClone } from './open-clone.ts'
import { stepRequest, type StepOptions } from './step-request.ts'

export async function addonsStep(
  { store, upstreamRemotes, forkOf }: OpenClone,
  options: StepOptions,
  progress: Progress | undefined,
): Promise<StepAnswer> {
  const request = {
    upstreamRemotes,
    ...stepRequest(options),
    cache: catalogueCache(),
    ...defined({ progress, forkOf }),
  }
  const done = await settleAddons(store, request)
  const { facts, inventories, text } = done
  const isAsked =
    (facts.against ?? []).length > 0 ||
    (facts.inventories ?? []).some(({ addons }) => addons.some(isQuestion))
  return {
    json: () => jsonFromTop(addonsJson(done), facts.place?.pathOf),
    blocks: blocksOf(done),
    report: { title: text.title, step: facts },
    waits: isAsked || inventories.some(({ problems }) => problems.length > 0),
    next: nextOf(done),
  }
}

function blocksOf(done: SettledAddons): readonly Block[] {
  const { plan, release, inventories } = done
  const stands = paragraph(standsSentence(plan.branch.name, plan.fork.base))
  if (inventories.length === 0) return [stands, nothingToDo({ code: 'no-add-ons', release })]
  return [
    stands,
    ...finishedBlocks(done),
    ...(done.isEmpty ? [nothingToDo({ code: 'nothing-changed' })] : []),
  ]
}

import { defined } from '../../core/model/defined.ts'
import { bump, type NoBump } from '../../app/step/bump.ts'
import { nothingToDo } from '../../core/explain/texts/nothing-to-do.ts'
import { needsPerson } from '../../core/explain/texts/render-check.ts'
import { stopBlocks } from '../../core/explain/texts/route-blocks.ts'
import type { Progress } from '../../ports/progress.ts'
import { nextOf } from '../delivery/next-of.ts'
import { finishedBlocks } from '../print/finished-blocks.ts'
import { jsonFromTop } from '../print/json-from-top.ts'
import { bumpJson, SCHEMA } from '../print/plan-json.ts'
import type { StepAnswer } from './run-step.ts'
import { catalogueCache } from '../cache/catalogue-cache.ts'
import type { OpenClone } from './open-clone.ts'
import { stepRequest, type StepOptions } from './step-request.ts'

export async function bumpStep(
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
  const done = await bump(store, request)
  if (done.kind === 'none') return none(done)
  const isStuck = done.isEmpty && done.inventories.some(({ problems }) => problems.length > 0)
  const why = isStuck
    ? ({ code: 'cannot-change' } as const)
    : ({ code: 'kubernetes-already', step: done.step } as const)
  return {
    json: () => jsonFromTop(bumpJson(done), done.facts.place?.pathOf),
    blocks: [...finishedBlocks(done), ...(done.isEmpty ? [nothingToDo(why)] : [])],
    report: { title: done.text.title, step: done.facts },
    waits: isStuck || needsPerson(done.facts),
    next: nextOf(done),
  }
}

function none({ plan }: NoBump): StepAnswer {
  const { stopped } = plan.route
  return {
    json: () => ({ schema: SCHEMA, upToDate: stopped === undefined, ...defined({ stopped }) }),
    blocks: stopped
      ? stopBlocks(stopped, 'terminal')
      : [nothingToDo({ code: 'no-newer-kubernetes', release: plan.fork.base.release })],
    waits: stopped !== undefined,
    next: stopped ? { kind: 'nothing' } : { kind: 'command', name: 'upgrade' },
  }
}

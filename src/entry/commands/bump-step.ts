import { defined } from '../../core/model/defined.ts'
import { bump, type NoBump } from '../../app/step/bump.ts'
import { needsPerson } from '../../core/explain/texts/render-check.ts'
import { bumpJson, SCHEMA } from '../print/plan-json.ts'
import { printBump, printNoBump } from '../print/print-bump.ts'
import type { StepAnswer } from './run-step.ts'
import { catalogueCache } from './catalogue-cache.ts'
import type { OpenClone } from './open-clone.ts'
import { stepRequest, type StepOptions } from './step-request.ts'

export async function bumpStep(
  { store, upstreamRemotes }: OpenClone,
  options: StepOptions,
): Promise<StepAnswer> {
  const request = { upstreamRemotes, ...stepRequest(options), cache: catalogueCache() }
  const done = await bump(store, request)
  if (done.kind === 'none') return none(done)
  const isStuck = done.isEmpty && done.inventories.some(({ problems }) => problems.length > 0)
  return {
    json: bumpJson(done),
    text: printBump(done),
    report: { title: done.text.title, step: done.facts },
    waits: isStuck || needsPerson(done.facts),
  }
}

function none(done: NoBump): StepAnswer {
  const { stopped } = done.plan.route
  return {
    json: { schema: SCHEMA, upToDate: stopped === undefined, ...defined({ stopped }) },
    text: printNoBump(done),
    waits: stopped !== undefined,
  }
}

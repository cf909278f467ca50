import { settleAddons } from '../../app/step/settle-addons.ts'
import { hasQuestion } from '../../core/explain/sections/render-eyes.ts'
import { addonsJson } from '../print/plan-json.ts'
import { printAddons } from '../print/print-addons.ts'
import type { StepAnswer } from './run-step.ts'
import { catalogueCache } from './catalogue-cache.ts'
import type { OpenClone } from './open-clone.ts'
import { stepRequest, type StepOptions } from './step-request.ts'

export async function addonsStep(
  { store, upstreamRemotes }: OpenClone,
  options: StepOptions,
): Promise<StepAnswer> {
  const request = { upstreamRemotes, ...stepRequest(options), cache: catalogueCache() }
  const done = await settleAddons(store, request)
  const { facts, inventories, text } = done
  const isAsked = (facts.against ?? []).length > 0 || hasQuestion(facts)
  return {
    json: addonsJson(done),
    text: printAddons(done),
    report: { title: text.title, step: facts },
    waits: isAsked || inventories.some(({ problems }) => problems.length > 0),
  }
}

import type { Command } from 'commander'
import { settleAddons } from '../../app/step/settle-addons.ts'
import { hasQuestion } from '../../core/explain/sections/render-eyes.ts'
import { addonsJson } from '../print/plan-json.ts'
import { printAddons } from '../print/print-addons.ts'
import { addStep, type StepAnswer } from './add-step.ts'
import { catalogueCache } from './catalogue-cache.ts'
import type { OpenClone } from './open-clone.ts'
import { OPTION, stepRequest, type StepOptions } from './step-options.ts'

/** `multiarch addons`: switches off what gets in the way in the release the fork stands on, as a branch. */
export function addAddons(program: Command, setCode: (code: number) => void): void {
  const options = [
    OPTION.inventories,
    ['--as <name>', 'the branch to write (default: multiarch/addons-X.Y.Z)'],
    ...[OPTION.upstream, OPTION.dryRun, OPTION.report, OPTION.json],
  ] as const
  const description =
    'switch off add-ons that break provisioning or are abandoned, as a new branch of the clone'
  addStep({ name: 'addons', description, options, take }, program, setCode)
}

async function take({ store, upstreamRemotes }: OpenClone, options: StepOptions): Promise<StepAnswer> {
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

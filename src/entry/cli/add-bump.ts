import type { Command } from 'commander'
import { defined } from '../../core/model/defined.ts'
import { bump, type NoBump } from '../../app/step/bump.ts'
import { needsPerson } from '../../core/explain/texts/render-check.ts'
import { bumpJson, SCHEMA } from '../print/plan-json.ts'
import { printBump, printNoBump } from '../print/print-bump.ts'
import { addStep, type StepAnswer } from './add-step.ts'
import { catalogueCache } from './catalogue-cache.ts'
import type { OpenClone } from './open-clone.ts'
import { OPTION, stepRequest, type StepOptions } from './step-options.ts'

/** `multiarch bump`: the next Kubernetes in the release the fork stands on, as edits of its inventories. */
export function addBump(program: Command, setCode: (code: number) => void): void {
  const options = [
    OPTION.inventories,
    ['--as <name>', 'the branch to write (default: multiarch/kubernetes-X.Y.Z)'],
    ...[OPTION.kubernetes, OPTION.upstream, OPTION.dryRun, OPTION.report, OPTION.json],
  ] as const
  const description = 'move Kubernetes up by one step in the inventories, as a new branch of the clone'
  addStep({ name: 'bump', description, options, take }, program, setCode)
}

async function take({ store, upstreamRemotes }: OpenClone, options: StepOptions): Promise<StepAnswer> {
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

import type { Command } from 'commander'
import { bump, type Bump, type NoBump } from '../../app/step/bump.ts'
import { needsPerson } from '../../core/explain/texts/render-check.ts'
import { catalogueCache } from './catalogue-cache.ts'
import { bumpJson, SCHEMA } from '../print/plan-json.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { isEmpty, printBump, printNoBump } from '../print/print-bump.ts'
import { OPTION, stepRequest, writesOf, type StepOptions } from './step-options.ts'
import { writeStepReport } from './write-report.ts'
import { say, sayJson } from '../print/say.ts'

/** `multiarch bump`: the next Kubernetes in the release the fork stands on, as edits of its inventories. */
export function addBump(program: Command, setCode: (code: number) => void): void {
  program
    .command('bump')
    .description('move Kubernetes up by one step in the inventories, as a new branch of the clone')
    .argument('<repo>', 'path of a clone; its working tree is not needed and not touched')
    .option(...OPTION.inventories)
    .option('--as <name>', 'the branch to write (default: multiarch/kubernetes-X.Y.Z)')
    .option(...OPTION.kubernetes)
    .option(...OPTION.upstream)
    .option(...OPTION.dryRun)
    .option(...OPTION.report)
    .option(...OPTION.json)
    .action(async (repo: string, options: StepOptions) => setCode(await run(repo, options)))
}

async function run(repo: string, options: StepOptions): Promise<number> {
  const done = await withClone(writesOf(repo, options), ({ store, upstreamRemotes }) =>
    bump(store, { upstreamRemotes, ...stepRequest(options), cache: catalogueCache() }),
  )
  return done.kind === 'bumped' ? tell(done, options) : tellNone(done, options)
}

async function tell(done: Bump, { json, report }: StepOptions): Promise<number> {
  if (json) sayJson(bumpJson(done))
  else say(printBump(done))
  if (report) await writeStepReport(report, { title: done.text.title, step: done.facts })
  const isStuck = isEmpty(done.inventories) && done.inventories.some(({ problems }) => problems.length > 0)
  return isStuck || needsPerson(done.facts) ? EXIT.person : EXIT.done
}

function tellNone(done: NoBump, { json }: StepOptions): number {
  const { stopped } = done.plan.route
  const answer = { schema: SCHEMA, upToDate: stopped === undefined, ...(stopped && { stopped }) }
  if (json) sayJson(answer)
  else say(printNoBump(done))
  return stopped ? EXIT.person : EXIT.done
}

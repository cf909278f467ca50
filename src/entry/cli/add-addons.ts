import type { Command } from 'commander'
import { settleAddons, type SettledAddons } from '../../app/step/settle-addons.ts'
import { hasQuestion } from '../../core/explain/sections/render-eyes.ts'
import { catalogueCache } from './catalogue-cache.ts'
import { addonsJson } from '../print/plan-json.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { printAddons } from '../print/print-addons.ts'
import { OPTION, stepRequest, writesOf, type StepOptions } from './step-options.ts'
import { writeStepReport } from './write-report.ts'
import { say, sayJson } from '../print/say.ts'

/** `multiarch addons`: switches off what gets in the way in the release the fork stands on, as a branch. */
export function addAddons(program: Command, setCode: (code: number) => void): void {
  program
    .command('addons')
    .description('switch off add-ons that break provisioning or are abandoned, as a new branch of the clone')
    .argument('<repo>', 'path of a clone; its working tree is not needed and not touched')
    .option(...OPTION.inventories)
    .option('--as <name>', 'the branch to write (default: multiarch/addons-X.Y.Z)')
    .option(...OPTION.upstream)
    .option(...OPTION.dryRun)
    .option(...OPTION.report)
    .option(...OPTION.json)
    .action(async (repo: string, options: StepOptions) => setCode(await run(repo, options)))
}

async function run(repo: string, options: StepOptions): Promise<number> {
  const done = await withClone(writesOf(repo, options), ({ store, upstreamRemotes }) =>
    settleAddons(store, { upstreamRemotes, ...stepRequest(options), cache: catalogueCache() }),
  )
  return tell(done, options)
}

async function tell(done: SettledAddons, { json, report }: StepOptions): Promise<number> {
  if (json) sayJson(addonsJson(done))
  else say(printAddons(done))
  if (report) await writeStepReport(report, { title: done.text.title, step: done.facts })
  const isAsked = (done.facts.against ?? []).length > 0
  const isLeft =
    isAsked || hasQuestion(done.facts) || done.inventories.some(({ problems }) => problems.length > 0)
  return isLeft ? EXIT.person : EXIT.done
}

import type { Command } from 'commander'
import { upgrade, type KubernetesFirst, type Upgrade } from '../../app/step/upgrade.ts'
import { needsPerson } from '../../core/explain/texts/render-check.ts'
import { catalogueCache } from './catalogue-cache.ts'
import { blockedJson, SCHEMA, upgradeJson } from '../print/plan-json.ts'
import { printKubernetesFirst, printUpgrade } from '../print/print-upgrade.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { openRegistry } from './open-registry.ts'
import { OPTION, stepRequest, writesOf, type StepOptions } from './step-options.ts'
import type { ReportFacts } from '../report/report-page.ts'
import { writeStepReport } from './write-report.ts'
import { say, sayJson } from '../print/say.ts'

interface Options extends StepOptions {
  readonly onto?: string
  readonly checkImages?: true
}

/** `multiarch upgrade`: carries the fork onto the next or a named release and writes the branch. */
export function addUpgrade(program: Command, setCode: (code: number) => void): void {
  program
    .command('upgrade')
    .description(
      "carry a fork's patches onto a release and edit its inventories, as a new branch of the clone",
    )
    .argument('<repo>', 'path of a clone; its working tree is not needed and not touched')
    .option('--onto <tag>', "the release to go to (default: the plan's next)")
    .option(...OPTION.patches)
    .option('--as <name>', 'the branch to write (default: multiarch/kubespray-X.Y.Z)')
    .option(...OPTION.kubernetes)
    .option(...OPTION.upstream)
    .option(...OPTION.checkImages)
    .option(...OPTION.dryRun)
    .option(...OPTION.report)
    .option(...OPTION.json)
    .action(async (repo: string, options: Options) => setCode(await run(repo, options)))
}

async function run(repo: string, options: Options): Promise<number> {
  const done = await withClone(writesOf(repo, options), ({ store, upstreamRemotes }) =>
    upgrade(store, {
      upstreamRemotes,
      ...stepRequest(options),
      ...(options.onto && { onto: options.onto }),
      ...(options.checkImages && { registry: openRegistry() }),
      cache: catalogueCache(),
    }),
  )
  if (done?.kind === 'upgraded') return tell(done, options)
  return done ? tellFirst(done, options) : tellNothing(options)
}

async function tell(done: Upgrade, { json, report }: Options): Promise<number> {
  if (json) sayJson(upgradeJson(done))
  else say(printUpgrade(done))
  if (report) await writeStepReport(report, reportFacts(done))
  return needsPerson(done.facts) ? EXIT.person : EXIT.done
}

function reportFacts({ text, facts, plan, grid }: Upgrade): ReportFacts {
  return {
    title: text.title,
    step: facts,
    grid: { rows: grid, architectures: plan.architectures.architectures },
  }
}

function tellFirst(done: KubernetesFirst, { json }: Options): number {
  if (json) sayJson(blockedJson(done))
  else say(printKubernetesFirst(done))
  return EXIT.person
}

function tellNothing({ json }: Options): number {
  const nothing = 'Nothing to do: the fork stands on this release already, or on the newest I know.'
  if (json) sayJson({ schema: SCHEMA, upToDate: true })
  else say(`${nothing}\n`)
  return EXIT.done
}

import type { Command } from 'commander'
import { defined } from '../../core/model/defined.ts'
import { planFork } from '../../app/plan/plan-fork.ts'
import { catalogueCache } from './catalogue-cache.ts'
import { planJson } from '../print/plan-json.ts'
import { printPlan } from '../print/print-plan.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { OPTION } from './step-options.ts'
import { writeReport } from './write-report.ts'
import { say, sayJson } from '../print/say.ts'

interface Options {
  readonly branch?: string
  readonly kubernetes?: string
  readonly upstream?: string
  readonly json?: true
  readonly report?: string
}

/** `multiarch plan`: where a fork stands, what it carries, and the way up. Writes nothing. */
export function addPlan(program: Command, setCode: (code: number) => void): void {
  program
    .command('plan')
    .description('show what a fork stands on, its patches, and the releases ahead')
    .argument('<repo>', 'path of a clone; its working tree is not needed and not touched')
    .option(...OPTION.patches)
    .option(...OPTION.kubernetes)
    .option(...OPTION.upstream)
    .option('--report <file>', 'write the plan to a file as well (.html or .md)')
    .option(...OPTION.json)
    .action(async (repo: string, options: Options) => setCode(await plan(repo, options)))
}

async function plan(repo: string, options: Options): Promise<number> {
  const found = await withClone(
    {
      path: repo,
      for: 'reading',
      ...defined({ upstream: options.upstream || undefined }),
    },
    ({ store, upstreamRemotes }) =>
      planFork(store, {
        upstreamRemotes,
        ...defined({ branch: options.branch || undefined }),
        ...defined({ kubernetes: options.kubernetes || undefined }),
        cache: catalogueCache(),
      }),
  )
  const text = printPlan(found)
  if (options.json) sayJson(planJson(found))
  else say(text)
  if (options.report) await writeReport(options.report, { title: 'Plan', terminal: text })
  const isStopped = found.ahead.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))
  return found.route.stopped || isStopped || found.unread.length > 0 ? EXIT.person : EXIT.done
}

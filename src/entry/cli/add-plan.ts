import type { Command } from 'commander'
import { CODE, withHelp } from './with-help.ts'
import { OPTION, REPO } from './option.ts'
import type { PlanOptions } from '../commands/run-plan.ts'

/** `multiarch plan`: where a fork stands, what it carries, and the way up. Writes nothing. */
export function addPlan(program: Command, setCode: (code: number) => void): void {
  const command = program
    .command('plan')
    .description('show what a fork stands on, its patches, and the releases ahead')
    .argument(...REPO)
    .option(...OPTION.patches)
    .option(...OPTION.clusters)
    .option(...OPTION.kubernetes)
    .option(...OPTION.upstream)
    .option(...OPTION.fork)
    .option('--report <file>', 'write the plan to a file as well (.html or .md)')
    .option(...OPTION.json)
    .option(...OPTION.quiet)
  withHelp(command, {
    examples: [
      ['multiarch plan', 'in a clone of the fork'],
      ['multiarch plan --upstream ~/kubespray', 'where another clone has the tags of upstream'],
      ['multiarch plan --report plan.html', 'as a page to read'],
    ],
    codes: [CODE.done, CODE.wrong, [3, 'the way is blocked, or something ahead would stop a play']],
    page: 'cli.md#multiarch-plan-repo',
  })
  command.action(async (repo: string, options: PlanOptions) => {
    const { runPlan } = await import('../commands/run-plan.ts')
    setCode(await runPlan(repo, options))
  })
}

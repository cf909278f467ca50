import type { Command } from 'commander'
import { OPTION } from './option.ts'
import type { PlanOptions } from '../commands/run-plan.ts'

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
    .action(async (repo: string, options: PlanOptions) => {
      const { runPlan } = await import('../commands/run-plan.ts')
      setCode(await runPlan(repo, options))
    })
}

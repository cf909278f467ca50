import type { Command } from 'commander'
import { OPTION } from './option.ts'
import type { ExplainOptions } from '../commands/run-explain.ts'

/** `multiarch explain`: all that is known of one patch on the next or a named release; writes nothing. */
export function addExplain(program: Command, setCode: (code: number) => void): void {
  program
    .command('explain')
    .description(
      'say what became of one patch and why: evidence, collisions with their three sides, before and after',
    )
    .argument('<repo>', 'path of a clone; its working tree is not needed and not touched')
    .argument('<patch>', 'its number in the table, the beginning of its commit, or words of its title')
    .option('--onto <tag>', "the release to go to (default: the plan's next)")
    .option(...OPTION.patches)
    .option(...OPTION.kubernetes)
    .option(...OPTION.upstream)
    .option(...OPTION.json)
    .action(async (repo: string, patch: string, options: ExplainOptions) => {
      const { runExplain } = await import('../commands/run-explain.ts')
      setCode(await runExplain(repo, patch, options))
    })
}

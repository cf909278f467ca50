import type { Command } from 'commander'
import { CODE, withHelp } from './with-help.ts'
import { OPTION, REPO } from './option.ts'
import type { ExplainOptions } from '../commands/run-explain.ts'

/** `multiarch explain`: all that is known of one patch on the next or a named release; writes nothing. */
export function addExplain(program: Command, setCode: (code: number) => void): void {
  const command = program
    .command('explain')
    .description(
      'say what became of one patch and why: evidence, collisions with their three sides, before and after',
    )
    .usage('[options] [repo] <patch>')
    .argument('[repo]', `${REPO[1]} (default: ".")`)
    .argument('[patch]', 'its number in the table, the beginning of its commit, or words of its title')
    .option('--onto <tag>', "the release to go to (default: the plan's next)")
    .option(...OPTION.patches)
    .option(...OPTION.cluster)
    .option(...OPTION.kubernetes)
    .option(...OPTION.upstream)
    .option(...OPTION.fork)
    .option(...OPTION.json)
    .option(...OPTION.quiet)
  withHelp(command, {
    examples: [
      ['multiarch explain 4', 'the fourth patch of `multiarch plan`, in the clone it runs in'],
      ['multiarch explain ~/kubespray 65fc328 --onto v2.28.0', 'a patch by its commit'],
    ],
    codes: [CODE.done, CODE.wrong, [3, 'the patch is in conflict']],
    page: 'cli.md#multiarch-explain-repo-patch',
  })
  command.action(async (first: string | undefined, second: string | undefined, options: ExplainOptions) => {
    // One word alone is the patch, in the clone that the command runs in.
    const [repo, patch] = second === undefined ? ['.', first] : [first ?? '.', second]
    if (patch === undefined) return command.error("error: missing required argument 'patch'")
    const { runExplain } = await import('../commands/run-explain.ts')
    setCode(await runExplain(repo, patch, options))
  })
}

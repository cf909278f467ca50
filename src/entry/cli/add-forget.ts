import type { Command } from 'commander'
import { CODE, withHelp } from './with-help.ts'
import { OPTION, REPO } from './option.ts'
import type { ForgetOptions } from '../settle/run-forget.ts'

/** `multiarch forget`: takes back how conflicts of a patch were settled. */
export function addForget(program: Command, setCode: (code: number) => void): void {
  const command = program
    .command('forget')
    .description("take back how conflicts of a patch were settled, on a step's branch and for good")
    .usage('[options] [repo] <patch>')
    .argument('[repo]', `${REPO[1]} (default: ".")`)
    .argument('[patch]', 'its number in the table, the beginning of its commit, or words of its title')
    .option('--as <name>', "the step's branch (default: the only multiarch/kubespray-X.Y.Z)")
    .option(...OPTION.patches)
    .option(...OPTION.upstream)
    .option(...OPTION.json)
  withHelp(command, {
    examples: [
      ['multiarch forget 4', 'the fourth patch of the step, in the clone it runs in'],
      ['multiarch forget ~/kubespray 65fc328 --as multiarch/kubespray-2.28.0', 'a patch by its commit'],
    ],
    codes: [CODE.done, CODE.wrong, [3, 'a conflict is open again, for a person to settle']],
    page: 'cli.md#multiarch-forget-repo-patch',
  })
  command.action(async (first: string | undefined, second: string | undefined, options: ForgetOptions) => {
    // One word alone is the patch, in the clone that the command runs in.
    const [repo, patch] = second === undefined ? ['.', first] : [first ?? '.', second]
    if (patch === undefined) return command.error("error: missing required argument 'patch'")
    const { runForget } = await import('../settle/run-forget.ts')
    setCode(await runForget(repo, patch, options))
  })
}

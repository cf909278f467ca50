import type { Command } from 'commander'
import { withHelp } from './with-help.ts'
import { OPTION, REPO } from './option.ts'
import type { SettleOptions } from '../settle/run-settle.ts'

/** `multiarch settle`: the conflicts of a step, in files of a worktree of its own. */
export function addSettle(program: Command, setCode: (code: number) => void): void {
  const command = program
    .command('settle')
    .description("settle a step's conflicts in a worktree of its own, and write them onto its branch")
    .argument(...REPO)
    .option('--as <name>', "the step's branch (default: the only multiarch/kubespray-X.Y.Z)")
    .option('--into <folder>', 'where the worktree goes (default: beside the clone)')
    .option('--continue', 'check what was settled and commit it to the branch')
    .option('--abort', 'give it up and remove the worktree')
    .option(...OPTION.patches)
    .option(...OPTION.cluster)
    .option(...OPTION.upstream)
    .option(...OPTION.json)
  withHelp(command, {
    examples: [
      ['multiarch settle', 'a worktree with both sides in each file, beside the clone'],
      ['multiarch settle --continue', 'check what was settled, and commit it to the branch'],
      ['multiarch settle --abort', 'give it up; the branch stays as it is'],
    ],
    codes: [
      [0, 'done, or nothing is in conflict'],
      [3, 'the worktree is there, and a person has to settle what is in it'],
    ],
    page: 'cli.md#multiarch-settle-repo',
  })
  command.action(async (repo: string, options: SettleOptions) => {
    const { runSettle } = await import('../settle/run-settle.ts')
    setCode(await runSettle(repo, options))
  })
}

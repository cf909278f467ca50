import type { Command } from 'commander'
import { CODE, withHelp } from './with-help.ts'
import type { VerifyOptions } from '../commands/run-verify.ts'
import { OPTION, REPO } from './option.ts'

/** `multiarch verify`: what Ansible itself says of a revision, as far as that touches no host. */
export function addVerify(program: Command, setCode: (code: number) => void): void {
  const command = program
    .command('verify')
    .description(
      "ask Ansible itself of a step's branch: inventory, syntax, the release's own validation; touches no host",
    )
    .argument(...REPO)
    .option('--rev <rev>', "a step's branch or any other revision (default: the branch that plan takes)")
    .option(...OPTION.cluster)
    .option('--inventory <folder>', 'look at this inventory only')
    .option(...OPTION.upstream)
    .option(...OPTION.fork)
    .option(...OPTION.json)
    .option(...OPTION.quiet)
  withHelp(command, {
    examples: [
      ['multiarch verify', 'the branch that plan takes, with the Ansible that is installed'],
      ['multiarch verify --rev multiarch/kubespray-2.28.0', 'the branch of a step'],
    ],
    codes: [CODE.done, CODE.wrong, [3, 'something fails, or gave no answer']],
    page: 'verify.md',
  })
  command.action(async (repo: string, options: VerifyOptions) => {
    const { runVerify } = await import('../commands/run-verify.ts')
    setCode(await runVerify(repo, options))
  })
}

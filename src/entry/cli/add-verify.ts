import type { Command } from 'commander'
import type { VerifyOptions } from '../commands/run-verify.ts'
import { OPTION } from './option.ts'

/** `multiarch verify`: what Ansible itself says of a revision, as far as that touches no host. */
export function addVerify(program: Command, setCode: (code: number) => void): void {
  program
    .command('verify')
    .description(
      "ask Ansible itself of a step's branch: inventory, syntax, the release's own validation; touches no host",
    )
    .argument('<repo>', 'path of a clone; its working tree is not needed and not touched')
    .option('--rev <rev>', "a step's branch or any other revision (default: the default branch)")
    .option('--inventory <folder>', 'look at this inventory only')
    .option(...OPTION.upstream)
    .option(...OPTION.json)
    .action(async (repo: string, options: VerifyOptions) => {
      const { runVerify } = await import('../commands/run-verify.ts')
      setCode(await runVerify(repo, options))
    })
}

import { Option, type Command } from 'commander'
import { CODE, withHelp } from './with-help.ts'
import { OPTION, REPO } from './option.ts'
import type { AuditOptions } from '../commands/run-audit.ts'

/** `multiarch audit`: what would not run on every architecture; with `--fix` the patches for what is mechanical. */
export function addAudit(program: Command, setCode: (code: number) => void): void {
  const command = program
    .command('audit')
    .description('say what would not run on every architecture of the cluster')
    .argument(...REPO)
    .option('--rev <rev>', 'a branch or any other revision (default: the branch that plan takes)')
    .option(...OPTION.clusters)
    .option('--architectures <list>', 'as in amd64,arm64 (default: what the inventories tell)')
    .option('--inventory <folder>', 'look at this inventory only')
    .option(...OPTION.upstream)
    .option(...OPTION.fork)
    .option(...OPTION.checkImages)
    .option(...OPTION.registry)
    .option(
      '--image-workflow <file>',
      'write a GitHub Actions workflow that makes the images which lack an architecture (asks registries)',
    )
    .option('--fix', `write the patches that are mechanical onto a branch of their own`)
    .addOption(new Option('--as <name>', 'the branch to write with --fix (default: multiarch/audit)'))
    .option('--report <file>', 'write the audit to a file (.html or .md)')
    .option(...OPTION.json)
    .option(...OPTION.quiet)
  withHelp(command, {
    examples: [
      ['multiarch audit', 'in a clone of the fork, for the architectures it tells'],
      ['multiarch audit --architectures amd64,arm64 --check-images', 'registries are asked as well'],
      ['multiarch audit --fix', 'writes the patches that are mechanical as a branch'],
    ],
    codes: [CODE.done, CODE.wrong, [3, 'something would not run']],
    page: 'audit.md',
  })
  command.action(async (repo: string, options: AuditOptions) => {
    const { runAudit } = await import('../commands/run-audit.ts')
    setCode(await runAudit(repo, options))
  })
}

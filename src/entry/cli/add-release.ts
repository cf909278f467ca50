import type { Command } from 'commander'
import { CODE, withHelp } from './with-help.ts'
import { OPTION } from './option.ts'
import type { ReleaseOptions } from '../commands/run-release.ts'

/** `multiarch release`: what one release of Kubespray holds. */
export function addRelease(program: Command, setCode: (code: number) => void): void {
  const command = program
    .command('release')
    .description('show what a release holds: Kubernetes versions by architecture, components, add-ons')
    .argument('<tag>', 'a release of Kubespray, `v2.31.0`')
    .option(...OPTION.tags)
    .option('--report <file>', 'write it to a file as well (.html or .md)')
    .option(...OPTION.json)
    .option(...OPTION.quiet)
  withHelp(command, {
    examples: [
      ['multiarch release v2.28.0', 'anywhere: what is not in a clone is fetched and kept'],
      ['multiarch release v2.28.0 --json', 'for a program'],
    ],
    codes: [CODE.done, CODE.wrong],
    page: 'cli.md#multiarch-release-tag',
  })
  command.action(async (tag: string, options: ReleaseOptions) => {
    const { runRelease } = await import('../commands/run-release.ts')
    setCode(await runRelease(tag, options))
  })
}

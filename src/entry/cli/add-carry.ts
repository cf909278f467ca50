import { Option, type Command } from 'commander'
import { CODE, withHelp } from './with-help.ts'
import type { CarryOptions } from '../commands/run-carry.ts'

/** `multiarch carry`: plumbing that puts one change onto another tree; answers are JSON, one a line. */
export function addCarry(program: Command, setCode: (code: number) => void): void {
  const command = program
    .command('carry')
    .description('put the change from base to patch onto another tree (plumbing, JSON only)')
    .option('--git-dir <dir>', 'the repository', '.')
    .addOption(
      new Option('--batch', 'read one {"id","base","patch","onto"} a line from stdin').conflicts([
        'base',
        'patch',
        'onto',
      ]),
    )
    .option('--base <rev>', 'what the patch was written on')
    .option('--patch <rev>', 'the tree with the patch')
    .option('--onto <rev>', 'where it goes')
    .option('--json', 'print JSON, which it does in any case')
  withHelp(command, {
    examples: [
      ['multiarch carry --base main~1 --patch main --onto v2.28.0', 'one change onto one tree'],
      ['multiarch carry --batch < cases.jsonl', 'many of them'],
    ],
    codes: [[0, 'carried; of a batch in any case'], CODE.wrong, [3, 'the change is in conflict']],
    page: 'cli.md#multiarch-carry',
  })
  command.action(async (options: CarryOptions) => {
    const { runCarry } = await import('../commands/run-carry.ts')
    setCode(await runCarry(options))
  })
}

import type { Command } from 'commander'
import type { CarryOptions } from '../commands/run-carry.ts'

/** `multiarch carry`: plumbing that puts one change onto another tree; answers are JSON, one a line. */
export function addCarry(program: Command, setCode: (code: number) => void): void {
  program
    .command('carry')
    .description('put the change from base to patch onto another tree (plumbing, JSON only)')
    .option('--git-dir <dir>', 'the repository', '.')
    .option('--batch', 'read one {"id","base","patch","onto"} a line from stdin')
    .option('--base <rev>', 'what the patch was written on')
    .option('--patch <rev>', 'the tree with the patch')
    .option('--onto <rev>', 'where it goes')
    .option('--json', 'print JSON, which it does in any case')
    .action(async (options: CarryOptions) => {
      const { runCarry } = await import('../commands/run-carry.ts')
      setCode(await runCarry(options))
    })
}

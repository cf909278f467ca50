import { setFlagsFromString } from 'node:v8'
import type { Command } from 'commander'
import { CarryBatch } from '../../app/carry/carry-batch.ts'
import { Refusal } from '../../core/model/problem.ts'
import { carryStream } from './carry-stream.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { jsonText, say } from '../print/say.ts'

interface Options {
  readonly gitDir: string
  readonly batch?: true
  readonly base?: string
  readonly patch?: string
  readonly onto?: string
}

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
    .action(async (options: Options) => setCode(await carry(options)))
}

/**
 * A batch keeps a good 150 MB of what it has read. Where memory is plenty V8 lets that grow four times before it collects, to 970 MB
 * on the 1,708 cases of `bench/README.md`; with this to 530 MB, in the same time.
 */
const HEAP_GROWTH = '--heap-growing-percent=80'

function carry({ gitDir, batch, base, patch, onto }: Options): Promise<number> {
  return withClone({ path: gitDir, for: 'writing' }, async ({ store }) => {
    if (batch) {
      setFlagsFromString(HEAP_GROWTH)
      await carryStream(store, process.stdin, process.stdout)
      return EXIT.done
    }
    if (!base || !patch || !onto) throw new Refusal({ code: 'carry-incomplete', message: INCOMPLETE })
    const answer = await new CarryBatch(store).answer({ id: 'one', base, patch, onto })
    say(jsonText(answer) + '\n')
    return answer['verdict'] === 'conflict' ? EXIT.person : EXIT.done
  })
}

const INCOMPLETE = 'Name all of `--base`, `--patch` and `--onto`, or give `--batch` and write cases to stdin.'

import { setFlagsFromString } from 'node:v8'
import { CarryBatch } from '../../app/carry/carry-batch.ts'
import { Refusal } from '../../core/model/problem.ts'
import { carryStream } from './carry-stream.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { jsonText, say } from '../print/say.ts'

export interface CarryOptions {
  readonly gitDir: string
  readonly batch?: true
  readonly base?: string
  readonly patch?: string
  readonly onto?: string
}

/**
 * A batch keeps a good 150 MB of what it has read. Where memory is plenty V8 lets that grow four times before it collects, to 970 MB
 * on the 1,708 cases of `bench/README.md`; with this to 530 MB, in the same time.
 */
const HEAP_GROWTH = '--heap-growing-percent=80'

export function runCarry({ gitDir, batch, base, patch, onto }: CarryOptions): Promise<number> {
  return withClone({ path: gitDir, for: 'writing', wants: 'objects' }, async ({ store }) => {
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

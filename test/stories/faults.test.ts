import { expect, test } from 'vitest'
import { faultMatrix } from '../support/fault-matrix.ts'
import { FAULT_KINDS } from '../support/fault-plan.ts'

/** `bench/faults.ts` plays each form of refusal and failure at each call of every story; docs/reliability.md has its table. */
test(
  'each form of refusal and failure once, and the end of the process, at the calls of a ticked box in turn: in the end all is as without it',
  { timeout: 180_000 },
  async () => {
    const shapes = FAULT_KINDS.filter((shape) => shape !== 'silence')
    const runs = await faultMatrix({ story: 'tick', shapes, short: true })
    expect(new Set(runs.flatMap(({ faults }) => faults.map(({ shape }) => shape)))).toEqual(new Set(shapes))
    expect(runs.filter(({ equal, lost, doubled }) => !equal || lost > 0 || doubled > 0)).toEqual([])
  },
)

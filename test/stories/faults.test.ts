import { expect, test } from 'vitest'
import { SHAPES, type ShapeName } from '../github/shapes.ts'
import { faultMatrix } from '../support/fault-matrix.ts'

/** `bench/faults.ts` plays each form of refusal and failure at each call of seven stories; docs/reliability.md has its table. */
test(
  'each form of refusal and failure once, at the calls of a ticked box in turn: in the end all is as without it',
  { timeout: 180_000 },
  async () => {
    const shapes = (Object.keys(SHAPES) as ShapeName[]).filter((shape) => shape !== 'silence')
    const runs = await faultMatrix({ story: 'tick', shapes, short: true })
    expect(new Set(runs.map(({ shape }) => shape))).toEqual(new Set(shapes))
    expect(runs.filter(({ equal }) => !equal)).toEqual([])
  },
)

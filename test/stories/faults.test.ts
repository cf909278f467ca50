import { expect, test } from 'vitest'
import { faultMatrix } from '../support/fault-matrix.ts'

/** `bench/faults.ts` does the same with the other stories; docs/reliability.md has its table. */
test(
  'each fault at each call of the shortest story, tried again and lost: in the end all is as without it',
  { timeout: 600_000 },
  async () => {
    const runs = await faultMatrix({ story: 'refused' })
    expect(new Set(runs.map(({ faults }) => faults[0]?.call)).size).toBe(runs[0]?.kinds.length)
    expect(runs.filter(({ equal, lost, doubled }) => !equal || lost > 0 || doubled > 0)).toEqual([])
  },
)

test('a branch thrown away by a process that ends then: the next one’s answer names what people had on it', async () => {
  const runs = await faultMatrix({ story: 'recreate', shapes: ['killed'], sample: 8 })
  const moved = runs[0]?.kinds.findIndex((kind) => /git\/update-ref|graphql mutation/.test(kind)) ?? -1
  expect(moved).toBeGreaterThan(0)
  expect(runs.filter(({ faults }) => (faults[0]?.call ?? 0) > moved + 1).length).toBeGreaterThan(1)
  expect(runs.filter(({ equal, lost, doubled }) => !equal || lost > 0 || doubled > 0)).toEqual([])
})

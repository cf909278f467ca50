import { expect, test } from 'vitest'
import { deathsInProcess } from '../support/deaths.ts'

/** `bench/deaths.ts` does the same with more commands, in the Action, and with workers on Redis, which are killed. */
test(
  'a command’s process ends at each request in turn: the next look does it once and answers it once',
  { timeout: 180_000 },
  async () => {
    const deaths = await deathsInProcess('/multiarch hold')
    expect(deaths.length).toBeGreaterThan(16)
    expect(deaths.filter(({ equal, answers }) => !equal || answers !== 1)).toEqual([])
  },
)

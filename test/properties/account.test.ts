import fc from 'fast-check'
import { expect, test } from 'vitest'
import { overlay } from '../../src/app/carry/overlay.ts'
import { carrySeries } from '../../src/app/carry/carry-series.ts'
import { accountFor } from '../../src/core/series/account/account.ts'
import { runs } from '../support/fast-check.ts'
import { accounted, FAULTS, namedBeyond, plant, type Accounted } from '../support/plant.ts'
import { randomBy } from '../support/random.ts'
import { randomFork } from '../support/random-fork.ts'

async function accountOfRandom(seed: number): Promise<Accounted> {
  const { store, read, onto } = await randomFork(seed)
  const tree = await store.readTree(onto.commit)
  const { fork } = read
  const carried = await carrySeries(store, fork, { commit: onto.commit, tree })
  return accounted(overlay(store, carried.newBlobs), {
    ...{ base: fork.baseTree, head: fork.headTree, release: tree, result: carried.tree },
    ...{ patches: carried.patches, leftOut: fork.series.leftOut },
  })
}

/** `bench/account.ts` looks at 2,000 of them; a line that stands everywhere may be counted with one neighbour or the other. */
test('a hunk that is dropped, doubled or brought back is named, in random series on random histories', async () => {
  const seen = { planted: 0, exact: 0, missed: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.constantFrom(...FAULTS),
      async (seed, fault) => {
        const whole = await accountOfRandom(seed)
        const one = plant(whole, fault, randomBy(seed))
        if (!one) return
        const named = namedBeyond(whole.account, accountFor(one.request, one.blobs))
        seen.planted++
        if (named.join('\n') === one.expected.join('\n')) seen.exact++
        if (named.length === 0) seen.missed++
      },
    ),
    runs(60),
  )
  expect(seen.planted).toBeGreaterThan(30)
  expect(seen.exact).toBeGreaterThanOrEqual(0.9 * seen.planted)
  // Of 798 in `bench/account.ts` 3 are missed; in a sample this small one may be among them.
  expect(seen.missed).toBeLessThanOrEqual(Math.max(1, 0.01 * seen.planted))
})

test('every line of a random series has a place, and each place is counted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
      const { account } = await accountOfRandom(seed)
      // A line that stands in the result as the fork has it is never among what is missing.
      for (const { file, text, side, place } of account.lines)
        if (side === 'added' && place.at === 'nowhere')
          expect(account.unplaced.map((line) => `${line.file} ${line.text}`)).toContain(`${file} ${text}`)
    }),
    runs(20),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { carrySeries } from '../../src/app/carry/carry-series.ts'
import { overlay } from '../../src/app/carry/overlay.ts'
import type { Entry } from '../../src/core/model/tree.ts'
import { runs } from '../support/fast-check.ts'
import { accounted, namesFile, plantWhole, type Accounted } from '../support/plant.ts'
import { randomBy } from '../support/random.ts'
import { randomFork } from '../support/random-fork.ts'

/** Series in which files are renamed, deleted, brought, made executable, given other line ends, and are no text. */
async function accountOfRandom(seed: number): Promise<Accounted> {
  const { store, read, onto } = await randomFork(seed, { wholeFiles: true })
  const tree = await store.readTree(onto.commit)
  const { fork } = read
  const carried = await carrySeries(store, fork, { commit: onto.commit, tree })
  return accounted(overlay(store, carried.newBlobs), {
    ...{ base: fork.baseTree, head: fork.headTree, release: tree, result: carried.tree },
    ...{ patches: carried.patches, leftOut: fork.series.leftOut },
  })
}

const seeds = fc.integer({ min: 1, max: 1_000_000 })

test('a mode and line ends that the fork gives a file which the release has as ever are in the result', async () => {
  let looked = 0
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const { request, blobs } = await accountOfRandom(seed)
      const { base, head, release, result, patches } = request
      const isCrlf = ({ oid }: Entry): boolean => Buffer.from(blobs.get(oid) ?? []).includes('\r\n')
      for (const [path, was] of base) {
        const [is, there, now] = [head, release, result].map((tree) => tree.get(path))
        const isOpen = patches.some(({ files }) =>
          files.some(({ path: at, verdict }) => at === path && verdict === 'conflict'),
        )
        if (!is || !there || !now || isOpen) continue
        if (is.mode !== was.mode && there.mode === was.mode) {
          looked++
          expect(`${path} ${now.mode}`).toBe(`${path} ${is.mode}`)
        }
        if (isCrlf(is) !== isCrlf(was) && isCrlf(there) === isCrlf(was)) {
          looked++
          expect([path, isCrlf(now)]).toEqual([path, isCrlf(is)])
        }
      }
    }),
    // A binary that the fork makes executable, and upstream changes.
    { ...runs(60), examples: [[612_246]] },
  )
  expect(looked).toBeGreaterThan(5)
})

test('nothing is without a place, and what the fork does to a whole file is named where it is undone', async () => {
  const seen = { planted: 0, named: 0 }
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const whole = await accountOfRandom(seed)
      // What merging puts in twice is told; nothing is lost or back.
      for (const { kind } of whole.account.unplaced) expect(kind).toBe('twice')
      const planted = plantWhole(whole, randomBy(seed))
      if (!planted) return
      seen.planted++
      if (namesFile(whole, planted)) seen.named++
    }),
    // A rename that is taken back and done again, and upstream renames so too: its file went. A rename of each side, told as lines lost.
    // A file that the fork gives other line ends, of which upstream has a task: most of the others went.
    { ...runs(40), examples: [[262_506], [899_993], [503_298]] },
  )
  expect(seen.planted).toBeGreaterThan(10)
  // A file that two commits rename and change may have its lines elsewhere, where nothing misses them.
  expect(seen.named).toBeGreaterThanOrEqual(0.95 * seen.planted)
})

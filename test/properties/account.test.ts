import fc from 'fast-check'
import { expect, test } from 'vitest'
import { overlay } from '../../src/app/carry/overlay.ts'
import { carrySeries } from '../../src/app/carry/carry-series.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import { runs } from '../support/fast-check.ts'
import { accounted, FAULTS, naming, plant, type Accounted } from '../support/plant.ts'
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

/** `bench/account.ts` looks at 2,000 of them, and says which lines cannot be told apart. */
test('a hunk that is dropped, doubled or brought back is named exactly, in random series on random histories', async () => {
  const seen = { planted: 0, exact: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.constantFrom(...FAULTS),
      async (seed, fault) => {
        const whole = await accountOfRandom(seed)
        const one = plant(whole, fault, randomBy(seed))
        if (!one) return
        // What is wrong without a plant may be what the plant is.
        if (whole.account.unplaced.length > 0) return
        const { how } = naming(whole, one)
        expect(how).toMatch(/^(?:exact|ambiguous)$/)
        seen.planted++
        if (how === 'exact') seen.exact++
      },
    ),
    runs(60),
  )
  expect(seen.planted).toBeGreaterThan(30)
  // The rest are such as no count can settle; of 43 here it is 3.
  expect(seen.exact).toBeGreaterThanOrEqual(0.9 * seen.planted)
})

test('nothing of a random series is lost or back, and what is named stands there twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
      const { account, request, blobs } = await accountOfRandom(seed)
      for (const { kind, file, text, line } of account.unplaced) {
        expect(kind).toBe('twice')
        const lines = Buffer.from(blobs.get(request.result.get(file)?.oid ?? ('' as Oid)) ?? [])
          .toString()
          .split('\n')
        // In two forms it is there twice by its name: the fork's form, and the one that upstream went on to.
        const task = lines.slice(0, line).findLast((each) => /^- name:/.test(each))
        const names = [text, task, /^\w+ = /.exec(text)?.[0]].filter((each) => each !== undefined)
        const times = names.map((name) => lines.filter((each) => each.startsWith(name)).length)
        expect(Math.max(...times)).toBeGreaterThan(1)
      }
    }),
    // A task that the fork moves, where upstream puts in one that has `when` and `become` of it: it was left out at its new place. An option
    // that a later patch takes away stood on, where upstream went on with its value, and where an earlier patch had brought it.
    // A pick that also takes a block away, which upstream gave another value: the pick was ended as upstream's, and the block stood on.
    { ...runs(60), examples: [[675_329], [927_023], [927_079], [589_579]] },
  )
})

/** What each block of `randomFork` is made of, by the first words of its lines. */
const WHOLE: readonly (readonly [RegExp, RegExp])[] = [
  [/tasks/, /^(?:name command when become )*$/],
  [/templates/, /^(?:if option endif )*$/],
]

test('a block is in the result as a whole, or not at all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
      const { request, blobs } = await accountOfRandom(seed)
      for (const [path, { oid }] of request.result) {
        const words = Buffer.from(blobs.get(oid) ?? [])
          .toString()
          .match(/^(?:- name| {2}\w+|\{% \w+|option)/gm)
          ?.map((word) => word.replace(/^[^a-z]*/, ''))
        for (const [file, shape] of WHOLE)
          if (file.test(path)) expect(`${(words ?? []).join(' ')} `.trimStart()).toMatch(shape)
      }
    }),
    // A backport whose value upstream went on from: the key was taken away.
    // A block in the place of another with the same `if`, which upstream has beside it: the empty `if` stood on.
    // A value given anew above a block that upstream has: the value went with the block, and its setting altogether.
    // A value given anew below such a block, which a diff shows as another block after it: the same.
    { ...runs(60), examples: [[287_405], [734_916], [881_876], [319_083]] },
  )
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

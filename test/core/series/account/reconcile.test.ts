import { describe, expect, test } from 'vitest'
import { isBeyond, reconcile } from '../../../../src/core/series/account/reconcile.ts'

type Three = readonly [lost: number, back: number, twice: number]

describe('what is wrong brings what is there to what should be there', () => {
  test.each<[string, Three, number, readonly [least: number, most: number], Three]>([
    ['as many as there should be', [0, 0, 0], 2, [2, 2], [0, 0, 0]],
    ['as many as there may be', [0, 0, 0], 2, [1, 3], [0, 0, 0]],
    ['as few as there may be', [0, 0, 0], 1, [1, 3], [0, 0, 0]],
    ['one is missing', [0, 0, 0], 1, [2, 2], [1, 0, 0]],
    ['all are', [0, 0, 0], 0, [2, 2], [2, 0, 0]],
    ['one at least', [0, 0, 0], 0, [1, 3], [1, 0, 0]],
    ['one is too many', [0, 0, 0], 3, [2, 2], [0, 0, 1]],
    ['two beyond the most', [0, 0, 0], 5, [1, 3], [0, 0, 2]],
    ['no number is right: the least is', [0, 0, 0], 1, [3, 1], [2, 0, 0]],
    ['and beyond it', [0, 0, 0], 4, [3, 1], [0, 0, 1]],
    ['the one that is lost with its block', [1, 0, 0], 1, [2, 2], [1, 0, 0]],
    ['the one that is back with it', [0, 1, 0], 3, [2, 2], [0, 1, 0]],
    ['the one that is there twice with it', [0, 0, 1], 3, [2, 2], [0, 0, 1]],
    ['one of each', [1, 1, 1], 3, [2, 2], [1, 1, 1]],
    ['a lost block whose line is there', [1, 0, 0], 2, [2, 2], [0, 0, 0]],
    ['of two lost blocks one line is there', [2, 0, 0], 1, [2, 2], [1, 0, 0]],
    ['a lost block whose line is there twice', [1, 0, 0], 3, [2, 2], [0, 0, 1]],
    ['a doubled block whose line is not', [0, 0, 1], 2, [2, 2], [0, 0, 0]],
    ['of two doubled blocks one line is', [0, 0, 2], 3, [2, 2], [0, 0, 1]],
    ['a block that is back without its line', [0, 1, 0], 2, [2, 2], [0, 0, 0]],
    ['of two that are back, one with it', [0, 2, 0], 3, [2, 2], [0, 1, 0]],
    ['one back and one doubled, both without it', [0, 1, 1], 2, [2, 2], [0, 0, 0]],
    ['the same, and one more is missing', [0, 1, 1], 1, [2, 2], [1, 0, 0]],
    ['the doubled one without it, the other with it', [0, 1, 1], 3, [2, 2], [0, 1, 0]],
    ['a block that is back with one line more', [0, 1, 0], 4, [2, 2], [0, 2, 0]],
    ['a doubled one with one line more', [0, 0, 1], 4, [2, 2], [0, 0, 2]],
    ['one back and one doubled with one more: doubled', [0, 1, 1], 5, [2, 2], [0, 1, 2]],
  ])('%s', (_what, ...[[lost, back, twice], is, [least, most], wrong]) => {
    const lot = reconcile({ lost, back, twice }, { is, least, most })
    expect([lot.lost, lot.back, lot.twice]).toEqual(wrong)
  })
})

describe('how often a line may stand there at least and at most', () => {
  const NONE = { added: 0, removed: 0, byBoth: 0 }
  test.each<[string, readonly [number, number, number], Partial<typeof NONE>, readonly [number, number]]>([
    ['nobody touched it', [1, 1, 1], {}, [1, 1]],
    ['the fork added one', [1, 2, 1], { added: 1 }, [1, 2]],
    ['the fork took one away', [2, 1, 2], { removed: 1 }, [1, 2]],
    ['upstream added one', [1, 1, 2], {}, [1, 2]],
    ['upstream took one away', [2, 2, 1], {}, [1, 2]],
    ['both added one', [1, 2, 2], { added: 1 }, [2, 3]],
    ['both took one away', [2, 1, 1], { removed: 1 }, [0, 2]],
    ['both took one away, of three, and the same', [3, 2, 2], { removed: 1, byBoth: 1 }, [1, 3]],
    ['they took away others beside it', [1, 2, 1], { added: 1, byBoth: 2 }, [1, 4]],
    ['the fork moved one', [1, 1, 1], { added: 1, removed: 1 }, [0, 2]],
    ['the fork moved one, and upstream took all away', [2, 2, 0], { added: 1, removed: 1 }, [-1, 2]],
    ['the fork has one, upstream another', [0, 1, 1], { added: 1 }, [1, 2]],
    ['the fork has three of which a diff shows two', [0, 3, 0], { added: 2 }, [0, 3]],
  ])('%s', (_what, [base, head, release], changes, [least, most]) => {
    const at = (result: number): boolean => isBeyond({ base, head, release, result }, { ...NONE, ...changes })
    expect([least - 1, least, most, most + 1].map(at)).toEqual([true, false, false, true])
  })
})

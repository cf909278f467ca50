import { describe, expect, test } from 'vitest'
import { LineOrder } from '../../../../src/core/series/account/line-order.ts'

function order(words: string): LineOrder {
  return new LineOrder(words.split('|').map((each, at) => ({ path: `${at}`, lines: each.split(' ') })))
}

const far = (count: number): string => Array.from({ length: count }, (_, at) => `own${at}`).join(' ')

describe('whether a line stands between the lines that it stood between', () => {
  test.each<[string, string, string, boolean | undefined]>([
    ['between both', 'a x b', 'a x b', true],
    ['with others between', 'a x b', 'a c x d b', true],
    ['below both', 'a x b', 'a b x', false],
    ['above both', 'a x b', 'x a b', false],
    ['at the end, below the one', 'a x', 'a x', true],
    ['at the end, above it', 'a x', 'x a', false],
    ['at the start, above the one', 'x b', 'x b', true],
    ['at the start, below it', 'x b', 'b x', false],
    ['it is gone there', 'a x b', 'a b', undefined],
    ['it was not here', 'a b', 'a x b', undefined],
    ['it stands there twice', 'a x b', 'a x b x', undefined],
    ['it stands here twice', 'x a x b', 'a x b', undefined],
    ['nothing of what was around it is there', 'a x b', 'c x d', undefined],
    ['those around it stand there twice: those beyond say it', 'a c x d b', 'c d a c x d b', true],
    ['those around it stand here twice: those beyond say it', 'c d a c x d b', 'a x b d c', true],
    [
      'those around it moved themselves: those beyond say it',
      'a apart x apart2 b',
      'apart2 a x b apart',
      true,
    ],
    ['in another file', 'a|x b', 'a x|b', true],
    ['two hundred lines away', `a ${far(199)} x`, 'x a', false],
    ['further away', `a ${far(200)} x`, 'x a', undefined],
  ])('%s', (_what, here, there, expected) => {
    expect(
      order(here).agrees(
        'x',
        order(there),
        new Map([
          ['apart', 1],
          ['apart2', 1],
        ]),
      ),
    ).toBe(expected)
  })
})

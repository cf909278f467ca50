import { describe, expect, test } from 'vitest'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { Entry } from '../../../src/core/model/tree.ts'
import {
  conflictName,
  readSettlement,
  settledTrailer,
  settlementsIn,
  type Settlement,
} from '../../../src/core/series/settlement.ts'
import { TRAILER } from '../../../src/core/series/trailer.ts'

const CONFLICT = '0123456789abcdef'

function settlement(more: Partial<Settlement> = {}): Settlement {
  return { patch: 'p1', side: 'mine', conflict: CONFLICT, path: 'roles/a.yml', ...more }
}

describe('what a commit says of a settlement is read as it was written', () => {
  test.each(['mine', 'upstream', 'both', 'hand', 'follows', 'open', 'forgotten'] as const)('%s', (side) => {
    const [key, value] = settledTrailer(settlement({ side }))
    expect([key, value]).toEqual([TRAILER.settled, `${side} ${CONFLICT} p1 roles/a.yml`])
    expect(readSettlement(value)).toEqual([settlement({ side })])
  })

  test.each([
    ['a b/c d.yml', 'a b/c d.yml'],
    ['100%.yml', '100%25.yml'],
    ['%41.yml', '%2541.yml'],
    ['a\nb', 'a%0Ab'],
    ['a\r\tb', 'a%0D%09b'],
    ['a\u2028b\u2029c', 'a%E2%80%A8b%E2%80%A9c'],
    ['naïve/ß.yml', 'naïve/ß.yml'],
  ])('a path %j', (path, shown) => {
    const [, value] = settledTrailer(settlement({ path }))
    expect(value).toBe(`mine ${CONFLICT} p1 ${shown}`)
    expect(readSettlement(value)).toEqual([settlement({ path })])
  })
})

describe('what cannot be read is none', () => {
  test.each([
    '',
    'mine',
    `theirs ${CONFLICT} p1 a`,
    `mine ${CONFLICT.slice(1)} p1 a`,
    `mine ${CONFLICT}0 p1 a`,
    `mine ${CONFLICT.toUpperCase()} p1 a`,
    `mine ${CONFLICT} p1`,
    `mine ${CONFLICT} p1 `,
    ` mine ${CONFLICT} p1 a`,
    `so mine ${CONFLICT} p1 a`,
  ])('%j', (value) => {
    expect(readSettlement(value)).toEqual([])
  })

  test('of a path what is not spelt as we do stays as it is', () => {
    expect(readSettlement(`mine ${CONFLICT} p1 50%`)).toEqual([settlement({ path: '50%' })])
    expect(readSettlement(`mine ${CONFLICT} p1 %zz%0a%0A`)).toEqual([settlement({ path: '%zz%0a\n' })])
    // No text in UTF-8.
    expect(readSettlement(`mine ${CONFLICT} p1 %FF`)).toEqual([settlement({ path: '%FF' })])
  })
})

test('a message tells every settlement, in its order, and others’ lines are none', () => {
  const [one, two] = [settlement(), settlement({ side: 'hand', path: 'b' })]
  const lines = [one, two].map((each) => settledTrailer(each).join(': '))
  const message = `Settle it\n\nSo: it is\n${lines[0]}\nOther: ${lines[0]?.split(': ')[1]}\n${lines[1]}\n`
  expect(settlementsIn(message)).toEqual([one, two])
  expect(settlementsIn('Settle it')).toEqual([])
})

describe('a conflict is named by what met in it', () => {
  const entry = (digit: string, mode: Entry['mode'] = '100644'): Entry => ({
    mode,
    oid: digit.repeat(40) as Oid,
  })
  const name = (path: string, ...entries: (Entry | undefined)[]) => conflictName(path, entries)
  const [one, two, three] = [entry('1'), entry('2'), entry('3')]

  test('the same name for the same', () => {
    expect(name('f', one, two, three)).toBe(name('f', one, two, three))
    expect(name('f', one, two, three)).toMatch(/^[0-9a-f]{16}$/)
  })

  test.each([
    ['another path', 'g', [one, two, three]],
    ['another order', 'f', [two, one, three]],
    ['another text', 'f', [one, two, entry('4')]],
    ['another mode', 'f', [one, two, entry('3', '100755')]],
    ['nothing there', 'f', [one, undefined, three]],
    ['nothing before', 'f', [undefined, two, three]],
    ['nothing at all', 'f', [undefined, undefined, undefined]],
  ])('another for %s', (_what, path, entries) => {
    expect(name(path, ...entries)).not.toBe(name('f', one, two, three))
  })

  test('nothing there is something else than no side', () => {
    expect(name('f', one, undefined)).not.toBe(name('f', one))
    expect(name('f', undefined, one)).not.toBe(name('f', one, undefined))
  })
})

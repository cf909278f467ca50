import { expect, test } from 'vitest'
import { addAllTo, addTo, grouped } from '../../../../src/core/model/collections/grouped.ts'

test('values by a key, each group and all groups in the order in which they come', () => {
  expect([...grouped(['b1', 'a1', 'b2'], ([first]) => first)]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ])
})

test('what is added goes behind what is there, and a list that was handed over stays as it is', () => {
  const groups = new Map<string, number[]>()
  const own = [1, 2]
  addAllTo(groups, 'a', own)
  addTo(groups, 'a', 3)
  addAllTo(groups, 'b', [])
  expect([...groups]).toEqual([
    ['a', [1, 2, 3]],
    ['b', []],
  ])
  expect(own).toEqual([1, 2])
})

test('more values than a call takes arguments', () => {
  const groups = new Map([['a', [0]]])
  addAllTo(
    groups,
    'a',
    Array.from({ length: 500_000 }, (_, at) => at),
  )
  expect(groups.get('a')).toHaveLength(500_001)
})

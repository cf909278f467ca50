import { expect, test } from 'vitest'
import { oncePer } from '../../../../src/core/model/collections/once-per.ts'

test('computes once for each object, whatever it holds', () => {
  const asked: object[] = []
  const first = oncePer((lines: readonly string[]) => {
    asked.push(lines)
    return lines[0]
  })
  const [one, same, empty] = [['a'], ['a'], [] as string[]]
  expect([first(one), first(one), first(same), first(empty), first(empty)]).toEqual([
    'a',
    'a',
    'a',
    undefined,
    undefined,
  ])
  expect(asked).toEqual([one, same, empty])
})

test('what fails is asked again', () => {
  let times = 0
  const failing = oncePer(() => {
    times++
    throw new Error('no')
  })
  const key = {}
  expect(() => failing(key)).toThrow('no')
  expect(() => failing(key)).toThrow('no')
  expect(times).toBe(2)
})

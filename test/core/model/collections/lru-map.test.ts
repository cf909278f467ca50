import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LruMap } from '../../../../src/core/model/collections/lru-map.ts'
import { runs } from '../../../support/fast-check.ts'

test('what was asked for longest ago goes first', () => {
  const map = new LruMap<string, number>(2)
  map.set('a', 1)
  map.set('b', 2)
  expect(map.get('a')).toBe(1)
  map.set('c', 3)
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3])
})

test('a value that is heavier than the limit is not kept, and pushes nothing out', () => {
  const map = new LruMap<string, string>(4, (text) => text.length)
  map.set('a', 'aa')
  map.set('b', 'bbbbb')
  expect([map.get('a'), map.get('b')]).toEqual(['aa', undefined])
})

test('a key that gets a value too heavy to keep has none, rather than its old one', () => {
  const map = new LruMap<string, string>(4, (text) => text.length)
  map.set('a', 'aa')
  map.set('a', 'aaaaa')
  expect(map.get('a')).toBeUndefined()
})

test('the name of an entry may weigh as well', () => {
  const map = new LruMap<string, string>(4, (text, key) => text.length + key.length)
  for (const name of ['aa', 'bb', 'cc']) map.set(name, '')
  expect([map.get('aa'), map.get('bb'), map.get('cc')]).toEqual([undefined, '', ''])
  map.delete('bb')
  map.set('dd', '')
  expect([map.get('cc'), map.get('dd')]).toEqual(['', ''])
})

test('it never weighs more than its limit, and always holds what was set last', () => {
  const sets = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.string({ maxLength: 6 })))
  fc.assert(
    fc.property(sets, (entries) => {
      const map = new LruMap<string, string>(8, (text) => text.length + 1)
      for (const [key, text] of entries) {
        map.set(key, text)
        expect(map.get(key)).toBe(text)
        const kept = ['a', 'b', 'c', 'd', 'e'].flatMap((each) => map.get(each) ?? [])
        expect(kept.reduce((sum, each) => sum + each.length + 1, 0)).toBeLessThanOrEqual(8)
      }
    }),
    runs(300),
  )
})

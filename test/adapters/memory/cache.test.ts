import { expect, test } from 'vitest'
import { MemoryCache } from '../../../src/adapters/memory/cache.ts'
import { describeCache } from '../../contract/cache.ts'

describeCache('memory', () => Promise.resolve(new MemoryCache()))

test('forgets what was used longest ago', async () => {
  const cache = new MemoryCache(2)
  await cache.put('a', 1)
  await cache.put('b', 2)
  await cache.get('a')
  await cache.put('c', 3)
  expect(await Promise.all(['a', 'b', 'c'].map((key) => cache.get(key)))).toEqual([1, undefined, 3])
})

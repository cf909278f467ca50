import { expect, test } from 'vitest'
import { MemoryValueCache } from '../../../src/adapters/memory/memory-value-cache.ts'
import { describeCache } from '../../contract/value-cache.ts'

describeCache('memory', () => Promise.resolve(new MemoryValueCache()))

test('forgets what was used longest ago', async () => {
  const cache = new MemoryValueCache(2)
  await cache.put('a', 1)
  await cache.put('b', 2)
  await cache.get('a')
  await cache.put('c', 3)
  expect(await Promise.all(['a', 'b', 'c'].map((key) => cache.get(key)))).toEqual([1, undefined, 3])
})

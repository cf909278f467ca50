import { describe, expect, test } from 'vitest'
import type { ValueCache } from '../../src/ports/value-cache.ts'

/** What every cache does: one suite for all adapters. */
export function describeCache(name: string, open: () => Promise<ValueCache>): void {
  describe(`${name} as a cache`, () => {
    test('gives nothing before something was put', async () => {
      expect(await (await open()).get('catalogue-1-abc')).toBeUndefined()
    })

    test('gives back what was put last, as plain JSON', async () => {
      const cache = await open()
      await cache.put('catalogue-1-abc', { a: [1, 'two', { three: true }] })
      await cache.put('catalogue-1-abc', { a: [2] })
      await cache.put('other', 'text')
      expect(await cache.get('catalogue-1-abc')).toEqual({ a: [2] })
      expect(await cache.get('other')).toBe('text')
    })
  })
}

import { expect, test } from 'vitest'
import { memoryCache } from '../../../src/adapters/memory/memory-cache.ts'

const bytes = (length: number) => new Uint8Array(length)

test('gives back what it was given, and leaves out the rest', async () => {
  const cache = memoryCache()
  await cache.write(new Map([['a', bytes(3)]]))
  expect(await cache.read(['a', 'b'])).toEqual(new Map([['a', bytes(3)]]))
})

test('forgets what was unused for longest once it is full', async () => {
  const cache = memoryCache(18)
  await cache.write(
    new Map([
      ['old', bytes(4)],
      ['older', bytes(4)],
    ]),
  )
  await cache.read(['old'])
  await cache.write(new Map([['new', bytes(4)]]))
  expect([...(await cache.read(['old', 'older', 'new'])).keys()]).toEqual(['old', 'new'])
})

test('does not keep what is larger than all of it, and counts a second writing once', async () => {
  const cache = memoryCache(18)
  await cache.write(new Map([['huge', bytes(15)]]))
  for (let again = 0; again < 5; again++) await cache.write(new Map([['same', bytes(4)]]))
  await cache.write(new Map([['other', bytes(4)]]))
  expect([...(await cache.read(['huge', 'same', 'other'])).keys()]).toEqual(['same', 'other'])
})

test('what is known by its name alone weighs its name: there is no end of such names', async () => {
  const cache = memoryCache(100)
  const names = Array.from({ length: 50 }, (_, index) => `written:${1000 + index}`)
  for (const name of names) await cache.write(new Map([[name, bytes(0)]]))
  expect([...(await cache.read(names)).keys()]).toEqual(names.slice(-8))
})

import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DiskCache } from '../../../src/adapters/cache/disk-cache.ts'
import { describeCache } from '../../contract/value-cache.ts'
import { removeFolder } from '../../support/remove-folder.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'multiarch-cache-'))
})
afterAll(() => removeFolder(root))

let opened = 0
describeCache('disk', () => Promise.resolve(new DiskCache(join(root, `deep/${opened++}`))))

test('another process finds it, and a file cut short counts as nothing', async () => {
  const folder = join(root, 'shared')
  await new DiskCache(folder).put('a', { b: 1 })
  expect(await new DiskCache(folder).get('a')).toEqual({ b: 1 })
  expect(await readdir(folder)).toEqual(['a.json'])
  await writeFile(join(folder, 'a.json'), '{"b":')
  expect(await new DiskCache(folder).get('a')).toBeUndefined()
})

test('a folder that cannot be made keeps nothing and breaks nothing', async () => {
  await writeFile(join(root, 'file'), '')
  const cache = new DiskCache(join(root, 'file'))
  await cache.put('a', 1)
  expect(await cache.get('a')).toBeUndefined()
})

test('a key never leads out of the folder', async () => {
  const cache = new DiskCache(join(root, 'safe'))
  await expect(cache.get('../a')).rejects.toThrow('no cache key')
  await expect(cache.put('a/b', 1)).rejects.toThrow('no cache key')
})

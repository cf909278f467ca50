import { expect, test } from 'vitest'
import { memoryObjectStore } from './memory-object-store.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { describeObjectStore } from '../../contract/object-store.ts'
import { historyIn } from '../history.ts'

describeObjectStore('memory', async () => ({ store: memoryObjectStore() }))

test('HEAD is unborn until its branch exists', async () => {
  const store = memoryObjectStore({ head: 'refs/heads/trunk' })
  expect(await store.defaultBranch()).toBeUndefined()
  await historyIn(store).commit('first', { a: 'a\n' }, { ref: 'refs/heads/trunk' })
  expect(await store.defaultBranch()).toBe('refs/heads/trunk')
})

test('a tree whose blobs were never written is refused', async () => {
  const oid = 'ce013625030ba8dba906f756967f9e9ca394464a' as Oid
  await expect(memoryObjectStore().writeTree(new Map([['a', { mode: '100644', oid }]]))).rejects.toThrow(oid)
})

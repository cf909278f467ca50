import { expect, test } from 'vitest'
import type { Tree } from '../../../src/core/model/tree.ts'
import { emptyWorld } from '../../support/demo.ts'

/** More folders than a store keeps, so that one reading makes it forget what another has just read. */
const TREES = 180
const FOLDERS = 60

test('trees that are read at once have all their folders, however many others the store reads beside them', async () => {
  const { store, reopen } = emptyWorld()
  const [oid] = await store.writeBlobs([new TextEncoder().encode('a\n')])
  if (!oid) throw new Error('no blob')
  const trees = Array.from({ length: TREES }, (_, tree): Tree => {
    const paths = Array.from({ length: FOLDERS }, (__, folder) => `${folder}/${tree}-${folder}`)
    return new Map(paths.map((path) => [path, { mode: '100644', oid }]))
  })
  const oids = []
  for (const tree of trees) oids.push(await store.writeTree(tree))
  await store.flush()
  const again = reopen()
  const read = await Promise.all(oids.map((each) => again.readTree(each)))
  expect(read.map(({ size }) => size)).toEqual(trees.map(({ size }) => size))
})

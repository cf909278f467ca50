import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import type { Oid } from '../../../src/core/model/oid.ts'
import { withChanges, type Tree } from '../../../src/core/model/tree.ts'
import { emptyWorld } from '../../support/demo.ts'

/** More folders than a store keeps, so that one reading makes it forget what another has just read. */
const TREES = 180
const FOLDERS = 60

test('trees that are read at once have all their folders, however many others the store reads beside them', async () => {
  const world = emptyWorld()
  const { store } = world
  const [oid] = await store.writeBlobs([new TextEncoder().encode('a\n')])
  if (!oid) throw new Error('no blob')
  const trees = Array.from({ length: TREES }, (_, tree): Tree => {
    const paths = Array.from({ length: FOLDERS }, (__, folder) => `${folder}/${tree}-${folder}`)
    return new Map(paths.map((path) => [path, { mode: '100644', oid }]))
  })
  const oids = []
  for (const tree of trees) oids.push(await store.writeTree(tree))
  await store.flush()
  const again = world.reopen()
  const read = await Promise.all(oids.map((each) => again.readTree(each)))
  expect(read.map(({ size }) => size)).toEqual(trees.map(({ size }) => size))
})

test('a folder that git has in an old form is written anew, in the form of today', async () => {
  const world = emptyWorld()
  const { store, path } = world
  const [oid] = await store.writeBlobs([new TextEncoder().encode('a\n')])
  await store.flush()
  const mktree = (rows: string): string =>
    execFileSync('git', ['-C', path, 'mktree'], { input: rows, encoding: 'utf8' }).trim()
  const old = mktree(`100664 blob ${oid}\tfile\n`)
  const plain = mktree(`100644 blob ${oid}\tfile\n`)
  const root = mktree(`040000 tree ${old}\told\n040000 tree ${plain}\tplain\n`) as Oid
  expect(old).not.toBe(plain)
  const tree = await store.readTree(root)
  const changed = withChanges(tree, new Map([['new', { mode: '100644', oid: oid as Oid }]]))
  const written = await store.writeTree(changed)
  await store.flush()
  expect(world.git('ls-tree', '-r', '-t', written).split('\n')).toEqual([
    `100644 blob ${oid}\tnew`,
    `040000 tree ${plain}\told`,
    `100644 blob ${oid}\told/file`,
    `040000 tree ${plain}\tplain`,
    `100644 blob ${oid}\tplain/file`,
  ])
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EMPTY_TREE, blobOid, type Oid } from '../../src/core/model/oid.ts'
import { treeOid, type Tree } from '../../src/core/model/tree.ts'
import type { ObjectStore } from '../../src/ports/object-store.ts'
import { historyIn, signature, treeIn } from '../support/history.ts'
import { describeHistory } from './history.ts'

export interface OpenedStore {
  readonly store: ObjectStore
  /** Makes an annotated tag, where the store can hold one. */
  annotate?: (name: string, to: Oid) => Promise<void>
  /** The same repository once more: a store may answer from what it saw first. */
  reopen?: () => ObjectStore
  dispose?: () => Promise<void>
}

/** What the refused trees are made of, so that nothing but their form is wrong. */
const REFUSED_CONTENTS = ['x', 'file\n', 'in a folder\n', 'a\n'].map((text) => Buffer.from(text))
const MISSING = '1234567890123456789012345678901234567890' as Oid

/** What every object store must do. `open` gives a fresh one whose `HEAD` names `refs/heads/main`. */
export function describeObjectStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name} as an object store`, () => {
    let opened: OpenedStore
    let store: ObjectStore
    beforeAll(async () => {
      opened = await open()
      store = opened.store
    })
    afterAll(async () => {
      await store?.close()
      await opened?.dispose?.()
    })

    describe('blobs', () => {
      const contents = [
        ['empty', new Uint8Array()],
        ['no newline at the end', Buffer.from('a: 1')],
        ['carriage returns and a byte order mark', Buffer.from('\uFEFFa\r\nb\r\n')],
        ['bytes that are no UTF-8', Uint8Array.from([0, 255, 254, 10, 0, 128])],
        ['more than a mebibyte', Buffer.alloc(1_200_000, 'kubespray\n')],
      ] as const

      test.each(contents)('come back as they were written: %s', async (_, bytes) => {
        const [oid] = await store.writeBlobs([bytes])
        expect(oid).toBe(blobOid(bytes))
        const read = await store.readBlobs([oid as Oid])
        expect(Buffer.compare(read.get(oid as Oid) as Uint8Array, bytes)).toBe(0)
      })

      test('of a tree that is lent are read, and nothing of it is written', async () => {
        const bytes = Buffer.from(`lent ${Math.random()}`)
        const tree: Tree = new Map([['seen/only', { mode: '100644', oid: blobOid(bytes) }]])
        const oid = store.lend(tree, [bytes])
        expect(oid).toBe(treeOid(tree))
        expect(await store.readTree(oid)).toEqual(tree)
        expect([...(await store.readBlobs([blobOid(bytes)])).values()].map(String)).toEqual([String(bytes)])
        await store.flush()
        const again = opened.reopen?.()
        if (again) expect((await again.readBlobs([blobOid(bytes)])).size).toBe(0)
      })

      test('come in one batch, doubles once, nothing for nothing', async () => {
        const oids = await store.writeBlobs([Buffer.from('one'), Buffer.from('two'), Buffer.from('one')])
        expect(oids[0]).toBe(oids[2])
        const read = await store.readBlobs(oids)
        expect([...read.keys()].sort()).toEqual([...new Set(oids)].sort())
        expect(Buffer.from(read.get(oids[1] as Oid) as Uint8Array).toString()).toBe('two')
        expect((await store.readBlobs([])).size).toBe(0)
        expect(await store.writeBlobs([])).toEqual([])
      })

      test('a missing one is left out, beside one that is there', async () => {
        const [there] = await store.writeBlobs([Buffer.from('there')])
        expect([...(await store.readBlobs([there as Oid, MISSING])).keys()]).toEqual([there])
      })

      test('a tree asked for as a blob is no blob', async () => {
        const tree = await store.writeTree(await treeIn(store, { 'a.yml': 'a: 1\n' }))
        expect((await store.readBlobs([tree])).size).toBe(0)
      })
    })

    describe('trees', () => {
      test('keep folders, modes, links and odd names, and have git’s ids', async () => {
        const tree = await treeIn(store, {
          'README.md': 'read me\n',
          'roles/etcd/tasks/main.yml': '- debug:\n',
          'roles/etcd.yml': 'sorts between folder and file\n',
          'roles/etcd-x/a': 'x',
          'scripts/run.sh': { mode: '100755', content: '#!/bin/sh\n' },
          link: { mode: '120000', content: 'README.md' },
          'with space/ümläut – dash.txt': 'odd\n',
          'quote"and\\slash': 'odd\n',
        })
        const oid = await store.writeTree(tree)
        expect(oid).toBe(treeOid(tree))
        expect(sorted(await store.readTree(oid))).toEqual(sorted(tree))
      })

      test('a gitlink needs no commit of that id', async () => {
        const tree = new Map(await treeIn(store, { '.gitmodules': '[submodule "x"]\n' }))
        tree.set('x', { mode: '160000', oid: MISSING })
        expect(sorted(await store.readTree(await store.writeTree(tree)))).toEqual(sorted(tree))
      })

      test('the empty tree can be written and read', async () => {
        expect(await store.writeTree(new Map())).toBe(EMPTY_TREE)
        expect((await store.readTree(EMPTY_TREE)).size).toBe(0)
      })

      test('a commit’s tree is read by the commit’s id', async () => {
        const commit = await historyIn(store).commit('one file', { 'a/b.yml': 'b\n' })
        expect([...(await store.readTree(commit)).keys()]).toEqual(['a/b.yml'])
      })

      test.each(['../out', 'a//b', '/abs', '.git/config', 'a/.GIT/hooks/x', 'a/./b', ''])(
        'a path that could leave the tree is refused: %j',
        async (path) => {
          const [oid] = await store.writeBlobs([Buffer.from('x')])
          const tree: Tree = new Map([[path, { mode: '100644', oid: oid as Oid }]])
          await expect(published({ tree })).rejects.toThrow()
        },
      )

      test('a path that is file and folder at once is refused', async () => {
        const tree = await treeIn(store, { a: 'file\n', 'a/b': 'in a folder\n' })
        await expect(published({ tree })).rejects.toThrow()
      })

      test('a missing tree throws, and a blob is none', async () => {
        const [blob] = await store.writeBlobs([Buffer.from('not a tree')])
        await expect(store.readTree(MISSING)).rejects.toThrow(MISSING)
        await expect(store.readTree(blob as Oid)).rejects.toThrow()
      })
    })

    describe('commits', () => {
      test('keep people, times, zones, parents and message', async () => {
        const first = await historyIn(store).commit('first', { a: 'a\n' })
        const tree = await store.writeTree(await treeIn(store, { a: 'b\n' }))
        const author = { name: 'Zoë Ünïcode', email: 'zoe@example.com', time: 1_500_000_001, zone: '-0330' }
        const committer = {
          name: 'multiarch[bot]',
          email: 'bot@example.com',
          time: 1_700_000_000,
          zone: '+0000',
        }
        const message = 'etcd: run on arm64 – everywhere\n\nWhy: boards.\n\nMultiarch-Patch: 12345'
        const commit = { tree, parents: [first], author, committer, message }
        const oid = await store.writeCommit(commit)
        expect((await store.readCommits([oid])).get(oid)).toEqual({ oid, ...commit })
      })

      test('the same commit written twice has one id', async () => {
        const write = () => historyIn(store).commit('same', { a: 'same\n' })
        expect(await write()).toBe(await write())
      })

      test('a missing one throws, and so does an id that is no commit', async () => {
        const tree = await store.writeTree(await treeIn(store, { a: 'a\n' }))
        await expect(store.readCommits([MISSING])).rejects.toThrow(MISSING)
        await expect(store.readCommits([tree])).rejects.toThrow()
        expect((await store.readCommits([])).size).toBe(0)
      })

      test('a commit on a missing tree or parent is refused', async () => {
        const tree = await treeIn(store, { a: 'a\n' })
        await expect(published({ tree })).resolves.toBeUndefined()
        await expect(published({ tree: MISSING })).rejects.toThrow()
        await expect(published({ tree, parents: [MISSING] })).rejects.toThrow()
      })
    })

    /** In a store of its own, commits a tree and puts a branch there: whatever is wrong with it must be refused on the way. */
    async function published(commit: { tree: Tree | Oid; parents?: readonly Oid[] }): Promise<void> {
      const own = await open()
      try {
        await own.store.writeBlobs(REFUSED_CONTENTS)
        const tree = typeof commit.tree === 'string' ? commit.tree : await own.store.writeTree(commit.tree)
        const people = { author: signature(0), committer: signature(0), message: 'refused' }
        const to = await own.store.writeCommit({ tree, parents: commit.parents ?? [], ...people })
        await own.store.moveRef({ name: 'refs/heads/refused', from: undefined, to })
      } finally {
        await own.store.close().catch(() => {}) // what was refused cannot be flushed either
        await own.dispose?.()
      }
    }

    describeHistory(() => opened)
  })
}

function sorted(tree: Tree): unknown {
  return [...tree].sort(([a], [b]) => (a < b ? -1 : 1))
}

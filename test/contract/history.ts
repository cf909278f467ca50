import { beforeAll, describe, expect, test } from 'vitest'
import type { Oid } from '../../src/core/model/oid.ts'
import type { LoggedCommit } from '../../src/core/model/commit.ts'
import type { ObjectStore } from '../../src/ports/object-store.ts'
import { historyIn } from '../support/history.ts'
import type { OpenedStore } from './object-store.ts'

const MISSING = '1234567890123456789012345678901234567890' as Oid

/** Refs and history, the second half of the object-store suite. */
export function describeHistory(opened: () => OpenedStore): void {
  let store: ObjectStore
  let history: ReturnType<typeof historyIn>
  beforeAll(() => {
    store = opened().store
    history = historyIn(store)
  })

  describe('refs', () => {
    test('are listed by prefix with what they point to', async () => {
      const one = await history.commit('one', { a: '1\n' }, { ref: 'refs/heads/list/one' })
      const two = await history.commit('two', { a: '2\n' }, { ref: 'refs/heads/list/two' })
      await history.point('refs/tags/list-tag', one)
      expect(await store.listRefs('refs/heads/list/')).toEqual(
        new Map([
          ['refs/heads/list/one', one],
          ['refs/heads/list/two', two],
        ]),
      )
      expect((await store.listRefs('refs/tags/')).get('refs/tags/list-tag')).toBe(one)
      expect((await store.listRefs('refs/heads/nothing-here/')).size).toBe(0)
    })

    test('an annotated tag is listed and resolved as its commit', async ({ skip }) => {
      const annotate = opened().annotate
      if (!annotate) return skip('this store holds no tag objects')
      const commit = await history.commit('tagged', { a: 'tagged\n' }, { ref: 'refs/heads/tagged' })
      await annotate('v9.9.9', commit)
      const later = opened().reopen?.() ?? store
      expect((await later.listRefs('refs/tags/')).get('refs/tags/v9.9.9')).toBe(commit)
      expect(await later.resolve('v9.9.9')).toEqual({ oid: commit, type: 'commit' })
    })

    test('the default branch is what HEAD names', async () => {
      await history.point('refs/heads/main', await history.commit('on main', { a: 'main\n' }))
      expect(await store.defaultBranch()).toBe('refs/heads/main')
    })

    test('so does one beside branches and tags, which goes forwards only', async () => {
      const name = 'refs/multiarch/decisions'
      const a = await history.commit('a', { a: 'a\n' })
      const b = await history.commit('b', { a: 'b\n' }, { parents: [a] })
      const other = await history.commit('other', { a: 'c\n' }, { parents: [a] })
      expect(await store.moveRef({ name, from: undefined, to: a })).toBe(true)
      expect(await store.moveRef({ name, from: undefined, to: b })).toBe(false) // there already
      expect(await store.moveRef({ name, from: a, to: b })).toBe(true)
      expect(await store.moveRef({ name, from: a, to: other })).toBe(false) // somebody was faster
      expect((await store.listRefs(name)).get(name)).toBe(b)
      expect((await store.listRefs('refs/heads/')).has(name)).toBe(false)
    })

    test('a ref moves only from where it was last seen', async () => {
      const [a, b, c] = [
        await history.commit('a', { f: 'a\n' }),
        await history.commit('b', { f: 'b\n' }),
        await history.commit('c', { f: 'c\n' }),
      ]
      const name = 'refs/heads/moving/one'
      expect(await store.moveRef({ name, from: a, to: b })).toBe(false) // not there yet
      expect(await store.moveRef({ name, from: undefined, to: a })).toBe(true)
      expect(await store.moveRef({ name, from: undefined, to: b })).toBe(false) // there already
      expect(await store.moveRef({ name, from: b, to: c })).toBe(false) // someone else moved it
      expect((await store.listRefs(name)).get(name)).toBe(a)
      expect(await store.moveRef({ name, from: a, to: c })).toBe(true) // not a descendant: allowed
      expect(await store.moveRef({ name, from: c, to: c })).toBe(true)
      expect((await store.listRefs(name)).get(name)).toBe(c)
    })

    test('of two who move one ref at once, one wins', async () => {
      const start = await history.commit('start', { f: 'start\n' }, { ref: 'refs/heads/race' })
      const ends = await Promise.all(['x', 'y'].map((end) => history.commit(end, { f: end })))
      const won = await Promise.all(
        ends.map((to) => store.moveRef({ name: 'refs/heads/race', from: start, to })),
      )
      expect([...won].sort()).toEqual([false, true])
      expect((await store.listRefs('refs/heads/race')).get('refs/heads/race')).toBe(ends[won.indexOf(true)])
    })

    test('a ref is never moved to nothing, nor under a name git could not store', async () => {
      const to = await history.commit('target', { f: 'target\n' }, { ref: 'refs/heads/taken' })
      await expect(moved({ name: 'refs/heads/to-nothing', from: undefined, to: MISSING })).resolves.toBe(
        false,
      )
      for (const name of ['refs/heads/taken/below', 'refs/heads/a..b', 'refs/heads/x.lock', 'refs/heads/a b'])
        await expect(moved({ name, from: undefined, to }), name).resolves.toBe(false)
      expect((await store.listRefs('refs/heads/to-nothing')).size).toBe(0)
    })

    async function moved(move: Parameters<ObjectStore['moveRef']>[0]): Promise<boolean> {
      return store.moveRef(move).catch(() => false)
    }
  })

  describe('revisions', () => {
    test('ids, short ids, branches, tags, full names and HEAD', async () => {
      const commit = await history.commit('named', { f: 'named\n' }, { ref: 'refs/heads/main' })
      await history.point('refs/tags/v1.2.3', commit)
      const asCommit = { oid: commit, type: 'commit' }
      for (const revision of ['main', 'refs/heads/main', 'v1.2.3', 'refs/tags/v1.2.3', 'HEAD', commit])
        expect(await store.resolve(revision), revision).toEqual(asCommit)
      expect(await store.resolve(commit.slice(0, 12))).toEqual(asCommit)
      const tree = (await store.readCommits([commit])).get(commit)?.tree as Oid
      expect(await store.resolve(tree)).toEqual({ oid: tree, type: 'tree' })
    })

    test.each(['no-such-branch', MISSING, '--all', 'refs/heads/nope', 'a b', ''])(
      'nothing is called %j',
      async (revision) => {
        expect(await store.resolve(revision)).toBeUndefined()
      },
    )
  })

  describe('ancestry', () => {
    /*
     *  root ── left ── merge ── tip
     *     \── right ──/
     *      \── side           other (unrelated)
     */
    let at: Record<'root' | 'left' | 'right' | 'merge' | 'tip' | 'side' | 'other', Oid>
    beforeAll(async () => {
      const root = await history.commit('root', { 'a.yml': 'a\n', 'd/b.yml': 'b\n', 'd/c.yml': 'c\n' })
      const left = await history.commit('left', { 'a.yml': 'left\n' }, { parents: [root] })
      const right = await history.commit('right', { 'd/b.yml': undefined, new: 'n\n' }, { parents: [root] })
      const merge = await history.commit(
        'merge',
        { 'd/b.yml': undefined, new: 'n\n' },
        { parents: [left, right] },
      )
      const tip = await history.commit(
        'tip',
        { 'd/c.yml': { mode: '100755', content: 'c\n' }, 'd/deep/e.yml': 'e\n' },
        { parents: [merge] },
      )
      const side = await history.commit('side', { 'a.yml': 'side\n' }, { parents: [root] })
      const other = await history.commit('other', { z: 'z\n' })
      at = { root, left, right, merge, tip, side, other }
      // GitHub keeps only what a ref can reach.
      for (const [name, oid] of Object.entries(at)) await history.point(`refs/heads/graph/${name}`, oid)
    })

    test('the best common ancestor', async () => {
      expect(await store.mergeBase(at.tip, at.side)).toBe(at.root)
      expect(await store.mergeBase(at.tip, at.right)).toBe(at.right)
      expect(await store.mergeBase(at.left, at.left)).toBe(at.left)
      expect(await store.mergeBase(at.left, at.right)).toBe(at.root)
      expect(await store.mergeBase(at.tip, at.other)).toBeUndefined()
      await expect(store.mergeBase(at.tip, MISSING)).rejects.toThrow()
    })

    test('a log lists children before parents', async () => {
      const log = await store.log({ to: at.tip, not: [at.root] })
      expect(subjects(log).slice(0, 2)).toEqual(['tip', 'merge'])
      expect(subjects(log).slice(2).sort()).toEqual(['left', 'right'])
      expect(log[1]).toMatchObject({ oid: at.merge, parents: [at.left, at.right] })
      expect(log[0]?.author).toMatchObject({ name: 'Test Person', zone: '+0200' })
      expect(log[0]?.message.trimEnd()).toBe('tip')
    })

    test('a log says what each commit did at each path', async () => {
      const log = await store.log({ to: at.tip, not: [at.root] })
      const of = (oid: Oid) =>
        log
          .find((each) => each.oid === oid)
          ?.changes.map(described)
          .sort()
      expect(of(at.tip)).toEqual(['d/c.yml 100644→100755', 'd/deep/e.yml absent→100644'])
      expect(of(at.right)).toEqual(['d/b.yml 100644→absent', 'new absent→100644'])
      expect(of(at.left)).toEqual(['a.yml 100644→100644'])
      expect(of(at.merge), 'against its first parent').toEqual(['d/b.yml 100644→absent', 'new absent→100644'])
      const [change] = log.find((each) => each.oid === at.left)?.changes ?? []
      expect(change?.before).toEqual((await store.readTree(at.root)).get('a.yml'))
      expect(change?.after).toEqual((await store.readTree(at.left)).get('a.yml'))
    })

    test('a root commit adds every file', async () => {
      const [root] = await store.log({ to: at.root, not: [] })
      expect(root?.changes.map(described).sort()).toEqual([
        'a.yml absent→100644',
        'd/b.yml absent→100644',
        'd/c.yml absent→100644',
      ])
    })

    test('what is reachable from a `not` is left out; nothing may be left', async () => {
      expect(subjects(await store.log({ to: at.tip, not: [at.left, at.side] })).sort()).toEqual([
        'merge',
        'right',
        'tip',
      ])
      expect(await store.log({ to: at.root, not: [at.tip] })).toEqual([])
      expect(subjects(await store.log({ to: at.other, not: [at.tip] }))).toEqual(['other'])
    })

    test.each([
      [['a.yml'], ['left']],
      [
        ['d/deep/e.yml', 'new'],
        ['right', 'tip'],
      ],
      [['d/*', 'none.yml'], []],
    ])('a log of %j has the commits that touched it, with those changes', async (paths, wanted) => {
      const log = await store.log({ to: at.tip, not: [at.root], paths })
      const touching = log.filter((commit) => commit.changes.some(({ path }) => paths.includes(path)))
      // A merge that only brings a change from one parent may be left out.
      const own = touching.filter(({ parents }) => parents.length < 2)
      expect(subjects(own).sort()).toEqual(wanted)
      for (const commit of touching)
        for (const change of commit.changes.filter(({ path }) => paths.includes(path))) {
          const [first] = commit.parents
          expect(change.after).toEqual((await store.readTree(commit.oid)).get(change.path))
          expect(change.before).toEqual((await store.readTree(first as Oid)).get(change.path))
        }
    })

    test('a log from a missing commit throws', async () => {
      await expect(store.log({ to: MISSING, not: [] })).rejects.toThrow()
      await expect(store.log({ to: at.tip, not: [MISSING] })).rejects.toThrow()
    })
  })
}

function subjects(log: readonly LoggedCommit[]): string[] {
  return log.map(({ message }) => message.trimEnd())
}

function described({ path, before, after }: LoggedCommit['changes'][number]): string {
  return `${path} ${before?.mode ?? 'absent'}→${after?.mode ?? 'absent'}`
}
